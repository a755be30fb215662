package dev.followspot.core.http;

import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpTunnel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One streamed request with all its tries, until the last byte of the answer is taken. It ends
 * once, whoever is first: the answer, a failure, the deadline, the caller, or the engine.
 */
final class StreamCall implements StreamExchange.Listener, OriginFinder.Asker {

  /** A server may leave the connection after each answer. */
  private static final int MOST_RECONNECTS = 10;

  private final Streams streams;
  private final StreamRequest request;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<StreamResponse> result = new CompletableFuture<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile @Nullable StreamExchange exchange;
  private volatile @Nullable Future<?> timer;
  private volatile Cancellation.@Nullable Registration registration;
  private volatile String doing = "waiting for a connection";
  private volatile long sentAt;
  private volatile boolean sent;
  private int reconnects;

  StreamCall(Streams streams, StreamRequest request) {
    this.streams = streams;
    this.request = request;
  }

  CompletionStage<StreamResponse> start() {
    Deadline deadline = request.context().deadline();
    Trouble wrong = StreamHeads.check(request);
    if (wrong != null) {
      fail(wrong);
    } else if (request.context().cancellation().isCancelled()) {
      lostInterest();
    } else if (deadline.expired()) {
      timedOut("the deadline had passed before the request");
    } else {
      Cancellation.Registration made =
          request.context().cancellation().onCancel(this::lostInterest);
      registration = made;
      if (!deadline.isNever()) {
        arm(deadline.remaining());
      }
      if (done.get()) {
        made.close();
        stop(timer);
      } else {
        streams.origins().find(request.cluster(), request.credential(), this);
      }
    }
    return result;
  }

  private void arm(Duration time) {
    try {
      timer = streams.timer().schedule(this::checkTime, time.toNanos() + 1, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      fail(ConnectionPool.closedTrouble());
    }
  }

  private void checkTime() {
    if (result.isDone()) {
      return;
    }
    StreamExchange running = exchange;
    if (running != null && sent) {
      // A connection on which nothing came for half of the time is not used for the next one.
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentAt);
      running.retireIfSilentSince(System.currentTimeMillis() - waited / 2);
    }
    timedOut("the deadline passed while " + doing);
  }

  // Try.

  @Override
  public boolean isDone() {
    return done.get();
  }

  @Override
  public void reading() {
    doing = "reading certificates";
  }

  @Override
  public void found(Origin origin) {
    doing = "waiting for a connection";
    sent = false;
    try {
      ConnectionPool pool = streams.pool();
      StreamExchange made =
          new StreamExchange(
              pool,
              request.upgrade().isEmpty() ? origin : origin.forUpgrade(),
              request,
              streams.userAgent(),
              this);
      exchange = made;
      if (!done.get()) {
        pool.submit(made);
      }
    } catch (Trouble trouble) {
      fail(trouble);
    }
  }

  @Override
  public void sent() {
    sentAt = System.nanoTime();
    sent = true;
    doing = "waiting for the answer";
  }

  @Override
  public void head(int status, HttpHeaders headers, long length, @Nullable HttpTunnel tunnel) {
    StreamExchange running = exchange;
    if (running == null || done.get()) {
      return;
    }
    stop(timer);
    HttpBody body =
        length == 0
            ? HttpBody.none()
            : length < 0 ? HttpBody.of(running.body()) : HttpBody.of(running.body(), length);
    result.complete(new StreamResponse(status, headers, body, tunnel));
  }

  @Override
  public void lastHead(int status, HttpHeaders headers) {
    if (finish()) {
      result.complete(new StreamResponse(status, headers, HttpBody.none(), null));
    }
  }

  @Override
  public void failed(Trouble trouble, Exchange.Retry retry) {
    int most =
        switch (retry) {
          case NO -> 0;
          case ONCE, APART, UNSENT -> 1;
          case SEVERAL -> MOST_RECONNECTS;
        };
    StreamExchange last = exchange;
    boolean again = last != null && last.canBeRepeated() && !result.isDone();
    if (again && reconnects < most && !done.get()) {
      reconnects++;
      streams.origins().find(request.cluster(), request.credential(), this);
      return;
    }
    if (finish()) {
      ApiFailure failure = failure(trouble);
      if (!result.completeExceptionally(failure) && last != null) {
        last.body().breakOff(failure);
      }
    }
  }

  // The end.

  @Override
  public void taken(int count) {}

  @Override
  public void drained() {
    finish();
  }

  @Override
  public void cancelled() {
    finish();
  }

  private void lostInterest() {
    fail(new Trouble(CellStatus.CANCELLED, "the caller lost interest", null));
  }

  private void timedOut(String why) {
    ApiFailure failure =
        failure(
            new Trouble(
                CellStatus.TIMEOUT,
                "no answer of "
                    + Origin.hostOf(request.cluster().url())
                    + ":"
                    + Origin.portOf(request.cluster().url())
                    + " in time: "
                    + why,
                null));
    // The head may come at this moment: then there is no time limit any more.
    if (result.completeExceptionally(failure)) {
      finish();
    }
  }

  @Override
  public void fail(Trouble trouble) {
    if (finish()) {
      ApiFailure failure = failure(trouble);
      StreamExchange last = exchange;
      if (!result.completeExceptionally(failure) && last != null) {
        last.body().fail(failure);
      }
    }
  }

  private ApiFailure failure(Trouble trouble) {
    return new ApiFailure(
        trouble.status(),
        trouble.text(),
        Duration.ofNanos(System.nanoTime() - startedAt),
        trouble.getCause());
  }

  private boolean finish() {
    if (!done.compareAndSet(false, true)) {
      return false;
    }
    Cancellation.Registration made = registration;
    if (made != null) {
      made.close();
    }
    stop(timer);
    StreamExchange last = exchange;
    if (last != null) {
      last.stop();
    }
    request.body().discard();
    streams.ended(this);
    return true;
  }

  private static void stop(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
