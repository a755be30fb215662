package dev.followspot.servlet;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A body that never ends, each part there as soon as it is asked for. */
record Endless(int size, Runnable onCancel) implements Publisher<ByteBuffer> {

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            subscriber.onNext(ByteBuffer.allocate(size));
          }

          @Override
          public void cancel() {
            onCancel.run();
          }
        });
  }
}
