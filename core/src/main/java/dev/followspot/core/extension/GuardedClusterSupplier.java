package dev.followspot.core.extension;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A cluster supplier whose failures name it. */
final class GuardedClusterSupplier implements ClusterSupplier {

  private final ClusterSupplier supplier;
  private final Guard guard;

  GuardedClusterSupplier(ClusterSupplier supplier, Guard guard) {
    this.supplier = supplier;
    this.guard = guard;
  }

  @Override
  public CompletionStage<List<Cluster>> clusters(RequestContext context) {
    return guard.call(() -> supplier.clusters(context), List::copyOf);
  }

  /** If it cannot tell, its clusters are not shared between callers. */
  @Override
  public boolean dependsOnCaller() {
    try {
      return supplier.dependsOnCaller();
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      return true;
    }
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
