package dev.followspot.examples.backstagebackend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A body that can be ended from outside, as if its source were at its end, or broken off. Safe for
 * use by several threads.
 */
final class EndableBody
    implements Flow.Publisher<ByteBuffer>, Flow.Subscriber<ByteBuffer>, Flow.Subscription {

  private enum Ending {
    NONE,
    COMPLETE,
    BREAK_OFF
  }

  private final Flow.Publisher<ByteBuffer> source;
  private final @Nullable WebSocketFrames frames;
  private final Runnable whenOver;

  private final Object lock = new Object();
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private Flow.@Nullable Subscription subscription;
  private Ending ending = Ending.NONE;
  private boolean started;
  private boolean emitting;
  private boolean over;
  private long demand;

  /**
   * A body around another one.
   *
   * @param source the parts
   * @param frames follows the frames if they are those of a WebSocket, which is told that it ends
   * @param whenOver runs once, when the body has come to its end in any way
   */
  EndableBody(
      Flow.Publisher<ByteBuffer> source, @Nullable WebSocketFrames frames, Runnable whenOver) {
    this.source = source;
    this.frames = frames;
    this.whenOver = whenOver;
  }

  /** Ends the body as if it were complete. */
  void complete() {
    end(Ending.COMPLETE);
  }

  /** Ends the body so that its receiver sees that something is missing. */
  void breakOff() {
    end(Ending.BREAK_OFF);
  }

  private void end(Ending how) {
    synchronized (lock) {
      if (over || ending != Ending.NONE) {
        return;
      }
      ending = how;
    }
    finishIfIdle();
  }

  private void finishIfIdle() {
    Flow.Subscriber<? super ByteBuffer> receiver;
    Flow.Subscription giver;
    boolean wanted;
    synchronized (lock) {
      receiver = subscriber;
      giver = subscription;
      if (over || ending == Ending.NONE || emitting || !started) {
        return;
      }
      over = true;
      wanted = demand > 0;
    }
    if (receiver == null || giver == null) {
      throw new IllegalStateException("started without a subscriber");
    }
    giver.cancel();
    if (ending == Ending.BREAK_OFF) {
      receiver.onError(new IOException("the server shuts down"));
    } else {
      if (frames != null && frames.mayInsert() && wanted) {
        receiver.onNext(WebSocketFrames.goingAway());
      }
      receiver.onComplete();
    }
    whenOver.run();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> receiver) {
    synchronized (lock) {
      subscriber = receiver;
    }
    source.subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription giver) {
    Flow.Subscriber<? super ByteBuffer> receiver;
    synchronized (lock) {
      subscription = giver;
      receiver = subscriber;
    }
    if (receiver != null) {
      receiver.onSubscribe(this);
    }
    synchronized (lock) {
      started = true;
    }
    finishIfIdle();
  }

  @Override
  public void onNext(ByteBuffer part) {
    Flow.Subscriber<? super ByteBuffer> receiver;
    synchronized (lock) {
      receiver = subscriber;
      if (over || ending != Ending.NONE || receiver == null) {
        return;
      }
      emitting = true;
      demand--;
    }
    if (frames != null) {
      frames.follow(part);
    }
    receiver.onNext(part);
    synchronized (lock) {
      emitting = false;
    }
    finishIfIdle();
  }

  @Override
  public void onError(Throwable cause) {
    Flow.Subscriber<? super ByteBuffer> receiver = last();
    if (receiver != null) {
      receiver.onError(cause);
      whenOver.run();
    }
  }

  @Override
  public void onComplete() {
    Flow.Subscriber<? super ByteBuffer> receiver = last();
    if (receiver != null) {
      receiver.onComplete();
      whenOver.run();
    }
  }

  /** The subscriber, for the source's last signal; null if there was a last one already. */
  private Flow.@Nullable Subscriber<? super ByteBuffer> last() {
    synchronized (lock) {
      if (over) {
        return null;
      }
      over = true;
      return subscriber;
    }
  }

  @Override
  public void request(long parts) {
    Flow.Subscription giver;
    synchronized (lock) {
      demand = demand + parts < 0 ? Long.MAX_VALUE : demand + parts;
      giver = subscription;
    }
    if (giver != null) {
      giver.request(parts);
    }
  }

  @Override
  public void cancel() {
    Flow.Subscription giver;
    boolean first;
    synchronized (lock) {
      first = !over;
      over = true;
      giver = subscription;
    }
    if (giver != null) {
      giver.cancel();
    }
    if (first) {
      whenOver.run();
    }
  }
}
