package dev.followspot.core.extension;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A custom resource supplier whose failures name it. */
final class GuardedCustomResources implements CustomResourceSupplier {

  private final CustomResourceSupplier supplier;
  private final Guard guard;

  GuardedCustomResources(CustomResourceSupplier supplier, Guard guard) {
    this.supplier = supplier;
    this.guard = guard;
  }

  @Override
  public CompletionStage<List<ResourceType>> customResources(
      Cluster cluster, RequestContext context) {
    return guard.call(() -> supplier.customResources(cluster, context), List::copyOf);
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
