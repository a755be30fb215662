package dev.followspot.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Knows which custom resources are looked up in a cluster besides the object types. */
@FunctionalInterface
public interface CustomResourceSupplier {

  /**
   * The custom resources of one cluster.
   *
   * @param cluster the cluster
   * @param context who asks
   * @return the types in the order in which answers list them
   */
  CompletionStage<List<ResourceType>> customResources(Cluster cluster, RequestContext context);
}
