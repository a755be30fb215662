package dev.followspot.servlet;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Takes a body that nobody wants, only to be done with it. */
record Unwanted(Runnable whenDone) implements Subscriber<ByteBuffer> {

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {}

  @Override
  public void onError(Throwable cause) {
    whenDone.run();
  }

  @Override
  public void onComplete() {
    whenDone.run();
  }
}
