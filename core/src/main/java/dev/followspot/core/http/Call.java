package dev.followspot.core.http;

import dev.followspot.core.http.GetExchange.Answer;
import dev.followspot.core.http.GetExchange.Question;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Credential;
import dev.followspot.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One GET with all its tries: credential, slot, connection, answer, and what follows from it. It
 * ends once, whoever is first: the answer, a failure, the deadline, the caller, or the engine.
 */
final class Call implements Slots.Waiter, GetExchange.Listener, OriginFinder.Asker {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A server that refuses a credential may leave the connection after each answer of a wave. */
  private static final int MOST_RECONNECTS = 60;

  /** After so many broken connections a request shares none with others. */
  private static final int MOST_LOSSES = 2;

  private final HttpEngine engine;
  private final ApiRequest request;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<ApiResponse> result = new CompletableFuture<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile Credential credential = Credential.none();
  private volatile @Nullable Origin origin;
  private volatile Slots.@Nullable Slot slot;
  private volatile @Nullable GetExchange exchange;
  private volatile long sentAt;
  private volatile boolean sent;
  private volatile @Nullable Future<?> timer;
  private volatile @Nullable Future<?> pause;
  private volatile Cancellation.@Nullable Registration registration;
  private volatile String doing = "waiting for a credential";
  private @Nullable Answer lastAnswer;
  private boolean refreshed;
  private volatile boolean paused;
  private int reconnects;

  /** How many connections broke under it. */
  private int losses;

  Call(HttpEngine engine, ApiRequest request) {
    this.engine = engine;
    this.request = request;
  }

  CompletionStage<ApiResponse> start() {
    Deadline deadline = request.context().deadline();
    if (request.context().cancellation().isCancelled()) {
      cancelled();
    } else if (deadline.expired()) {
      timedOut("the deadline had passed before the request");
    } else {
      Cancellation.Registration made = request.context().cancellation().onCancel(this::cancelled);
      registration = made;
      arm(Math.min(deadline.remaining().toNanos(), engine.settings().requestTimeout().toNanos()));
      if (done.get()) {
        made.close();
        stop(timer);
      } else {
        ask(() -> request.credentials().credential());
      }
    }
    return result;
  }

  // Credential.

  private void ask(Supplier<CompletionStage<Credential>> source) {
    Credentials.ask(request.cluster(), source, this::authenticated, this::fail);
  }

  private void authenticated(Credential found) {
    if (refreshed && found.equals(credential)) {
      Answer rejected = lastAnswer;
      if (rejected != null) {
        succeed(rejected);
        return;
      }
    }
    credential = found;
    attempt();
  }

  // Try.

  private void attempt() {
    if (done.get()) {
      return;
    }
    engine.origins().find(request.cluster(), credential, this);
  }

  @Override
  public void reading() {
    doing = "reading certificates";
  }

  @Override
  public void found(Origin to) {
    origin = to;
    doing = "waiting for a free slot";
    engine.slots().acquire(request.cluster(), this);
  }

  @Override
  public boolean isDone() {
    return done.get();
  }

  @Override
  public void granted(Slots.Slot granted) {
    Origin to = origin;
    if (to == null || done.get()) {
      engine.slots().release(granted);
      return;
    }
    slot = granted;
    doing = "waiting for a connection";
    String target = request.fullPath() + (request.query().isEmpty() ? "" : "?" + request.query());
    Question question =
        new Question(
            target,
            engine.userAgent(),
            credential.bearerToken().orElse(null),
            engine.settings().maxResponseBytes(),
            engine.room().of(request.context().cancellation()),
            request.reader());
    GetExchange made = new GetExchange(engine.pool(), to, question, losses >= MOST_LOSSES, this);
    exchange = made;
    if (done.get()) {
      releaseSlot();
      return;
    }
    engine.pool().submit(made);
  }

  @Override
  public void sent() {
    sentAt = System.nanoTime();
    sent = true;
    doing = "waiting for the answer";
  }

  @Override
  public void progress() {
    Slots.Slot held = slot;
    if (held != null) {
      engine.slots().heard(held);
    }
  }

  private void releaseSlot() {
    Slots.Slot held = slot;
    if (held != null) {
      slot = null;
      engine.slots().release(held);
    }
  }

  // What follows.

  @Override
  public void answered(Answer answer) {
    sent = false;
    releaseSlot();
    if (done.get()) {
      return;
    }
    int status = answer.status();
    if (status == 401 && !refreshed) {
      refreshed = true;
      lastAnswer = answer;
      doing = "waiting for another credential";
      Credential rejected = credential;
      ask(() -> request.credentials().refresh(rejected));
      return;
    }
    boolean tryAgain = (status == 429 || status == 503) && !paused && tryAfterPause(answer);
    if (!tryAgain) {
      succeed(answer);
    }
  }

  /** Schedules another try, unless the pause is too long for it. */
  private boolean tryAfterPause(Answer answer) {
    Duration delay = RetryAfter.delay(answer.retryAfter(), Instant.now());
    if (delay.compareTo(LONGEST_PAUSE) > 0
        || delay.compareTo(request.context().deadline().remaining()) >= 0) {
      return false;
    }
    doing = "pausing as the API server asked";
    paused = true;
    try {
      pause =
          engine
              .threads()
              .timer()
              .schedule((Runnable) this::attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void failed(Trouble trouble, Exchange.Retry retry) {
    sent = false;
    releaseSlot();
    boolean again =
        switch (retry) {
          case NO -> false;
          case ONCE -> losses++ == 0;
          case APART -> losses++ < MOST_LOSSES;
          case UNSENT -> losses++ <= MOST_LOSSES;
          case SEVERAL -> reconnects++ < MOST_RECONNECTS;
        };
    if (again && !done.get()) {
      attempt();
    } else {
      fail(trouble);
    }
  }

  // The end.

  private void succeed(Answer answer) {
    if (finish()) {
      result.complete(
          new ApiResponse(
              answer.status(),
              answer.contentType(),
              answer.body(),
              answer.length(),
              answer.reader(),
              elapsed()));
    }
  }

  @Override
  public void fail(Trouble trouble) {
    if (finish()) {
      result.completeExceptionally(
          new ApiFailure(trouble.status(), trouble.text(), elapsed(), trouble.getCause()));
    }
  }

  private void cancelled() {
    fail(new Trouble(CellStatus.CANCELLED, "the caller lost interest", null));
  }

  private void timedOut(String why) {
    fail(
        new Trouble(
            CellStatus.TIMEOUT,
            "no answer of "
                + Origin.hostOf(request.cluster().url())
                + ":"
                + Origin.portOf(request.cluster().url())
                + " in time: "
                + why,
            null));
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
    stop(pause);
    GetExchange running = exchange;
    if (running != null) {
      running.abort();
    }
    releaseSlot();
    engine.ended(this);
    return true;
  }

  private static void stop(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  // Time.

  private void arm(long nanos) {
    try {
      timer = engine.threads().timer().schedule(this::checkTime, nanos + 1, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      fail(ConnectionPool.closedTrouble());
    }
  }

  /** One timer for both limits: it comes too early at times, and then looks again later. */
  private void checkTime() {
    if (done.get()) {
      return;
    }
    long limit = engine.settings().requestTimeout().toNanos();
    long ofTry = sent ? limit - (System.nanoTime() - sentAt) : limit;
    if (request.context().deadline().expired()) {
      abandonSilentConnection();
      timedOut("the deadline passed while " + doing);
    } else if (ofTry <= 0) {
      abandonSilentConnection();
      timedOut(
          "followspot.http.requestTimeout is "
              + engine.settings().requestTimeout().toMillis()
              + " ms");
    } else {
      arm(Math.min(request.context().deadline().remaining().toNanos(), ofTry));
    }
  }

  /** A connection on which nothing came for half of the time is not used for the next one. */
  private void abandonSilentConnection() {
    GetExchange running = exchange;
    if (running != null && sent) {
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentAt);
      running.retireIfSilentSince(System.currentTimeMillis() - waited / 2);
    }
  }
}
