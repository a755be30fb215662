package dev.followspot.core.json;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a document that is written in steps, to one subscriber. Each chunk is written when it
 * is asked for, in the thread that asks.
 */
public final class JsonPublisher implements Publisher<ByteBuffer> {

  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile @Nullable JsonSteps steps;

  /**
   * Nothing is written yet.
   *
   * @param steps writes the document
   */
  public JsonPublisher(JsonSteps steps) {
    this.steps = Objects.requireNonNull(steps, "steps");
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    JsonSteps document = steps;
    if (!taken.compareAndSet(false, true) || document == null) {
      subscriber.onSubscribe(new Refused());
      subscriber.onError(new IllegalStateException("the document was read before"));
      return;
    }
    // Whoever keeps the publisher does not keep the objects.
    steps = null;
    Writing writing = new Writing(subscriber, new JsonChunks(document));
    subscriber.onSubscribe(writing);
  }

  private static final class Refused implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private static final class Writing implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean wrong;
    private @Nullable JsonChunks chunks;

    private Writing(Subscriber<? super ByteBuffer> subscriber, JsonChunks chunks) {
      this.subscriber = subscriber;
      this.chunks = chunks;
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        wrong = true;
      } else {
        wanted.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      }
      goOn();
    }

    @Override
    public void cancel() {
      cancelled = true;
      goOn();
    }

    /** One thread at a time writes; what others want meanwhile, it sees before it leaves. */
    private void goOn() {
      if (calls.getAndIncrement() == 0) {
        long seen;
        do {
          seen = calls.get();
          write();
        } while (!calls.compareAndSet(seen, 0));
      }
    }

    private void write() {
      JsonChunks writing = chunks;
      while (writing != null) {
        if (cancelled) {
          chunks = null;
          return;
        }
        if (wrong) {
          end(new IllegalArgumentException("asked for less than one part"));
          return;
        }
        // Its end is told without being asked for.
        if (wanted.get() == 0) {
          return;
        }
        ByteBuffer chunk;
        boolean last;
        try {
          chunk = writing.hasNext() ? writing.next() : null;
          last = chunk == null || !writing.hasNext();
        } catch (RuntimeException | Error e) {
          end(e);
          return;
        }
        if (chunk != null) {
          wanted.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
          subscriber.onNext(chunk);
        }
        if (last) {
          if (cancelled) {
            chunks = null;
          } else {
            end(null);
          }
          return;
        }
      }
    }

    private void end(@Nullable Throwable failure) {
      chunks = null;
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
    }
  }
}
