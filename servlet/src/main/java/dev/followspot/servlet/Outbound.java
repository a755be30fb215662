package dev.followspot.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body to the caller: asks for one part when the container can take it, and flushes when no
 * further part is there at once.
 */
final class Outbound implements Subscriber<ByteBuffer> {

  /** A container keeps what the connection does not take; this bounds it. */
  private static final int SLICE = 64 * 1024;

  /** Every container keeps as much before it writes by itself. */
  static final int SMALL = 4 * 1024;

  /** What becomes of it. */
  interface Outcome {
    /** The last part is being sent: an end of the connection from now on is no hang-up. */
    void ending();

    /** Everything is on its way, but for what ending the response sends. */
    void sent();

    /** The body broke off before anything was sent: what to send instead, null to give up. */
    @Nullable ByteBuffer instead(Throwable cause);

    /** The body broke off, and the caller has to see it. */
    void brokenOff(Throwable cause);

    /** The caller hung up. */
    void callerGone(Throwable cause);
  }

  private final Gate gate;
  private final ServletOutputStream out;
  private final int unflushedEnd;
  private final Outcome outcome;

  private final AtomicInteger work = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean writable;
  private volatile boolean complete;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Throwable gone;
  private volatile @Nullable Subscription subscription;
  private volatile @Nullable ByteBuffer part;

  // Touched by the thread only that does the work.
  private long length;
  private long count;
  private boolean asked;
  private boolean flushed;
  private boolean unflushed = true;

  /**
   * Nothing is sent yet.
   *
   * @param length how many bytes were promised to the caller, negative for none
   * @param unflushedEnd a body that is not longer may wait for the end of the response
   */
  Outbound(Gate gate, ServletOutputStream out, long length, int unflushedEnd, Outcome outcome) {
    this.gate = gate;
    this.out = out;
    this.length = length;
    this.unflushedEnd = unflushedEnd;
    this.outcome = outcome;
  }

  /** Starts to send. */
  void start(Publisher<ByteBuffer> body) {
    try {
      gate.visit(() -> out.setWriteListener(new Listener()));
    } catch (IOException | RuntimeException e) {
      lose(e);
    }
    try {
      body.subscribe(this);
    } catch (RuntimeException e) {
      onError(e);
    }
  }

  /** Ends it without a word to the caller, and cancels the body. */
  void stop() {
    if (over.compareAndSet(false, true)) {
      cancel();
    }
  }

  private void cancel() {
    Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }

  private void lose(Throwable cause) {
    gone = cause;
    resume();
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    if (over.get()) {
      given.cancel();
    }
    resume();
  }

  @Override
  public void onNext(ByteBuffer next) {
    if (part != null) {
      cancel();
      onError(new IllegalStateException("the body gave a part that was not asked for"));
      return;
    }
    part = next;
    resume();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    resume();
  }

  @Override
  public void onComplete() {
    complete = true;
    resume();
  }

  private void resume() {
    if (work.getAndIncrement() == 0) {
      gate.outside(this::drain);
    }
  }

  private void drain() {
    int seen = work.get();
    do {
      work();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Runs in one thread at a time. */
  private void work() {
    try {
      while (!over.get() && step()) {
        // Until it has to wait.
      }
    } catch (IOException | RuntimeException e) {
      gone(e);
    }
  }

  /** Does one thing. Returns false if something else has to happen first. */
  private boolean step() throws IOException {
    Throwable lost = gone;
    if (lost != null) {
      gone(lost);
      return false;
    }
    // Read before the part: what ends the body comes after the last part.
    Throwable broken = failure;
    boolean last = complete;
    Subscription given = subscription;
    ByteBuffer next = part;
    if (!started) {
      return false;
    }
    if (broken != null && next == null) {
      return breakOff(broken);
    }
    if (!writable) {
      return false;
    }
    if (next != null) {
      return write(next);
    }
    if (last) {
      return finish();
    }
    if (given == null) {
      return false;
    }
    if (!asked) {
      asked = true;
      ask(given);
      return true;
    }
    return unflushed && flush();
  }

  private void ask(Subscription given) {
    try {
      given.request(1);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private boolean write(ByteBuffer next) throws IOException {
    if (length >= 0 && count + next.remaining() > length) {
      cancel();
      part = null;
      failure = new IOException("the body is longer than the " + length + " bytes announced");
      return true;
    }
    if (count + next.remaining() == length) {
      outcome.ending();
    }
    boolean done = gate.pass(() -> writeOpen(next), false);
    if (done && !next.hasRemaining()) {
      part = null;
      asked = false;
    }
    return done;
  }

  private boolean writeOpen(ByteBuffer next) throws IOException {
    if (!isReady()) {
      return false;
    }
    int size = Math.min(next.remaining(), SLICE);
    if (next.hasArray()) {
      out.write(next.array(), next.arrayOffset() + next.position(), size);
      next.position(next.position() + size);
    } else {
      byte[] bytes = new byte[size];
      next.get(bytes);
      out.write(bytes, 0, size);
    }
    count += size;
    unflushed = true;
    return true;
  }

  /** Tells whether the container takes something; if not, it will call. */
  private boolean isReady() {
    // First, since the container may call before isReady() returns.
    writable = false;
    if (!out.isReady()) {
      return false;
    }
    writable = true;
    return true;
  }

  private boolean flush() throws IOException {
    return gate.pass(
        () -> {
          if (!isReady()) {
            return false;
          }
          out.flush();
          unflushed = false;
          flushed = true;
          return true;
        },
        false);
  }

  private boolean finish() throws IOException {
    if (count < length) {
      failure = new EOFException("the body has " + count + " bytes instead of " + length);
      return true;
    }
    outcome.ending();
    if ((flushed || count > unflushedEnd) && !handOver()) {
      return false;
    }
    if (over.compareAndSet(false, true)) {
      outcome.sent();
    }
    return false;
  }

  /** Once it is ready again, nothing is left for which a thread would have to wait. */
  private boolean handOver() throws IOException {
    return (!unflushed || flush()) && gate.pass(this::isReady, false);
  }

  private boolean breakOff(Throwable broken) throws IOException {
    ByteBuffer instead = count == 0 && !flushed ? outcome.instead(broken) : null;
    if (instead != null) {
      failure = null;
      complete = true;
      length = instead.remaining();
      part = instead;
      return true;
    }
    if (!writable || !handOver()) {
      return false;
    }
    if (over.compareAndSet(false, true)) {
      outcome.brokenOff(broken);
    }
    return false;
  }

  private void gone(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      cancel();
      outcome.callerGone(cause);
    }
  }

  /** Apart from the subscriber, whose onError means something else. */
  private final class Listener implements WriteListener {
    @Override
    public void onWritePossible() {
      started = true;
      writable = true;
      resume();
    }

    @Override
    public void onError(Throwable cause) {
      lose(cause);
    }
  }
}
