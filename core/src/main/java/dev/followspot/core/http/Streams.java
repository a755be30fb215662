package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one engine, with connections and I/O threads of their own, which are there from
 * the first stream on.
 */
final class Streams {

  private final HttpSettings settings;
  private final StreamSettings limits;
  private final HttpThreads threads;
  private final OriginFinder origins;
  private final Names names;
  private final String userAgent;
  private final Set<StreamCall> calls = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private @Nullable Connector connector;
  private volatile boolean closed;

  Streams(
      HttpSettings settings,
      StreamSettings limits,
      HttpThreads threads,
      OriginFinder origins,
      Names names,
      String userAgent) {
    this.settings = settings;
    this.limits = limits;
    this.threads = threads;
    this.origins = origins;
    this.names = names;
    this.userAgent = userAgent;
  }

  CompletionStage<StreamResponse> stream(StreamRequest request) {
    if (count.incrementAndGet() > limits.maxConcurrentRequests()) {
      count.decrementAndGet();
      request.body().discard();
      return CompletableFuture.failedStage(
          new ApiFailure(
              CellStatus.THROTTLED,
              StreamSettings.KEY
                  + " is "
                  + limits.maxConcurrentRequests()
                  + ", and so many requests are under way; try again, or raise it",
              Duration.ZERO,
              null));
    }
    StreamCall call = new StreamCall(this, request);
    calls.add(call);
    if (closed) {
      call.fail(ConnectionPool.closedTrouble());
    }
    return call.start();
  }

  /** How many requests are under way. */
  int count() {
    return calls.size();
  }

  int connections() {
    Connector open = opened();
    return open == null ? 0 : open.pool().size();
  }

  void sweep() {
    Connector open = opened();
    if (open != null) {
      open.sweep();
    }
  }

  void closeIdle(Predicate<Connection> test) {
    Connector open = opened();
    if (open != null) {
      open.pool().closeIdle(test);
    }
  }

  boolean uses(TlsIdentity identity) {
    Connector open = opened();
    return open != null && open.pool().uses(identity);
  }

  private synchronized @Nullable Connector opened() {
    return connector;
  }

  synchronized ConnectionPool pool() throws Trouble {
    if (closed) {
      throw ConnectionPool.closedTrouble();
    }
    Connector open = connector;
    if (open == null) {
      open = new Connector(settings, threads, Lane.streams(settings, limits), names);
      connector = open;
    }
    return open.pool();
  }

  OriginFinder origins() {
    return origins;
  }

  ScheduledExecutorService timer() {
    return threads.timer();
  }

  String userAgent() {
    return userAgent;
  }

  void ended(StreamCall call) {
    if (calls.remove(call)) {
      count.decrementAndGet();
    }
  }

  void close() {
    Connector open;
    synchronized (this) {
      closed = true;
      open = connector;
    }
    calls.forEach(call -> call.fail(ConnectionPool.closedTrouble()));
    if (open != null) {
      open.close();
    }
  }
}
