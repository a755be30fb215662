package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/** Entity in, cluster objects out. */
@FunctionalInterface
public interface ObjectsProvider {

  /**
   * Finds the objects of an entity in all of its clusters.
   *
   * @param request the entity, and what to look for
   * @return the objects; problems of one cluster are values in it
   */
  CompletionStage<ObjectsResult> objects(ObjectsRequest request);
}
