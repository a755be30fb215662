package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The clusters that are known at one moment.
 *
 * @param clusters in the order of the suppliers, and of the clusters in each; no name is there
 *     twice
 * @param problems suppliers that fail ({@link Problem.Severity#ERROR}, since their clusters are
 *     missing), lists that are stale, and clusters that are left out
 * @param stale whether the list of a supplier is an older one, because its refresh fails
 */
public record ClusterSnapshot(List<Cluster> clusters, List<Problem> problems, boolean stale) {

  /** Copies the lists. */
  public ClusterSnapshot {
    clusters = List.copyOf(clusters);
    problems = List.copyOf(problems);
  }

  /**
   * One cluster.
   *
   * @param name its name
   * @return empty if there is none of that name
   */
  public Optional<Cluster> cluster(String name) {
    return clusters.stream().filter(cluster -> cluster.name().equals(name)).findFirst();
  }
}
