package dev.followspot.examples.quickstart;

import dev.followspot.spi.EntityRef;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says every two seconds that a long look-up is still under way. */
final class Progress implements AutoCloseable {

  private static final int EVERY_SECONDS = 2;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  Progress(PrintStream err, EntityRef entity) {
    AtomicInteger seconds = new AtomicInteger();
    var unused =
        timer.scheduleAtFixedRate(
            () ->
                err.println(
                    "looking up " + entity + " … " + seconds.addAndGet(EVERY_SECONDS) + " s"),
            EVERY_SECONDS,
            EVERY_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
