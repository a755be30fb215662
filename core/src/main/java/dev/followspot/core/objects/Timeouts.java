package dev.followspot.core.objects;

import dev.followspot.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ends stages that do not end by themselves. */
final class Timeouts {

  /** Whoever keeps the deadline gives a better answer than this does, so they may be this late. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final ScheduledExecutorService scheduler;

  Timeouts(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * The stage, or what the supplier gives if the stage has not ended shortly after the deadline.
   */
  <T> CompletableFuture<T> within(CompletionStage<T> stage, Deadline deadline, Supplier<T> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        });
    if (deadline.isNever() || result.isDone()) {
      return result;
    }
    try {
      Future<?> timer =
          scheduler.schedule(
              () -> result.complete(late.get()),
              deadline.remaining().plus(GRACE).toNanos(),
              TimeUnit.NANOSECONDS);
      var unused = result.whenComplete((value, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      result.complete(late.get());
    }
    return result;
  }
}
