package dev.followspot.core.proxy;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.Problem;
import java.util.List;

/** Which cluster a request is for. */
final class ClusterChoice {

  private static final String HEADER = "Backstage-Kubernetes-Cluster";

  private ClusterChoice() {}

  static Cluster of(ClusterSnapshot known, boolean continueOnError, HttpHeaders headers) {
    String name = String.join(", ", headers.all(HEADER));
    List<Cluster> clusters = known.clusters();
    boolean named = !name.isEmpty();
    if (named && known.cluster(name).isPresent()) {
      return known.cluster(name).get();
    }
    // With a part of the clusters, the only one might not be the only one.
    known.problems().stream()
        .filter(problem -> !continueOnError && problem.severity() == Problem.Severity.ERROR)
        .findFirst()
        .ifPresent(
            problem -> {
              throw Refusal.unavailable(
                  "not all clusters are known, since "
                      + Shortened.text(problem.source())
                      + " fails; try again, or name a cluster that is known in header "
                      + HEADER);
            });
    if (clusters.isEmpty()) {
      throw Refusal.notFound("No Clusters configured");
    }
    if (!named && clusters.size() == 1) {
      return clusters.get(0);
    }
    throw Refusal.notFound(
        "Cluster " + (named ? Shortened.quoted(name) : "'undefined'") + " not found");
  }
}
