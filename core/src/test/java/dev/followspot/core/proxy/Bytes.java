package dev.followspot.core.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Bytes that come when the test says so, and a subscriber that takes all. */
final class Bytes implements Publisher<ByteBuffer>, Subscription {

  private Subscriber<? super ByteBuffer> subscriber;
  private long wanted;
  final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> given) {
    synchronized (this) {
      subscriber = given;
    }
    given.onSubscribe(this);
  }

  @Override
  public synchronized void request(long count) {
    wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
    notifyAll();
  }

  @Override
  public void cancel() {
    cancelled.complete(null);
  }

  /** Waits until somebody wants a part, and gives it. */
  void send(String text) throws InterruptedException {
    awaitDemand().onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized Subscriber<? super ByteBuffer> awaitDemand() throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (wanted == 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("nobody wanted the next part");
      }
      wait(Math.max(1, left / 1_000_000));
    }
    wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
    return subscriber;
  }

  synchronized void complete() {
    subscriber.onComplete();
  }

  synchronized void fail(Throwable failure) {
    subscriber.onError(failure);
  }

  /** Takes all, and remembers it. */
  static final class Taker implements Subscriber<ByteBuffer> {
    private final StringBuilder text = new StringBuilder();
    final CompletableFuture<String> end = new CompletableFuture<>();
    volatile Subscription subscription;

    static Taker of(Publisher<ByteBuffer> publisher) {
      Taker taker = new Taker();
      publisher.subscribe(taker);
      return taker;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(ByteBuffer part) {
      text.append(StandardCharsets.UTF_8.decode(part));
      notifyAll();
    }

    synchronized String text() {
      return text.toString();
    }

    /** Waits until a text is there. */
    synchronized void await(String wanted) throws InterruptedException {
      long end = System.nanoTime() + 30_000_000_000L;
      while (text.indexOf(wanted) < 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("'" + wanted + "' did not come, but '" + text + "'");
        }
        wait(Math.max(1, left / 1_000_000));
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(text());
    }
  }
}
