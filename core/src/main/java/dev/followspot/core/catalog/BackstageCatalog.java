package dev.followspot.core.catalog;

import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of a Backstage backend, asked over its HTTP API. {@link Catalogs#backstage} opens
 * one.
 *
 * <p>Everything is asked with the application's own token, whoever the caller is. What was answered
 * counts for some seconds, and longer while the backend is out of reach; callers that ask for the
 * same at the same time share one request. An entity that is not there is an answer like any other.
 * A backend that refuses the token is a failure at once.
 *
 * <p>It has connections and threads of its own, all daemons: one that reads and writes, one that
 * watches the time, and up to two that read answers and the token's file. Safe for use by several
 * threads.
 */
public final class BackstageCatalog implements EntityCatalog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackstageCatalog.class);
  private static final int MAX_ENTITIES_KEPT = 10_000;
  private static final int MAX_LISTS_KEPT = 50;
  private static final int MAX_ANSWER = 32 << 20;

  private final Cluster backend;
  private final HttpEngine http;
  private final ScheduledThreadPoolExecutor executor;
  private final KeptAnswers<EntityRef, Optional<Entity>> entities;
  private final KeptAnswers<String, List<Entity>> lists;
  private final KnownProblems problems = new KnownProblems(LOG);
  private final Map<String, List<String>> leftOut = new ConcurrentHashMap<>();
  private volatile @Nullable String outage;
  private volatile boolean closed;

  BackstageCatalog(Cluster backend, BackstageCatalogBuilder settings, LongSupplier nanos) {
    this.backend = backend;
    AtomicInteger number = new AtomicInteger();
    executor =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread =
                  new Thread(task, "followspot-catalog-remote-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    HttpSettings bounds = HttpSettings.DEFAULT.withBounds(MAX_ANSWER, 8).withConcurrency(64, 64, 8);
    http =
        new HttpEngine(
            new HttpSettings(
                settings.requestTimeout,
                settings.requestTimeout,
                bounds.idleTimeout(),
                bounds.maxConcurrentRequests(),
                bounds.maxConcurrentRequestsPerCluster(),
                bounds.maxConnectionsPerCluster(),
                bounds.maxIdleConnections(),
                bounds.maxResponseBytes(),
                1,
                true));
    CatalogApi api =
        new CatalogApi(
            http,
            backend,
            new CatalogToken(settings.token, settings.tokenFile, executor),
            settings.requestTimeout.multipliedBy(3),
            executor,
            this::leftOut);
    KeptAnswers.Times times = new KeptAnswers.Times(settings.cacheTtl, settings.maxStale);
    entities =
        new KeptAnswers<>(
            ref -> noting(api.entity(ref)), times, MAX_ENTITIES_KEPT, executor, nanos);
    lists =
        new KeptAnswers<>(
            kind -> noting(api.entities(kind)), times, MAX_LISTS_KEPT, executor, nanos);
  }

  private <T> CompletionStage<T> noting(CompletionStage<T> answer) {
    return answer.whenComplete(
        (value, failure) -> {
          if (!closed) {
            outage = failure == null ? null : String.valueOf(Stages.cause(failure).getMessage());
            tell();
          }
        });
  }

  private void leftOut(String kind, List<String> what) {
    leftOut.put(kind, List.copyOf(what));
  }

  private synchronized void tell() {
    List<Problem> now = new ArrayList<>();
    String down = outage;
    if (down != null) {
      now.add(Problem.error(toString(), down));
    }
    leftOut.values().forEach(all -> all.forEach(m -> now.add(Problem.warning(toString(), m))));
    problems.set(now);
  }

  @Override
  public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
    return closed ? refused() : entities.get(ref, context);
  }

  @Override
  public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
    return closed ? refused() : lists.get(kind.toLowerCase(Locale.ROOT), context);
  }

  private static <T> CompletionStage<T> refused() {
    return CompletableFuture.failedStage(
        new CatalogException("the catalog is closed", false, null));
  }

  /**
   * What is wrong with the catalog, as far as the last answers tell.
   *
   * @return an error if it cannot be asked, a warning for each entity that cannot be read; possibly
   *     none
   */
  public List<Problem> problems() {
    return problems.all();
  }

  /** Ends requests that are under way, and closes connections. Later requests fail. */
  @Override
  public void close() {
    closed = true;
    http.close();
    executor.shutdownNow();
    try {
      // What is left is a daemon.
      executor.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The address. */
  @Override
  public String toString() {
    return "the catalog at " + backend.url();
  }
}
