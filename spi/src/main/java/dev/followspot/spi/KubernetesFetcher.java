package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/**
 * Lists the objects of some types in one cluster. Implementations are safe for use by several
 * threads, do not block, and put every failure into the cell that it concerns.
 */
@FunctionalInterface
public interface KubernetesFetcher {

  /**
   * Lists objects.
   *
   * @param request the cluster, types, namespace and label selector
   * @return one cell for each type and namespace
   */
  CompletionStage<FetchResult> fetch(FetchRequest request);
}
