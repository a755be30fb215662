package dev.followspot.core.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one engine: those that read and write, one that watches the time, and at most four
 * that resolve names and read files and that end when there is nothing to do.
 */
final class HttpThreads {

  private static final int BLOCKING_THREADS = 4;

  private final Set<Thread> started = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor blocking;

  HttpThreads() {
    timer = new ScheduledThreadPoolExecutor(1, factory("timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    blocking =
        new ThreadPoolExecutor(
            BLOCKING_THREADS,
            BLOCKING_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory("files-and-names"));
    blocking.allowCoreThreadTimeOut(true);
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  ThreadPoolExecutor blocking() {
    return blocking;
  }

  ThreadFactory factory(String purpose) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread =
          new Thread(task, "followspot-http-" + purpose + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      started.removeIf(other -> other.getState() == Thread.State.TERMINATED);
      started.add(thread);
      return thread;
    };
  }

  /** Ends the timer and the helpers; what they were asked to do is dropped. */
  void shutdown() {
    timer.shutdownNow();
    blocking.shutdownNow();
  }

  /** Waits until every thread has ended, for five seconds at most. */
  void join() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    for (Thread thread : started) {
      if (thread == Thread.currentThread()) {
        continue;
      }
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
