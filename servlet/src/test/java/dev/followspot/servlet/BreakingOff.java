package dev.followspot.servlet;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A body of one part that breaks off as soon as it has given it. */
record BreakingOff(int size, Exception failure) implements Publisher<ByteBuffer> {

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            subscriber.onNext(ByteBuffer.allocate(size));
            subscriber.onError(failure);
          }

          @Override
          public void cancel() {}
        });
  }
}
