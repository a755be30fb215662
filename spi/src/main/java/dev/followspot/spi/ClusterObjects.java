package dev.followspot.spi;

import java.util.List;
import java.util.Objects;

/**
 * What was found in one cluster.
 *
 * @param cluster the cluster
 * @param cells its cells
 */
public record ClusterObjects(Cluster cluster, List<Cell> cells) {

  /** Checks the components and copies the list. */
  public ClusterObjects {
    Objects.requireNonNull(cluster, "cluster");
    cells = List.copyOf(cells);
  }
}
