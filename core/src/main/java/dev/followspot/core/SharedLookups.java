package dev.followspot.core;

import dev.followspot.spi.Caller;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes one look-up of those that ask the same at the same moment: the same entity and types, as
 * the same caller with the same tokens. It goes on until the last of them has lost interest. Safe
 * for use by several threads.
 */
final class SharedLookups implements ObjectsProvider {

  /** Nobody gets an answer that was asked for longer ago than this. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  private record Key(
      Entity entity, @Nullable List<ResourceType> types, Caller caller, RequestAuth auth) {}

  private final ObjectsProvider provider;
  private final Map<Key, Shared> running = new HashMap<>();

  SharedLookups(ObjectsProvider provider) {
    this.provider = provider;
  }

  @Override
  public CompletionStage<ObjectsResult> objects(ObjectsRequest request) {
    if (request.context().cancellation().isCancelled()) {
      return provider.objects(request);
    }
    Key key =
        new Key(
            request.entity(),
            request.types(),
            request.context().caller(),
            request.context().auth());
    Shared shared;
    boolean first;
    synchronized (running) {
      Shared known = running.get(key);
      first = known == null || !known.suits(request);
      shared = known == null || first ? new Shared(key, request.context().deadline()) : known;
      running.put(key, shared);
      shared.interested++;
    }
    CompletableFuture<ObjectsResult> answer = new CompletableFuture<>();
    follow(shared.result, answer);
    shared.watch(request, answer);
    if (first) {
      shared.start(request);
    }
    return answer;
  }

  private void ask(ObjectsRequest request, CompletableFuture<ObjectsResult> answer) {
    try {
      follow(provider.objects(request), answer);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private static void follow(
      CompletionStage<ObjectsResult> found, CompletableFuture<ObjectsResult> answer) {
    var unused =
        found.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  /** One look-up, for one or more who asked. */
  private final class Shared {
    private final Key key;
    private final Deadline deadline;
    private final long begun = System.nanoTime();
    private final CancellationSource cancellation = new CancellationSource();
    private final CompletableFuture<ObjectsResult> result = new CompletableFuture<>();
    private final List<Cancellation.Registration> registrations = new ArrayList<>();

    /** Guarded by {@code running}. */
    private int interested;

    private Shared(Key key, Deadline deadline) {
      this.key = key;
      this.deadline = deadline;
    }

    private boolean suits(ObjectsRequest request) {
      return interested > 0
          && System.nanoTime() - begun <= MOMENT.toNanos()
          && allowsAsMuch(request.context().deadline());
    }

    /**
     * Whoever asks a moment later has a later deadline: that is the same, but not for short ones.
     */
    private boolean allowsAsMuch(Deadline other) {
      if (deadline.isNever() || other.isNever()) {
        return deadline.isNever() && other.isNever();
      }
      Duration wanted = other.remaining();
      Duration difference = wanted.minus(deadline.remaining()).abs();
      return difference.compareTo(MOMENT) <= 0
          && difference.multipliedBy(10).compareTo(wanted) <= 0;
    }

    private void watch(ObjectsRequest request, CompletableFuture<ObjectsResult> answer) {
      Cancellation.Registration registration =
          request.context().cancellation().onCancel(() -> leave(request, answer));
      synchronized (registrations) {
        registrations.add(registration);
      }
      if (result.isDone()) {
        end();
      }
    }

    private void leave(ObjectsRequest request, CompletableFuture<ObjectsResult> answer) {
      boolean last;
      synchronized (running) {
        interested--;
        last = interested == 0;
        if (last) {
          running.remove(key, this);
        }
      }
      if (last) {
        cancellation.cancel();
      } else if (!answer.isDone()) {
        // The others go on: this one's is a look-up of its own, which was cancelled from the start.
        ask(request, answer);
      }
    }

    private void start(ObjectsRequest request) {
      CompletableFuture<ObjectsResult> found = new CompletableFuture<>();
      var unused = found.whenComplete(this::complete);
      ask(
          new ObjectsRequest(
              request.entity(),
              request.types(),
              request.context().withCancellation(cancellation.token())),
          found);
    }

    private void complete(@Nullable ObjectsResult found, @Nullable Throwable failure) {
      synchronized (running) {
        running.remove(key, this);
      }
      if (found != null) {
        result.complete(found);
      } else {
        result.completeExceptionally(
            failure == null ? new IllegalStateException("the look-up gave nothing") : failure);
      }
      end();
    }

    /** Nobody's loss of interest matters any more. */
    private void end() {
      List<Cancellation.Registration> closing;
      synchronized (registrations) {
        closing = List.copyOf(registrations);
        registrations.clear();
      }
      closing.forEach(Cancellation.Registration::close);
    }
  }
}
