package dev.followspot.core.cluster;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks suppliers, which may do anything: throw, give null, or lists with null in them. */
final class Asking {

  private static final int MAX_MESSAGE = 500;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

  private Asking() {}

  /** The list of a source; whatever the supplier does, nothing but the future fails. */
  static CompletableFuture<ClusterList> ask(ClusterSource source, RequestContext context) {
    CompletableFuture<ClusterList> answer = new CompletableFuture<>();
    try {
      ClusterSupplier supplier = source.supplier();
      @Nullable CompletionStage<ClusterList> stage =
          supplier instanceof ReportingClusterSupplier reporting
              ? reporting.list(context)
              : checked(supplier.clusters(context));
      if (stage == null) {
        throw new IllegalStateException("it gives null instead of a stage");
      }
      stage.whenComplete(
          (list, failure) -> {
            if (failure != null) {
              answer.completeExceptionally(failure);
            } else {
              answer.complete(list);
            }
          });
    } catch (RuntimeException | LinkageError e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private static @Nullable CompletionStage<ClusterList> checked(
      @Nullable CompletionStage<List<Cluster>> stage) {
    return stage == null ? null : stage.thenApply(Asking::checked);
  }

  private static ClusterList checked(@Nullable List<Cluster> clusters) {
    if (clusters == null || clusters.stream().anyMatch(Objects::isNull)) {
      throw new IllegalStateException("it gives null instead of clusters");
    }
    return new ClusterList(clusters, List.of());
  }

  /** Why a supplier failed, on one line of bounded length. */
  static String reason(Throwable failure) {
    Throwable cause = Stages.cause(failure);
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    String line = CONTROL.matcher(message).replaceAll(" ").strip();
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }
}
