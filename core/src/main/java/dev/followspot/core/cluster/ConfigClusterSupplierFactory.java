package dev.followspot.core.cluster;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ExtensionConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The clusters that stand in the configuration itself, below {@code clusters}. Every mistake of
 * every cluster is reported at once, a name that is there twice too.
 */
public final class ConfigClusterSupplierFactory implements ClusterSupplierFactory {

  /** Does nothing. */
  public ConfigClusterSupplierFactory() {}

  @Override
  public String name() {
    return "config";
  }

  @Override
  public ClusterSupplier create(ClusterSupplierContext context) {
    List<Cluster> clusters = clusters(context.config());
    return request -> CompletableFuture.completedFuture(clusters);
  }

  private static List<Cluster> clusters(ExtensionConfig config) {
    ConfigProblems problems = new ConfigProblems();
    List<Cluster> clusters = new ArrayList<>();
    Map<String, ConfigSection> byName = new LinkedHashMap<>();
    for (ExtensionConfig entry : config.sections("clusters")) {
      ConfigSection section = (ConfigSection) entry;
      Cluster cluster = problems.read(() -> ConfiguredCluster.read(section));
      if (cluster != null) {
        clusters.add(cluster);
      }
      // Also of clusters with other mistakes, so that no mistake hides another.
      ConfiguredCluster.nameOf(section)
          .ifPresent(
              name -> {
                ConfigSection first = byName.putIfAbsent(name, section);
                if (first != null) {
                  problems.add(
                      section.problem(
                          "name",
                          "is '"
                              + name
                              + "' as that of the cluster at "
                              + first.location("name")
                              + "; names have to be different"));
                }
              });
    }
    problems.throwIfAny();
    return List.copyOf(clusters);
  }
}
