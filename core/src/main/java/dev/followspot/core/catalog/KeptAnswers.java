package dev.followspot.core.catalog;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.RequestContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are asked for once for everybody, count for some time, and stand in for later ones
 * that cannot be had. The eldest are forgotten if there are too many. Safe for use by several
 * threads.
 */
final class KeptAnswers<K, V> {

  /** How long answers count. */
  record Times(Duration fresh, Duration stale) {}

  private static final class Entry<V> {
    private @Nullable V value;
    private long since;
    private @Nullable Long failedAt;
    private @Nullable CompletableFuture<V> loading;
  }

  private final Function<K, CompletionStage<V>> loader;
  private final Times times;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanos;
  private final Map<K, Entry<V>> entries;

  KeptAnswers(
      Function<K, CompletionStage<V>> loader,
      Times times,
      int most,
      ScheduledExecutorService scheduler,
      LongSupplier nanos) {
    this.loader = loader;
    this.times = times;
    this.scheduler = scheduler;
    this.nanos = nanos;
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Entry<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** An answer; whoever asks at the same time gets the same one, and can end their waiting only. */
  CompletionStage<V> get(K key, RequestContext context) {
    CompletableFuture<V> load;
    boolean mine = false;
    synchronized (entries) {
      Entry<V> entry = entries.computeIfAbsent(key, k -> new Entry<>());
      V known = entry.value;
      if (known != null
          && (age(entry.since) < times.fresh.toNanos()
              // Who is down is not asked by everybody again and again.
              || (entry.failedAt != null
                  && age(entry.failedAt) < times.fresh.toNanos()
                  && isUsable(entry)))) {
        return CompletableFuture.completedStage(known);
      }
      if (entry.loading == null) {
        entry.loading = new CompletableFuture<>();
        mine = true;
      }
      load = entry.loading;
    }
    if (mine) {
      load(key, load);
    }
    return within(load.copy(), context);
  }

  private long age(long since) {
    return nanos.getAsLong() - since;
  }

  private boolean isUsable(Entry<V> entry) {
    return entry.value != null && age(entry.since) < times.stale.toNanos();
  }

  private void load(K key, CompletableFuture<V> load) {
    CompletionStage<V> stage;
    try {
      stage = loader.apply(key);
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedStage(e);
    }
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              V answer = value;
              synchronized (entries) {
                Entry<V> entry = entries.computeIfAbsent(key, k -> new Entry<>());
                if (entry.loading == load) {
                  entry.loading = null;
                }
                if (failure == null) {
                  entry.value = value;
                  entry.since = nanos.getAsLong();
                  entry.failedAt = null;
                } else {
                  answer = instead(entry, failure);
                  if (answer == null && entry.loading == null) {
                    entries.remove(key);
                  }
                }
              }
              if (answer != null) {
                load.complete(answer);
              } else {
                load.completeExceptionally(
                    failure == null
                        ? new IllegalStateException("null as answer")
                        : Stages.cause(failure));
              }
            });
  }

  private @Nullable V instead(Entry<V> entry, Throwable failure) {
    boolean refused = Stages.cause(failure) instanceof CatalogException e && e.refused();
    if (refused || !isUsable(entry)) {
      entry.value = null;
      return null;
    }
    entry.failedAt = nanos.getAsLong();
    return entry.value;
  }

  private CompletionStage<V> within(CompletableFuture<V> answer, RequestContext context) {
    if (answer.isDone()) {
      return answer;
    }
    Cancellation.Registration registration =
        context
            .cancellation()
            .onCancel(
                () ->
                    answer.completeExceptionally(
                        new CancellationException("the caller lost interest")));
    var unused = answer.whenComplete((value, failure) -> registration.close());
    if (!context.deadline().isNever()) {
      CatalogException late =
          new CatalogException("the catalog did not answer in time for this request", false, null);
      try {
        Future<?> timer =
            scheduler.schedule(
                () -> answer.completeExceptionally(late),
                context.deadline().remaining().toNanos(),
                TimeUnit.NANOSECONDS);
        var unusedToo = answer.whenComplete((value, failure) -> timer.cancel(false));
      } catch (RejectedExecutionException e) {
        answer.completeExceptionally(late);
      }
    }
    return answer;
  }

  /** How many answers are kept. */
  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }
}
