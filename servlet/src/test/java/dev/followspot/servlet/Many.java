package dev.followspot.servlet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A body whose parts are there at once, each as soon as it is asked for. */
final class Many implements Publisher<ByteBuffer> {
  private final int count;
  private final String text;

  private Many(int count, String text) {
    this.count = count;
    this.text = text;
  }

  static Many of(int count, String text) {
    return new Many(count, text);
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          private int given;

          @Override
          public void request(long ignored) {
            given++;
            subscriber.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            if (given == count) {
              subscriber.onComplete();
            }
          }

          @Override
          public void cancel() {}
        });
  }
}
