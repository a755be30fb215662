package dev.followspot.core.proxy;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs out when the cluster and the caller have both done nothing for too long. */
final class HeadTimer {

  private final ScheduledExecutorService scheduler;
  private final Duration limit;
  private final CallerBytes upload;
  private final Runnable late;
  private @Nullable Future<?> next;
  private boolean stopped;

  HeadTimer(ScheduledExecutorService scheduler, Duration limit, CallerBytes upload, Runnable late) {
    this.scheduler = scheduler;
    this.limit = limit;
    this.upload = upload;
    this.late = late;
  }

  /**
   * Begins.
   *
   * @throws RejectedExecutionException if all is closed
   */
  void start() {
    in(limit.toNanos());
  }

  private synchronized void in(long nanos) {
    if (!stopped) {
      next = scheduler.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void check() {
    long left = limit.toNanos() - (System.nanoTime() - upload.lastActive());
    if (left > 0) {
      in(left);
    } else {
      late.run();
    }
  }

  synchronized void stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}
