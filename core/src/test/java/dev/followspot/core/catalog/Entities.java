package dev.followspot.core.catalog;

import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Short ways to write entities and to ask for them. */
final class Entities {

  private Entities() {}

  static String yaml(String kind, String name) {
    return yaml(kind, name, "{}");
  }

  static String yaml(String kind, String name, String spec) {
    return "---\napiVersion: backstage.io/v1alpha1\nkind: %s\nmetadata: { name: %s }\nspec: %s\n"
        .formatted(kind, name, spec);
  }

  static Optional<Entity> find(EntityCatalog catalog, String ref) throws Exception {
    return catalog
        .entity(EntityRef.parse(ref), RequestContext.create())
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  static Entity get(EntityCatalog catalog, String ref) throws Exception {
    return find(catalog, ref).orElseThrow(() -> new AssertionError("there is no " + ref));
  }

  static List<String> names(EntityCatalog catalog, String kind) throws Exception {
    return catalog
        .entities(kind, RequestContext.create())
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .stream()
        .map(Entity::name)
        .toList();
  }

  static List<String> relations(Entity entity) {
    return entity.relations().stream()
        .map(relation -> relation.type() + " " + relation.target())
        .toList();
  }
}
