package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/** Knows which clusters an entity runs on. */
@FunctionalInterface
public interface ServiceLocator {

  /**
   * Chooses among the clusters.
   *
   * @param request the entity and the clusters
   * @return the clusters that the entity runs on
   */
  CompletionStage<LocateResult> locate(LocateRequest request);
}
