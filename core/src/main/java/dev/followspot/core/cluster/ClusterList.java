package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Problem;
import java.util.List;

/**
 * What one source says about clusters.
 *
 * @param clusters the clusters that can be asked, in order
 * @param problems why others are left out, and what else is odd
 */
record ClusterList(List<Cluster> clusters, List<Problem> problems) {

  /** Copies the lists. */
  ClusterList {
    clusters = List.copyOf(clusters);
    problems = List.copyOf(problems);
  }
}
