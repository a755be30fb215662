package dev.followspot.spi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The publishers and subscribers behind {@link HttpBody}. */
final class Bodies {

  private Bodies() {}

  static Publisher<ByteBuffer> ofBytes(byte[] bytes) {
    return subscriber -> subscriber.onSubscribe(new Once(subscriber, bytes));
  }

  static Publisher<ByteBuffer> mapped(
      Publisher<ByteBuffer> source, UnaryOperator<ByteBuffer> change) {
    return subscriber -> source.subscribe(new Mapped(subscriber, change));
  }

  static CompletableFuture<byte[]> collect(Publisher<ByteBuffer> source, int most) {
    Collector collector = new Collector(most);
    source.subscribe(collector);
    return collector.result;
  }

  static void discard(Publisher<ByteBuffer> source) {
    source.subscribe(new Discarder());
  }

  private static final class Once implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private final byte[] bytes;
    private final AtomicBoolean done = new AtomicBoolean();

    private Once(Subscriber<? super ByteBuffer> subscriber, byte[] bytes) {
      this.subscriber = subscriber;
      this.bytes = bytes;
    }

    @Override
    public void request(long count) {
      if (done.compareAndSet(false, true)) {
        if (count <= 0) {
          subscriber.onError(new IllegalArgumentException("asked for " + count + " parts"));
          return;
        }
        if (bytes.length > 0) {
          subscriber.onNext(ByteBuffer.wrap(bytes.clone()));
        }
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      done.set(true);
    }
  }

  private static final class Mapped implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> target;
    private final UnaryOperator<ByteBuffer> change;
    private @Nullable Subscription subscription;
    private boolean done;

    private Mapped(Subscriber<? super ByteBuffer> target, UnaryOperator<ByteBuffer> change) {
      this.target = target;
      this.change = change;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      target.onSubscribe(given);
    }

    @Override
    public void onNext(ByteBuffer part) {
      Subscription given = subscription;
      if (done || given == null) {
        return;
      }
      ByteBuffer changed;
      try {
        changed = change.apply(part);
      } catch (RuntimeException e) {
        done = true;
        given.cancel();
        target.onError(e);
        return;
      }
      if (changed.hasRemaining()) {
        target.onNext(changed);
      } else {
        given.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!done) {
        done = true;
        target.onError(failure);
      }
    }

    @Override
    public void onComplete() {
      if (!done) {
        done = true;
        target.onComplete();
      }
    }
  }

  private static final class Collector implements Subscriber<ByteBuffer> {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private @Nullable Subscription subscription;

    private Collector(int most) {
      this.most = most;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      if (result.isDone()) {
        return;
      }
      if (bytes.size() + (long) part.remaining() > most) {
        if (subscription != null) {
          subscription.cancel();
        }
        result.completeExceptionally(new HttpBody.TooLargeException(most));
        return;
      }
      byte[] chunk = new byte[part.remaining()];
      part.get(chunk);
      bytes.write(chunk, 0, chunk.length);
    }

    @Override
    public void onError(Throwable failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      result.complete(bytes.toByteArray());
    }
  }

  private static final class Discarder implements Subscriber<ByteBuffer> {
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
}
