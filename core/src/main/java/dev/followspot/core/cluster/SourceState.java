package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a source adds to a snapshot. */
record SourceState(List<Cluster> clusters, List<Problem> problems, boolean stale) {

  static SourceState good(ClusterList list) {
    return new SourceState(list.clusters(), list.problems(), false);
  }

  static SourceState stale(ClusterList list, String source, String message) {
    List<Problem> problems = new ArrayList<>(list.problems());
    problems.add(Problem.warning(source, message));
    return new SourceState(list.clusters(), problems, true);
  }

  static SourceState failed(String source, String message) {
    return new SourceState(List.of(), List.of(Problem.error(source, message)), false);
  }
}
