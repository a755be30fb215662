package dev.followspot.core.cluster;

import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last good list of one source, and asks for it again and again once it was wanted. Safe
 * for use by several threads.
 */
final class KeptSource {

  private static final double JITTER = 0.1;

  private final ClusterSource source;
  private final ClusterSettings settings;
  private final ScheduledExecutorService scheduler;
  private final Executor executor;
  private final Clock clock;
  private final Consumer<Cluster> removed;

  private @Nullable ClusterList good;
  private @Nullable Instant goodSince;
  private @Nullable Instant failingSince;
  private @Nullable String failure;
  private @Nullable CompletableFuture<SourceState> loading;
  private @Nullable Future<?> refresh;
  private boolean closed;

  KeptSource(
      ClusterSource source,
      ClusterSettings settings,
      ScheduledExecutorService scheduler,
      Executor executor,
      Clock clock,
      Consumer<Cluster> removed) {
    this.source = source;
    this.settings = settings;
    this.scheduler = scheduler;
    this.executor = executor;
    this.clock = clock;
    this.removed = removed;
  }

  ClusterSource source() {
    return source;
  }

  /** What is known; the first caller starts the first load, and others wait for it, too. */
  CompletableFuture<SourceState> state(RequestContext context) {
    boolean dependsOnCaller;
    try {
      dependsOnCaller = source.supplier().dependsOnCaller();
    } catch (RuntimeException | LinkageError e) {
      return CompletableFuture.completedFuture(SourceState.failed(source.name(), Asking.reason(e)));
    }
    if (dependsOnCaller) {
      return bounded(Asking.ask(source, context), settings.loadTimeout())
          .handle(
              (clusters, thrown) ->
                  thrown == null
                      ? SourceState.good(clusters)
                      : SourceState.failed(source.name(), Asking.reason(thrown)));
    }
    CompletableFuture<SourceState> load;
    synchronized (this) {
      if (good != null) {
        return CompletableFuture.completedFuture(known());
      }
      load = loading;
    }
    // A copy: a caller that completes or cancels it must not end the load of the others.
    return (load == null ? load() : load).copy();
  }

  private synchronized SourceState known() {
    ClusterList clusters = good;
    String reason = failure;
    if (clusters == null) {
      return SourceState.failed(source.name(), reason == null ? "it was not asked yet" : reason);
    }
    return reason == null
        ? SourceState.good(clusters)
        : SourceState.stale(
            clusters,
            source.name(),
            "its clusters are those of "
                + goodSince
                + ", since its refresh fails since "
                + failingSince
                + ": "
                + reason);
  }

  private void refreshNow() {
    var unused = load();
  }

  private CompletableFuture<SourceState> load() {
    CompletableFuture<SourceState> load = new CompletableFuture<>();
    synchronized (this) {
      CompletableFuture<SourceState> other = loading;
      if (other != null) {
        return other;
      }
      loading = load;
    }
    CompletableFuture<ClusterList> asked = new CompletableFuture<>();
    // Tells a supplier that is still at work that nobody waits for it any more.
    CancellationSource cancellation = new CancellationSource();
    var unused =
        bounded(asked, settings.loadTimeout())
            .whenComplete(
                (list, thrown) -> {
                  if (thrown instanceof TimeoutException) {
                    cancellation.cancel();
                  }
                  load.complete(loaded(list, thrown));
                });
    RequestContext context =
        RequestContext.create()
            .withDeadline(Deadline.after(settings.loadTimeout()))
            .withCancellation(cancellation.token());
    try {
      executor.execute(() -> askInto(asked, context));
    } catch (RejectedExecutionException e) {
      asked.completeExceptionally(
          new IllegalStateException("it is still busy with earlier requests, or all is closed"));
    }
    return load;
  }

  private void askInto(CompletableFuture<ClusterList> asked, RequestContext context) {
    var unused =
        Asking.ask(source, context)
            .whenComplete(
                (clusters, thrown) -> {
                  if (thrown == null) {
                    asked.complete(clusters);
                  } else {
                    asked.completeExceptionally(thrown);
                  }
                });
  }

  private SourceState loaded(@Nullable ClusterList list, @Nullable Throwable thrown) {
    ClusterList before;
    SourceState now;
    synchronized (this) {
      before = good;
      now = keep(list, thrown);
    }
    if (before != null && list != null) {
      before.clusters().stream()
          .filter(old -> list.clusters().stream().noneMatch(c -> isSamePlace(old, c)))
          .forEach(removed);
    }
    return now;
  }

  private static boolean isSamePlace(Cluster a, Cluster b) {
    return a.url().equals(b.url()) && a.tls().equals(b.tls());
  }

  private SourceState keep(@Nullable ClusterList clusters, @Nullable Throwable thrown) {
    loading = null;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    if (clusters != null && thrown == null) {
      good = clusters;
      goodSince = now;
      failingSince = null;
      failure = null;
    } else {
      failingSince = failingSince == null ? now : failingSince;
      failure = thrown == null ? "it gives nothing" : Asking.reason(thrown);
    }
    scheduleRefresh();
    return known();
  }

  private void scheduleRefresh() {
    Future<?> before = refresh;
    if (before != null) {
      before.cancel(false);
    }
    if (closed) {
      return;
    }
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    long nanos = (long) (settings.refreshInterval().toNanos() * factor);
    try {
      refresh = scheduler.schedule((Runnable) this::refreshNow, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The engine is closing: nobody needs a refresh.
    }
  }

  /** The future itself, which fails if it is not done in time. */
  private CompletableFuture<ClusterList> bounded(
      CompletableFuture<ClusterList> asked, Duration timeout) {
    if (asked.isDone()) {
      return asked;
    }
    try {
      Future<?> timer =
          scheduler.schedule(
              () ->
                  asked.completeExceptionally(
                      new TimeoutException(
                          "it did not answer within " + timeout.toMillis() + " ms")),
              timeout.toNanos(),
              TimeUnit.NANOSECONDS);
      var unused = asked.whenComplete((clusters, thrown) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      asked.completeExceptionally(new IllegalStateException("Followspot is closed"));
    }
    return asked;
  }

  synchronized void close() {
    closed = true;
    Future<?> next = refresh;
    if (next != null) {
      next.cancel(false);
    }
  }
}
