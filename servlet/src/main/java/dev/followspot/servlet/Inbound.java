package dev.followspot.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the caller sends, as a publisher: it touches the stream only when it is subscribed to, and
 * reads as much as is asked for.
 */
final class Inbound implements Publisher<ByteBuffer>, Subscription, ReadListener {

  /** The length of what has no framing of its own, and ends as a connection does. */
  static final long UNTIL_EOF = -2;

  private static final int PART = 16 * 1024;

  /** Nothing, so that it is looked at what else there is. */
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /** How reading ends. */
  enum End {
    /** All that the caller sends was read. */
    COMPLETE,
    /** Nobody wants the rest. */
    GIVEN_UP,
    /** The caller hung up, or sends what is no body. */
    BROKEN_OFF,
    /** The caller does not go on. */
    STALLED
  }

  private final Gate gate;
  private final Gate.Access<ServletInputStream> source;
  private final long length;
  private final Consumer<End> onEnd;

  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger work = new AtomicInteger();
  private volatile boolean readable;
  private volatile boolean allRead;
  private volatile boolean complete;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Subscriber<? super ByteBuffer> subscriber;

  // Touched by the thread only that does the work.
  private @Nullable ServletInputStream stream;
  private byte @Nullable [] buffer;
  private long count;

  /**
   * Nothing is read yet.
   *
   * @param length how many bytes there have to be, negative if that is not known, such as {@link
   *     #UNTIL_EOF}
   * @param onEnd is told once
   */
  Inbound(Gate gate, Gate.Access<ServletInputStream> source, long length, Consumer<End> onEnd) {
    this.gate = gate;
    this.source = source;
    this.length = length;
    this.onEnd = onEnd;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> given) {
    if (!subscribed.compareAndSet(false, true)) {
      given.onSubscribe(new Nothing());
      given.onError(new IllegalStateException("what the caller sends was read before"));
      return;
    }
    // Whatever comes before the subscriber has its subscription waits for drain().
    work.incrementAndGet();
    subscriber = given;
    given.onSubscribe(this);
    if (!over.get()) {
      try {
        gate.visit(this::open);
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      if (stream == null && failure == null) {
        failure = new CallerGoneException();
      }
    }
    drain();
  }

  private void open() throws IOException {
    if (!taken.compareAndSet(false, true)) {
      throw new IOException("the request has been answered, and is not read any more");
    }
    ServletInputStream opened = source.call();
    stream = opened;
    opened.setReadListener(this);
    if (opened.isFinished()) {
      // A filter has read it, of which Tomcat tells nobody.
      end();
    }
  }

  /** Whether all that the caller sends was read. */
  boolean isComplete() {
    return complete;
  }

  /** Leaves the stream to somebody else. Tells whether nobody had begun to read it here. */
  boolean leave() {
    return taken.compareAndSet(false, true);
  }

  /** Ends it with an error, unless it has ended. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    resume();
  }

  /** Ends it as if the caller had sent nothing more. */
  void end() {
    allRead = true;
    resume();
  }

  @Override
  public void request(long parts) {
    if (parts <= 0) {
      fail(new IllegalArgumentException("asked for " + parts + " parts"));
    } else {
      demand.accumulateAndGet(parts, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      resume();
    }
  }

  @Override
  public void cancel() {
    if (over.compareAndSet(false, true)) {
      onEnd.accept(complete ? End.COMPLETE : End.GIVEN_UP);
    }
  }

  @Override
  public void onDataAvailable() {
    readable = true;
    resume();
  }

  @Override
  public void onAllDataRead() {
    end();
  }

  @Override
  public void onError(Throwable cause) {
    if (length == UNTIL_EOF && cause instanceof EOFException) {
      end();
    } else {
      fail(
          length == UNTIL_EOF
              ? new CallerGoneException(cause)
              : StalledBodyException.orGone(cause));
    }
  }

  private void resume() {
    if (work.getAndIncrement() == 0) {
      gate.outside(this::drain);
    }
  }

  /** Runs in one thread at a time: whoever comes meanwhile makes it go round once more. */
  private void drain() {
    Subscriber<? super ByteBuffer> target = subscriber;
    int seen = work.get();
    do {
      if (target != null) {
        step(target);
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void step(Subscriber<? super ByteBuffer> target) {
    while (!over.get()) {
      Throwable cause = failure;
      if (cause != null) {
        breakOff(target, cause);
      } else if (allRead) {
        complete(target);
      } else if (!readable || demand.get() == 0) {
        return;
      } else {
        ByteBuffer part = read();
        if (part == null) {
          return;
        }
        if (part.hasRemaining()) {
          count += part.remaining();
          demand.updateAndGet(asked -> asked == Long.MAX_VALUE ? asked : asked - 1);
          if (count == length) {
            complete = true;
            allRead = true;
          }
          target.onNext(part);
        }
      }
    }
  }

  private void complete(Subscriber<? super ByteBuffer> target) {
    if (count < length) {
      breakOff(
          target, new CallerGoneException("the body has " + count + " bytes instead of " + length));
    } else {
      complete = true;
      if (over.compareAndSet(false, true)) {
        onEnd.accept(End.COMPLETE);
        target.onComplete();
      }
    }
  }

  private void breakOff(Subscriber<? super ByteBuffer> target, Throwable cause) {
    if (over.compareAndSet(false, true)) {
      // First, or what becomes of the request would be blamed on somebody else.
      onEnd.accept(endBy(cause));
      target.onError(cause);
    }
  }

  private static End endBy(Throwable cause) {
    if (cause instanceof StalledBodyException) {
      return End.STALLED;
    }
    return cause instanceof CallerGoneException ? End.BROKEN_OFF : End.GIVEN_UP;
  }

  /** The next part, or null if the container will tell when there is one. */
  private @Nullable ByteBuffer read() {
    try {
      ByteBuffer part = gate.<@Nullable ByteBuffer>pass(this::readOpen, NONE);
      if (part != null && !part.hasRemaining() && gate.isClosed() && failure == null) {
        failure = new CallerGoneException();
      }
      return part;
    } catch (IOException | RuntimeException e) {
      onError(e);
      return NONE;
    }
  }

  private @Nullable ByteBuffer readOpen() throws IOException {
    ServletInputStream in = stream;
    if (in == null) {
      return NONE;
    }
    if (in.isFinished()) {
      allRead = true;
      return NONE;
    }
    // First, since the container may say that there is something before isReady() returns.
    readable = false;
    if (!in.isReady()) {
      return null;
    }
    readable = true;
    byte[] bytes = buffer;
    if (bytes == null) {
      bytes = new byte[PART];
      buffer = bytes;
    }
    int read = in.read(bytes);
    if (read < 0) {
      allRead = true;
      return NONE;
    }
    return ByteBuffer.wrap(Arrays.copyOf(bytes, read));
  }

  /** For those who come too late. */
  private static final class Nothing implements Subscription {
    @Override
    public void request(long parts) {}

    @Override
    public void cancel() {}
  }
}
