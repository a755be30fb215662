package dev.followspot.core.catalog;

import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Knows entities. Safe for use by several threads; blocks none. */
public interface EntityCatalog {

  /**
   * Finds an entity.
   *
   * @param ref its reference
   * @param context who asks
   * @return the entity, empty if there is none; a failed stage if the catalog cannot be asked
   */
  CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context);

  /**
   * Finds the entities of a kind.
   *
   * @param kind such as {@code Resource}, in any case
   * @param context who asks
   * @return the entities in the order of the catalog; a failed stage if it cannot be asked
   */
  CompletionStage<List<Entity>> entities(String kind, RequestContext context);

  /**
   * A catalog of fixed entities.
   *
   * @param entities the entities; of several with one reference, the first one counts
   * @return the catalog
   */
  static EntityCatalog of(List<Entity> entities) {
    return new FixedCatalog(entities);
  }
}
