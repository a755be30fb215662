package dev.followspot.core.catalog;

import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Entities in memory. */
final class FixedCatalog implements EntityCatalog {

  private final Map<EntityRef, Entity> entities = new LinkedHashMap<>();

  FixedCatalog(List<Entity> given) {
    given.forEach(entity -> entities.putIfAbsent(entity.ref(), entity));
  }

  int size() {
    return entities.size();
  }

  @Override
  public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
    return CompletableFuture.completedFuture(Optional.ofNullable(entities.get(ref)));
  }

  @Override
  public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
    return CompletableFuture.completedFuture(
        entities.values().stream().filter(e -> e.ref().kind().equalsIgnoreCase(kind)).toList());
  }
}
