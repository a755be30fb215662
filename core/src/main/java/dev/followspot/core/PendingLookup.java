package dev.followspot.core;

import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A look-up under way. It ends whatever extensions do: those that keep deadline and cancellation
 * give a better answer, so they have a moment longer.
 */
final class PendingLookup {

  /** The source of the problem of a look-up that ended without a result. */
  static final String SOURCE = "look-up";

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final EntityRef entity;
  private final CancellationSource source = new CancellationSource();
  private final CompletableFuture<LookupResult> result = new CompletableFuture<>();

  PendingLookup(EntityRef entity, Cancellation outer) {
    this.entity = entity;
    Cancellation.Registration registration = outer.onCancel(source::cancel);
    whenDone(
        () -> {
          registration.close();
          // Also after a failure or a time-out of the caller's own: nobody waits any more.
          source.cancel();
        });
  }

  Cancellation cancellation() {
    return source.token();
  }

  CompletableFuture<LookupResult> result() {
    return result;
  }

  void whenDone(Runnable action) {
    var unused = result.whenComplete((value, failure) -> action.run());
  }

  void follow(CompletionStage<ObjectsResult> found) {
    found.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(new LookupResult(value));
          } else {
            result.completeExceptionally(failure);
          }
        });
  }

  /** Ends it some time after the deadline or a cancellation, if nobody else did. */
  void endBy(ScheduledExecutorService scheduler, Deadline deadline) {
    if (!deadline.isNever()) {
      endIn(scheduler, deadline.remaining().plus(GRACE), "it was not answered in time");
    }
    Cancellation.Registration registration =
        source.token().onCancel(() -> endIn(scheduler, GRACE, "it was cancelled"));
    whenDone(registration::close);
  }

  private void endIn(ScheduledExecutorService scheduler, Duration time, String why) {
    if (result.isDone()) {
      return;
    }
    try {
      Future<?> timer = scheduler.schedule(() -> end(why), time.toNanos(), TimeUnit.NANOSECONDS);
      whenDone(() -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      end("Followspot was closed");
    }
  }

  void cancel() {
    source.cancel();
  }

  void close() {
    end("Followspot was closed");
  }

  private void end(String why) {
    result.complete(
        new LookupResult(
            new ObjectsResult(entity, List.of(), List.of(Problem.error(SOURCE, why)))));
  }
}
