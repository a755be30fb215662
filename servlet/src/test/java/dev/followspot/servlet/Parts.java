package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A body whose parts come when a test wants. */
final class Parts implements Publisher<ByteBuffer>, Subscription {
  private final Semaphore asked = new Semaphore(0);
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile Subscriber<? super ByteBuffer> subscriber;

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> given) {
    subscriber = given;
    subscribed.countDown();
    given.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    assertThat(count).isEqualTo(1);
    asked.release();
  }

  @Override
  public void cancel() {
    cancelled.countDown();
  }

  /** Gives a part as soon as it is asked for. */
  void send(String text) throws InterruptedException {
    assertThat(asked.tryAcquire(30, TimeUnit.SECONDS)).as("asked for a part").isTrue();
    subscriber.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean isAsked() {
    return asked.availablePermits() > 0;
  }

  void complete() throws InterruptedException {
    awaitSubscriber();
    subscriber.onComplete();
  }

  void fail(Throwable failure) throws InterruptedException {
    awaitSubscriber();
    subscriber.onError(failure);
  }

  private void awaitSubscriber() throws InterruptedException {
    assertThat(subscribed.await(30, TimeUnit.SECONDS)).as("subscribed").isTrue();
  }

  void awaitCancelled() throws InterruptedException {
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).as("cancelled").isTrue();
  }

  boolean isCancelled() {
    return cancelled.getCount() == 0;
  }
}
