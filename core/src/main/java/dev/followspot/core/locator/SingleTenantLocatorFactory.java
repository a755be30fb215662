package dev.followspot.core.locator;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The service locator {@code singleTenant}: an entity runs on the clusters that its annotation
 * {@code backstage.io/kubernetes-cluster} names, or on all if it has none.
 *
 * <p>The annotation holds names separated by commas. Blanks around a name do not count, nor do
 * empty names. In a name, {@code *} stands for any text and {@code ?} for any character. Clusters
 * come in their own order, each once. A name that is not that of a cluster, or a pattern that fits
 * none, is an error of the result; so is an annotation without any name, for which no cluster is
 * asked.
 */
public final class SingleTenantLocatorFactory implements ServiceLocatorFactory {

  /** Used by the engine; there is nothing to set. */
  public SingleTenantLocatorFactory() {}

  @Override
  public String name() {
    return "singleTenant";
  }

  @Override
  public ServiceLocator create(ServiceLocatorContext context) {
    return request -> CompletableFuture.completedFuture(locate(request));
  }

  private static LocateResult locate(LocateRequest request) {
    return request
        .entity()
        .annotation(Entity.CLUSTER)
        .map(annotation -> named(annotation, request))
        .orElseGet(() -> LocateResult.of(request.clusters()));
  }

  private static LocateResult named(String annotation, LocateRequest request) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : annotation.split(",", -1)) {
      if (!part.isBlank()) {
        names.add(part.strip());
      }
    }
    ClusterNames known = new ClusterNames(request.clusters());
    Set<String> chosen = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      Set<String> fitting = known.fitting(name);
      chosen.addAll(fitting);
      if (fitting.isEmpty()) {
        unknown.add(name);
      }
    }
    List<Cluster> clusters =
        request.clusters().stream().filter(cluster -> chosen.contains(cluster.name())).toList();
    return new LocateResult(clusters, problems(request, names, unknown, known));
  }

  private static List<Problem> problems(
      LocateRequest request, Set<String> names, List<String> unknown, ClusterNames known) {
    String source = request.entity().ref() + " annotation " + Entity.CLUSTER;
    if (names.isEmpty()) {
      return List.of(
          Problem.error(
              source, "names no cluster; remove it to ask all clusters; " + known.listed()));
    }
    return Messages.limited(unknown).stream()
        .map(name -> Problem.error(source, known.unknown(name)))
        .toList();
  }
}
