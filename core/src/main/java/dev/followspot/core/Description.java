package dev.followspot.core;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells people what an engine consists of; never a secret. */
final class Description {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Description() {}

  static String of(Engine.Parts parts) {
    StringBuilder text = new StringBuilder("Followspot\n");
    clusters(text, parts);
    text.append("extensions:\n");
    for (LoadedExtension extension : parts.extensions().loaded()) {
      text.append("  ").append(extension.point().key()).append(' ').append(extension).append('\n');
    }
    text.append("limits: look-up ").append(parts.lookupTimeout().toMillis()).append(" ms, ");
    text.append(parts.httpSettings()).append('\n');
    text.append("threads: ")
        .append(parts.httpSettings().ioThreads())
        .append(" for HTTP and what they need, 1 scheduler, at most ")
        .append(Threads.WORKERS)
        .append(" workers; connections: ")
        .append(parts.http().connections())
        .append('\n');
    for (ConfigProblem warning : parts.warnings()) {
      text.append("warning: ").append(warning).append('\n');
    }
    for (ProviderIssue issue : parts.extensions().issues()) {
      text.append("issue: ").append(issue).append('\n');
    }
    return text.toString();
  }

  private static void clusters(StringBuilder text, Engine.Parts parts) {
    RequestContext context = RequestContext.create().withDeadline(Deadline.after(PATIENCE));
    CompletableFuture<ClusterSnapshot> asked =
        parts.clusters().clusters(context).toCompletableFuture();
    ClusterSnapshot snapshot;
    try {
      snapshot = asked.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      text.append("clusters: not known, since the thread was interrupted\n");
      return;
    } catch (ExecutionException | TimeoutException e) {
      text.append("clusters: not known in time\n");
      return;
    }
    text.append("clusters").append(snapshot.stale() ? " (some are stale):\n" : ":\n");
    for (Cluster cluster : snapshot.clusters()) {
      text.append("  ")
          .append(cluster.name())
          .append(": ")
          .append(cluster.url())
          .append(", authProvider ")
          .append(cluster.authProvider())
          .append(", from ")
          .append(cluster.origin())
          .append('\n');
    }
    for (Problem problem : snapshot.problems()) {
      text.append("  ").append(problem).append('\n');
    }
  }
}
