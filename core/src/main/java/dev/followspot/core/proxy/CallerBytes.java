package dev.followspot.core.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes that come from the caller: knows when the last ones came, and who is waited for. */
final class CallerBytes implements Publisher<ByteBuffer> {

  private final Supplier<Publisher<ByteBuffer>> source;
  private final Runnable broken;
  private volatile long lastActive = System.nanoTime();

  /** How many parts were asked for and have not come. */
  private long missing;

  private boolean ended;

  /**
   * Wraps them.
   *
   * @param source asked when somebody subscribes
   * @param broken is told when they break off
   */
  CallerBytes(Supplier<Publisher<ByteBuffer>> source, Runnable broken) {
    this.source = source;
    this.broken = broken;
  }

  /** When something came last, by {@link System#nanoTime}. */
  long lastActive() {
    return lastActive;
  }

  /** Whether somebody waits for the caller, rather than for the cluster. */
  synchronized boolean isAwaited() {
    return missing > 0 && !ended;
  }

  private synchronized void asked(long count) {
    missing = missing + count < 0 ? Long.MAX_VALUE : missing + count;
  }

  private synchronized void came(boolean last) {
    lastActive = System.nanoTime();
    missing = missing == Long.MAX_VALUE ? missing : Math.max(0, missing - 1);
    ended |= last;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Publisher<ByteBuffer> bytes;
    try {
      bytes = source.get();
    } catch (IllegalStateException e) {
      Nothing.fail(subscriber, e);
      return;
    }
    bytes.subscribe(new Counting(subscriber));
  }

  private final class Counting implements Subscriber<ByteBuffer>, Subscription {
    private final Subscriber<? super ByteBuffer> target;
    private volatile @Nullable Subscription upstream;

    private Counting(Subscriber<? super ByteBuffer> target) {
      this.target = target;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream = subscription;
      target.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      Subscription subscription = upstream;
      if (subscription != null) {
        if (count > 0) {
          asked(count);
        }
        subscription.request(count);
      }
    }

    @Override
    public void cancel() {
      Subscription subscription = upstream;
      if (subscription != null) {
        came(true);
        subscription.cancel();
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      came(false);
      target.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      came(true);
      broken.run();
      target.onError(failure);
    }

    @Override
    public void onComplete() {
      came(true);
      target.onComplete();
    }
  }
}
