package dev.followspot.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of an engine beside those of HTTP: all daemons, of a fixed number. */
final class Threads {

  /** How many threads work for extensions. */
  static final int WORKERS = 2;

  private Threads() {}

  /** Runs what extensions do. */
  static final class Worker implements AutoCloseable {
    private final ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("followspot-worker-"));

    Worker() {
      executor.allowCoreThreadTimeOut(true);
    }

    ExecutorService executor() {
      return executor;
    }

    @Override
    public void close() {
      end(executor);
    }
  }

  /**
   * Asks the sources of clusters, which may block: each has a thread to itself, so that one that
   * hangs keeps no other from being asked.
   */
  static final class Suppliers implements AutoCloseable {
    private final ThreadPoolExecutor executor;

    Suppliers(int sources) {
      executor =
          new ThreadPoolExecutor(
              0,
              Math.max(1, sources),
              10,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              named("followspot-clusters-"));
    }

    ExecutorService executor() {
      return executor;
    }

    @Override
    public void close() {
      end(executor);
    }
  }

  /** Resolves the names of hosts that somebody wrote who is not trusted, and that may hang. */
  static final class Resolvers implements AutoCloseable {
    private static final int MOST = 8;

    private final ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("followspot-names-"));

    Resolvers() {
      executor.allowCoreThreadTimeOut(true);
    }

    ExecutorService executor() {
      return executor;
    }

    @Override
    public void close() {
      end(executor);
    }
  }

  /** Runs what has to happen later; never anything that takes long. */
  static final class Scheduler implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, named("followspot-scheduler-"));

    Scheduler() {
      executor.setRemoveOnCancelPolicy(true);
    }

    ScheduledExecutorService executor() {
      return executor;
    }

    @Override
    public void close() {
      end(executor);
    }
  }

  private static void end(ExecutorService executor) {
    executor.shutdownNow();
    try {
      // Who is interrupted and goes on all the same is a daemon.
      executor.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads = Executors.defaultThreadFactory();
    return task -> {
      Thread thread = threads.newThread(task);
      thread.setName(prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
