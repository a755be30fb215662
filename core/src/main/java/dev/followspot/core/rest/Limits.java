package dev.followspot.core.rest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ends what does not end by itself. */
final class Limits {

  private final ScheduledExecutorService scheduler;
  private final Duration limit;

  Limits(ScheduledExecutorService scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  /** The stage, or a failure if it has not ended in time. */
  <T> CompletableFuture<T> within(CompletionStage<T> stage, Supplier<RestError> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        });
    if (result.isDone()) {
      return result;
    }
    try {
      Future<?> timer =
          scheduler.schedule(
              () -> result.completeExceptionally(late.get()),
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
      var unused = result.whenComplete((value, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(RestError.closed());
    }
    return result;
  }

  /** What to do about a limit that is too short. */
  String cure() {
    return "raise followspot.lookup.timeout, which is " + limit.toMillis() + " ms";
  }
}
