package dev.followspot.core.locator;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.EntityRelation;
import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.Problem;
import dev.followspot.spi.ServiceLocator;
import dev.followspot.spi.ServiceLocatorContext;
import dev.followspot.spi.ServiceLocatorFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The service locator {@code catalogRelation}: an entity runs on the clusters that it has a
 * relation {@code dependsOn} to, each a {@code resource} of the catalog with the cluster's name.
 * References are in lower case, so that the case of names does not count.
 *
 * <p>A cluster counts as one of the namespace {@code default} and of the entity's own: {@code
 * resource:beta} and {@code resource:default/beta} mean cluster {@code beta}, {@code
 * resource:elsewhere/beta} is a resource of the same name that belongs to somebody else, unless it
 * is the very entity that the cluster comes from.
 *
 * <p>An entity without such a relation runs on no cluster, with a warning. The same goes for a
 * relation to the name of a cluster in another namespace. Relations to other resources, such as
 * databases, are no mistake.
 */
public final class CatalogRelationLocatorFactory implements ServiceLocatorFactory {

  private static final String RESOURCE = "resource";

  /** Used by the engine; there is nothing to set. */
  public CatalogRelationLocatorFactory() {}

  @Override
  public String name() {
    return "catalogRelation";
  }

  @Override
  public ServiceLocator create(ServiceLocatorContext context) {
    return request -> CompletableFuture.completedFuture(locate(request));
  }

  private static LocateResult locate(LocateRequest request) {
    Entity entity = request.entity();
    Set<EntityRef> resources =
        entity.relations().stream()
            .filter(relation -> relation.type().equals(EntityRelation.DEPENDS_ON))
            .map(EntityRelation::target)
            .filter(target -> target.kind().equals(RESOURCE))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> here = new HashSet<>();
    List<EntityRef> elsewhere = new ArrayList<>();
    for (EntityRef resource : resources) {
      if (resource.namespace().equals(EntityRef.DEFAULT_NAMESPACE)
          || resource.namespace().equals(entity.ref().namespace())) {
        here.add(resource.name());
      } else {
        elsewhere.add(resource);
      }
    }
    List<Cluster> clusters =
        request.clusters().stream()
            .filter(
                cluster ->
                    isNamed(here, cluster)
                        || cluster.catalogEntity().filter(resources::contains).isPresent())
            .toList();
    return new LocateResult(clusters, problems(request, elsewhere, clusters));
  }

  private static boolean isNamed(Set<String> names, Cluster cluster) {
    return names.contains(cluster.name().toLowerCase(Locale.ROOT));
  }

  private static List<Problem> problems(
      LocateRequest request, List<EntityRef> elsewhere, List<Cluster> found) {
    String source = request.entity().ref() + " relation " + EntityRelation.DEPENDS_ON;
    List<Problem> problems = new ArrayList<>();
    for (EntityRef resource : Messages.limited(elsewhere)) {
      if (request.clusters().stream()
          .filter(cluster -> isNamed(Set.of(resource.name()), cluster))
          .anyMatch(cluster -> !found.contains(cluster))) {
        problems.add(
            Problem.warning(
                source,
                Shortened.quoted(resource.toString())
                    + " has the name of a cluster, but is in another namespace than "
                    + "'default' or the entity's own, and so is not taken for it"));
      }
    }
    if (found.isEmpty() && problems.isEmpty()) {
      problems.add(
          Problem.warning(
              source,
              "leads to no cluster; add resource:<name of the cluster> to spec.dependsOn; "
                  + new ClusterNames(request.clusters()).listed()));
    }
    return problems;
  }
}
