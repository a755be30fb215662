package dev.followspot.core.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes only when the test says so, in the test's thread. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {

  private final List<Task<?>> tasks = new ArrayList<>();
  private long now;

  ManualScheduler() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public synchronized <V> ScheduledFuture<V> schedule(
      Callable<V> callable, long delay, TimeUnit unit) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    Task<V> task = new Task<>(callable, now + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  /** The delays of what waits, in seconds. */
  synchronized List<Double> waiting() {
    return tasks.stream()
        .filter(task -> !task.isDone())
        .map(task -> (task.at - now) / 1e9)
        .sorted()
        .toList();
  }

  /** Lets time pass, and runs what is due on the way. */
  void pass(long seconds) {
    long end = now + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      Task<?> next;
      synchronized (this) {
        tasks.removeIf(FutureTask::isDone);
        next =
            tasks.stream()
                .filter(task -> task.at <= end)
                .min(Comparator.comparingLong(task -> task.at))
                .orElse(null);
        now = next == null ? end : Math.max(now, next.at);
      }
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long at;

    Task(Callable<V> command, long at) {
      super(command);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
