package dev.followspot.core.cluster;

import dev.followspot.spi.ClusterSupplier;
import java.util.Objects;

/**
 * A supplier, and how people know it.
 *
 * @param name where it was chosen, for messages: {@code app-config.yaml:7
 *     kubernetes.clusterLocatorMethods[0] (config)}; not blank
 * @param supplier knows the clusters
 */
public record ClusterSource(String name, ClusterSupplier supplier) {

  /** Checks the components. */
  public ClusterSource {
    Objects.requireNonNull(supplier, "supplier");
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a source of clusters is blank");
    }
  }

  /** The name: a supplier's own text may be anything. */
  @Override
  public String toString() {
    return "ClusterSource[" + name + "]";
  }
}
