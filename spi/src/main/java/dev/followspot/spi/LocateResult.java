package dev.followspot.spi;

import java.util.List;

/**
 * What a {@link ServiceLocator} found.
 *
 * @param clusters the clusters to ask, in the order in which answers list them
 * @param problems what is wrong, such as an annotation that names an unknown cluster
 */
public record LocateResult(List<Cluster> clusters, List<Problem> problems) {

  /** Copies the lists. */
  public LocateResult {
    clusters = List.copyOf(clusters);
    problems = List.copyOf(problems);
  }

  /**
   * Clusters without any problem.
   *
   * @param clusters the clusters
   * @return the result
   */
  public static LocateResult of(List<Cluster> clusters) {
    return new LocateResult(clusters, List.of());
  }
}
