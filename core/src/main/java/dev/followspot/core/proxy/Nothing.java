package dev.followspot.core.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A subscription of which nothing comes, and a subscriber that wants nothing. */
enum Nothing implements Subscription, Subscriber<ByteBuffer> {
  INSTANCE;

  /** Tells a subscriber that it gets nothing, and why. */
  static void fail(Subscriber<? super ByteBuffer> subscriber, Throwable failure) {
    subscriber.onSubscribe(INSTANCE);
    subscriber.onError(failure);
  }

  /** Gives a body up that was taken, and is of no use any more. */
  static void discard(Publisher<ByteBuffer> publisher) {
    publisher.subscribe(INSTANCE);
  }

  @Override
  public void request(long count) {}

  @Override
  public void cancel() {}

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(ByteBuffer part) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
