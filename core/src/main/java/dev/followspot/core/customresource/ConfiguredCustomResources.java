package dev.followspot.core.customresource;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The custom resources of the configuration: those of the cluster if it has a list of its own, even
 * an empty one, else the global ones. Each comes once, in the order of the configuration.
 * Immutable.
 */
public final class ConfiguredCustomResources implements CustomResourceSupplier {

  private final List<ResourceType> global;

  /**
   * Made in a program.
   *
   * @param global the custom resources of clusters that have no list of their own; possibly none
   */
  public ConfiguredCustomResources(List<ResourceType> global) {
    this.global = global.stream().distinct().toList();
  }

  /**
   * Read from a configuration.
   *
   * @param kubernetes the section {@code kubernetes}, whose {@code customResources} may be absent
   * @return the supplier
   * @throws dev.followspot.spi.ConfigurationException with every mistake of the list
   */
  public static ConfiguredCustomResources from(ConfigSection kubernetes) {
    return new ConfiguredCustomResources(CustomResourceConfig.read(kubernetes, "customResources"));
  }

  @Override
  public CompletionStage<List<ResourceType>> customResources(
      Cluster cluster, RequestContext context) {
    return CompletableFuture.completedFuture(
        cluster.customResources().map(own -> own.stream().distinct().toList()).orElse(global));
  }
}
