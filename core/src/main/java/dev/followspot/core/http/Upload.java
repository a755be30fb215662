package dev.followspot.core.http;

import dev.followspot.spi.HttpBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request on its way to the server: one part at a time, and the next one is asked
 * for only when the connection has taken the last one.
 */
final class Upload implements Subscriber<ByteBuffer> {

  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /** So that many streams of one connection take turns. */
  private static final int MOST_AT_ONCE = 64 << 10;

  private static final int MOST_PARTS_AT_ONCE = 64;

  /** Takes parts; called on an I/O thread. */
  interface Sink {
    /**
     * Takes as much of a part as there is room for.
     *
     * @return how many bytes that was
     */
    int write(ByteBuffer part) throws IOException;

    /** The body is complete. */
    void end() throws IOException;
  }

  /** Who is told, on any thread. */
  interface Owner {
    /** There is something to write. */
    void wake();

    /** The body cannot be completed. */
    void broken(String why, @Nullable Throwable cause);
  }

  private final HttpBody body;
  private final Owner owner;
  private final long length;
  private volatile @Nullable Subscription subscription;
  private volatile @Nullable ByteBuffer part;
  private volatile boolean complete;
  private volatile boolean cancelled;
  private volatile boolean subscribed;
  private volatile boolean ended;
  private long written;

  Upload(HttpBody body, Owner owner) {
    this.body = body;
    this.owner = owner;
    this.length = body.length().orElse(-1);
  }

  /** Whether there is something to write. */
  boolean isReady() {
    return !cancelled && !ended && (part != null || complete);
  }

  /** Whether the body was taken, and can be sent again only if it is repeatable. */
  boolean isSubscribed() {
    return subscribed;
  }

  /** Whether the last byte was written. */
  boolean isEnded() {
    return ended;
  }

  /** Writes what there is and there is room for. Called on one I/O thread at a time. */
  void writeTo(Sink sink) throws IOException {
    if (!subscribed && !cancelled) {
      subscribed = true;
      try {
        body.publisher().subscribe(this);
      } catch (RuntimeException e) {
        broken("cannot be read", e);
      }
    }
    long most = written + MOST_AT_ONCE;
    for (int i = 0; i < MOST_PARTS_AT_ONCE && written < most && !cancelled && !ended; i++) {
      // In this order: the last part is there before the end is.
      boolean last = complete;
      ByteBuffer next = part;
      if (next == null) {
        if (last) {
          end(sink);
        }
        return;
      }
      if (length >= 0 && next.remaining() > length - written) {
        broken("is longer than the " + length + " bytes that it was said to have", null);
        return;
      }
      if (next.hasRemaining()) {
        written += sink.write(next);
      }
      if (next.hasRemaining()) {
        return;
      }
      part = null;
      askForMore();
    }
  }

  private void askForMore() {
    Subscription source = subscription;
    if (source != null) {
      try {
        source.request(1);
      } catch (RuntimeException e) {
        broken("cannot be read", e);
      }
    }
  }

  private void end(Sink sink) throws IOException {
    if (length >= 0 && written < length) {
      broken("ended after " + written + " of " + length + " bytes", null);
      return;
    }
    ended = true;
    sink.end();
  }

  /** No more is wanted: the publisher is told, now or as soon as it is there. */
  void cancel() {
    cancelled = true;
    part = null;
    Subscription source = subscription;
    if (source != null && !complete) {
      try {
        source.cancel();
      } catch (RuntimeException e) {
        // A publisher that breaks the rules must not break the connection of others.
        LOG.debug("a publisher threw {}", e.getClass().getName());
      }
    }
  }

  /** The same, and the publisher is told even if it was not subscribed to. */
  void discard() {
    cancel();
    body.discard();
  }

  private void broken(String what, @Nullable Throwable cause) {
    if (!cancelled) {
      cancel();
      owner.broken("the body of the request " + what, cause);
    }
  }

  @Override
  public void onSubscribe(Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    if (cancelled) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(ByteBuffer given) {
    if (cancelled) {
      return;
    }
    if (part != null || complete) {
      broken("came in more parts than were asked for", null);
      return;
    }
    part = given;
    owner.wake();
  }

  @Override
  public void onError(Throwable failure) {
    broken("broke off", failure);
  }

  @Override
  public void onComplete() {
    complete = true;
    owner.wake();
  }
}
