package dev.followspot.core.proxy;

import dev.followspot.spi.AuditEvent.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer on their way to the caller: knows how they end, and can end them. */
final class AnswerBytes implements Publisher<ByteBuffer>, Subscriber<ByteBuffer>, Subscription {

  private final Publisher<ByteBuffer> source;
  private final Consumer<Outcome> ending;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Subscriber<? super ByteBuffer> target;
  private volatile @Nullable Subscription upstream;

  /** Why it broke off; null if it is complete, or under way. */
  private volatile @Nullable Throwable breach;

  /**
   * Wraps them.
   *
   * @param source the answer
   * @param ending is told once how it ended, before the caller is
   */
  AnswerBytes(Publisher<ByteBuffer> source, Consumer<Outcome> ending) {
    this.source = source;
    this.ending = ending;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    if (!subscribed.compareAndSet(false, true)) {
      tooLate(subscriber);
      return;
    }
    target = subscriber;
    try {
      source.subscribe(this);
    } catch (RuntimeException e) {
      if (upstream == null) {
        subscriber.onSubscribe(Nothing.INSTANCE);
      }
      onError(e);
    }
  }

  private void tooLate(Subscriber<? super ByteBuffer> subscriber) {
    if (target != null) {
      Nothing.fail(subscriber, new IllegalStateException("the answer can be read once"));
      return;
    }
    Throwable failure = breach;
    if (failure == null) {
      subscriber.onSubscribe(Nothing.INSTANCE);
      subscriber.onComplete();
    } else {
      Nothing.fail(subscriber, failure);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    Subscriber<? super ByteBuffer> caller = target;
    if (upstream != null || caller == null) {
      subscription.cancel();
      return;
    }
    upstream = subscription;
    caller.onSubscribe(this);
    if (ended.get()) {
      subscription.cancel();
    }
  }

  @Override
  public void request(long count) {
    Subscription subscription = upstream;
    if (subscription != null && !ended.get()) {
      subscription.request(count);
    }
  }

  /** The caller wants no more. */
  @Override
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      breach = new CancellationException("the caller hung up");
      stopSource();
      ending.accept(Outcome.ABORTED);
    }
  }

  @Override
  public synchronized void onNext(ByteBuffer part) {
    Subscriber<? super ByteBuffer> caller = target;
    if (caller != null && !ended.get()) {
      caller.onNext(part);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end(Outcome.FAILED, failure);
  }

  @Override
  public void onComplete() {
    end(Outcome.COMPLETED, null);
  }

  /** Ends it though more may come: as if it were complete. */
  void close() {
    stop(null);
  }

  /** Ends it though more may come: as broken. */
  void breakOff() {
    stop(new CancellationException("Followspot was closed"));
  }

  private void stop(@Nullable Throwable failure) {
    if (end(Outcome.FAILED, failure)) {
      stopSource();
    }
  }

  private void stopSource() {
    if (subscribed.compareAndSet(false, true)) {
      Nothing.discard(source);
      return;
    }
    Subscription subscription = upstream;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private boolean end(Outcome outcome, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    breach = failure;
    ending.accept(outcome);
    Subscriber<? super ByteBuffer> caller = target;
    if (caller != null) {
      synchronized (this) {
        if (failure == null) {
          caller.onComplete();
        } else {
          caller.onError(failure);
        }
      }
    }
    return true;
  }
}
