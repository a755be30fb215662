package dev.followspot.core.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes from a server, on its way to one subscriber. It holds what came and was not asked for
 * yet, and tells what was taken, so that no more comes than the window allows.
 */
final class ResponseBody implements Publisher<ByteBuffer>, Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseBody.class);

  /** Small parts that wait share buffers of this size. */
  private static final int SHARED = 8 << 10;

  /** Where the bytes come from. Called without any lock, on any thread. */
  interface Source {
    /** The subscriber has taken bytes. */
    void taken(int count);

    /** All has come and was taken. Called once at most. */
    void drained();

    /** The subscriber wants no more. */
    void cancelled();
  }

  private final Source source;
  private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();
  private @Nullable Subscriber<? super ByteBuffer> subscriber;
  private @Nullable Throwable failure;
  private long requested;
  private int backlog;
  private boolean complete;
  private boolean told;
  private boolean closed;
  private boolean delivering;

  ResponseBody(Source source) {
    this.source = source;
  }

  /** Copies what came, and gives it on if it was asked for. */
  void add(ByteBuffer bytes) {
    synchronized (this) {
      int count = bytes.remaining();
      if (closed || complete || count == 0) {
        bytes.position(bytes.limit());
        return;
      }
      backlog += count;
      ByteBuffer last = parts.peekLast();
      if (last != null && last.capacity() - last.limit() >= count) {
        int start = last.position();
        int end = last.limit();
        last.limit(end + count).position(end);
        last.put(bytes).position(start);
      } else {
        int size = last == null ? count : Math.max(count, SHARED);
        parts.add(ByteBuffer.allocate(size).put(bytes).flip());
      }
    }
    deliver();
  }

  /** Nothing else will come. */
  void complete() {
    synchronized (this) {
      complete = true;
    }
    tellIfDrained();
    deliver();
  }

  /** It broke off: what came before is given on, and then the failure. */
  void breakOff(Throwable why) {
    synchronized (this) {
      if (complete) {
        return;
      }
      complete = true;
      told = true;
      failure = why;
    }
    deliver();
  }

  /** The failure is given on at once; what came before is dropped. */
  void fail(Throwable why) {
    synchronized (this) {
      complete = true;
      told = true;
      failure = why;
      parts.clear();
    }
    deliver();
  }

  /** Whether all has come and was taken. */
  synchronized boolean isDrained() {
    return complete && parts.isEmpty();
  }

  /** How many bytes wait for the subscriber. */
  synchronized int backlog() {
    return backlog;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> wanted) {
    boolean first;
    synchronized (this) {
      first = subscriber == null;
      if (first) {
        subscriber = wanted;
        // Nothing may be given before the subscriber has its subscription.
        delivering = true;
      }
    }
    if (first) {
      wanted.onSubscribe(this);
      deliverAll(wanted);
    } else {
      wanted.onSubscribe(new None());
      wanted.onError(new IllegalStateException("the body has a subscriber already"));
    }
  }

  @Override
  public void request(long count) {
    synchronized (this) {
      if (count > 0) {
        requested = requested + count < 0 ? Long.MAX_VALUE : requested + count;
      }
    }
    if (count <= 0) {
      fail(new IllegalArgumentException("asked for " + count + " parts"));
      source.cancelled();
    } else {
      deliver();
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      closed = true;
      told = true;
      parts.clear();
    }
    source.cancelled();
  }

  private void deliver() {
    Subscriber<? super ByteBuffer> receiver;
    synchronized (this) {
      receiver = subscriber;
      if (delivering || receiver == null) {
        return;
      }
      delivering = true;
    }
    deliverAll(receiver);
  }

  /** Gives what there is, on the thread that has set {@code delivering}. */
  private void deliverAll(Subscriber<? super ByteBuffer> receiver) {
    while (true) {
      ByteBuffer part = null;
      Throwable why;
      synchronized (this) {
        why = failure;
        if (!closed && requested > 0) {
          part = parts.poll();
        }
        if (part != null) {
          backlog -= part.remaining();
          requested -= requested == Long.MAX_VALUE ? 0 : 1;
        } else if (closed || !complete || !parts.isEmpty()) {
          delivering = false;
          return;
        } else {
          closed = true;
          delivering = false;
        }
      }
      if (part == null) {
        end(receiver, why);
        return;
      }
      int count = part.remaining();
      try {
        receiver.onNext(part);
      } catch (RuntimeException | LinkageError e) {
        // A subscriber that breaks the rules must not break the connection of others.
        LOG.debug("a subscriber threw {}", e.getClass().getName());
        cancel();
      }
      source.taken(count);
      tellIfDrained();
    }
  }

  private static void end(Subscriber<? super ByteBuffer> receiver, @Nullable Throwable why) {
    try {
      if (why == null) {
        receiver.onComplete();
      } else {
        receiver.onError(why);
      }
    } catch (RuntimeException | LinkageError e) {
      // It knows the end, and breaks the rules: nobody else may suffer from it.
      LOG.debug("a subscriber threw {}", e.getClass().getName());
    }
  }

  private void tellIfDrained() {
    synchronized (this) {
      if (told || !complete || !parts.isEmpty()) {
        return;
      }
      told = true;
    }
    source.drained();
  }

  private static final class None implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
