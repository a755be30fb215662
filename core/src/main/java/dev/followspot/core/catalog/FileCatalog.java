package dev.followspot.core.catalog;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entities from files, which are read again when they change. {@link Catalogs#files} opens one.
 *
 * <p>A file that is broken by an edit, a file or folder that is named and missing, and a folder
 * within that may not be read any more count as they were when they were good the last time; what
 * is wrong is logged once and stays among the {@link #problems} until it is put right. Of several
 * entities with one reference the first one counts. The relations are those that Backstage derives
 * from the specs, in both directions.
 *
 * <p>One daemon thread looks at the files; nobody who asks waits for it. Safe for use by several
 * threads.
 */
public final class FileCatalog implements EntityCatalog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileCatalog.class);
  private static final String SOURCE = "the catalog";
  private static final int MAX_MISTAKES = 200;

  private final List<FilePattern> roots;
  private final boolean anywhere;
  private final KnownProblems problems = new KnownProblems(LOG);
  private final Map<Long, CompletableFuture<Void>> refreshes = new ConcurrentHashMap<>();
  private final AtomicLong refreshNumber = new AtomicLong();
  private final ScheduledThreadPoolExecutor reader;
  private volatile FixedCatalog entities = new FixedCatalog(List.of());
  private @Nullable CatalogReading last;
  private volatile boolean closed;

  FileCatalog(List<FilePattern> roots, boolean anywhere, Duration refreshInterval) {
    this.roots = List.copyOf(roots);
    this.anywhere = anywhere;
    start();
    reader =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "followspot-catalog-files");
              thread.setDaemon(true);
              return thread;
            });
    if (!refreshInterval.isZero()) {
      long nanos = refreshInterval.toNanos();
      var unused =
          reader.scheduleWithFixedDelay(() -> read(false), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void start() {
    CatalogReading reading = new CatalogReading(roots, anywhere, null, true);
    List<Entity> read;
    try {
      read = reading.read();
    } catch (CatalogReading.TooMuch e) {
      throw new ConfigurationException(SOURCE, "", e.getMessage() + "; name fewer");
    }
    List<ConfigProblem> mistakes = reading.mistakes();
    if (!mistakes.isEmpty()) {
      List<ConfigProblem> shown =
          new ArrayList<>(mistakes.subList(0, Math.min(MAX_MISTAKES, mistakes.size())));
      if (mistakes.size() > MAX_MISTAKES) {
        shown.add(
            new ConfigProblem(
                SOURCE, "", "and " + (mistakes.size() - MAX_MISTAKES) + " more mistakes"));
      }
      throw new ConfigurationException(shown);
    }
    take(reading, read);
  }

  private void take(CatalogReading reading, List<Entity> read) {
    last = reading;
    entities = new FixedCatalog(read);
    problems.set(reading.problems());
  }

  /** Runs on the reader's thread only; whatever happens, the next reading comes. */
  private void read(boolean anew) {
    try {
      CatalogReading reading = new CatalogReading(roots, anywhere, last, anew);
      List<Entity> read = reading.read();
      if (!closed) {
        take(reading, read);
      }
    } catch (CatalogReading.TooMuch e) {
      problems.set(
          List.of(
              Problem.warning(
                  SOURCE,
                  e.getMessage() + "; what was read before is kept until there are fewer")));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("the files of the catalog cannot be read; what was read before is kept", e);
    }
  }

  @Override
  public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
    return entities.entity(ref, context);
  }

  @Override
  public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
    return entities.entities(kind, context);
  }

  /**
   * How many entities there are.
   *
   * @return their number at this moment
   */
  public int size() {
    return entities.size();
  }

  /**
   * Reads all files now, also those that do not seem to have changed.
   *
   * @return done when the entities are those of the files; never fails because of the files, whose
   *     mistakes are {@link #problems}, but if this is closed
   */
  public CompletionStage<Void> refresh() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long number = refreshNumber.incrementAndGet();
    refreshes.put(number, done);
    try {
      reader.execute(
          () -> {
            read(true);
            refreshes.remove(number);
            done.complete(null);
          });
    } catch (RejectedExecutionException e) {
      refuse(number);
    }
    if (closed) {
      refuse(number);
    }
    return done.copy();
  }

  private void refuse(long number) {
    CompletableFuture<Void> refresh = refreshes.remove(number);
    if (refresh != null) {
      refresh.completeExceptionally(new IllegalStateException("the catalog is closed"));
    }
  }

  /**
   * What is wrong with the files now.
   *
   * @return an error for what is missing because of it, a warning for the rest; possibly none
   */
  public List<Problem> problems() {
    return problems.all();
  }

  /** Ends the reading. What was read can still be asked for. */
  @Override
  public void close() {
    closed = true;
    reader.shutdownNow();
    List.copyOf(refreshes.keySet()).forEach(this::refuse);
    try {
      // A file system that does not answer keeps the thread, which is a daemon.
      reader.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The files and folders. */
  @Override
  public String toString() {
    return "FileCatalog" + roots.stream().map(FilePattern::text).toList();
  }
}
