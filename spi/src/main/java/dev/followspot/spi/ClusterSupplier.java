package dev.followspot.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Knows which clusters exist. The engine caches and refreshes what it says, keeps the last good
 * list when a refresh fails, and reports names that occur twice.
 */
@FunctionalInterface
public interface ClusterSupplier {

  /**
   * The clusters.
   *
   * @param context who asks; the application itself, unless {@link #dependsOnCaller()}
   * @return the clusters in the order in which answers list them
   */
  CompletionStage<List<Cluster>> clusters(RequestContext context);

  /**
   * Whether callers may see different clusters. Then every request asks anew, with the caller's
   * credentials, and nothing is kept.
   *
   * @return false unless overridden
   */
  default boolean dependsOnCaller() {
    return false;
  }
}
