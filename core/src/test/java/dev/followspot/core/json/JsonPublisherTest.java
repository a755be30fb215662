package dev.followspot.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.KubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A document that is pulled: what is not asked for is not made. */
class JsonPublisherTest {

  /** Counts what it gets, and does with it what the test wants. */
  private static class Taker implements Subscriber<ByteBuffer> {
    final List<ByteBuffer> parts = new ArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    Subscription subscription;
    Throwable failure;
    int completions;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer part) {
      parts.add(part);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
      ended.countDown();
    }

    @Override
    public void onComplete() {
      completions++;
      ended.countDown();
    }

    String text() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (ByteBuffer part : parts) {
        byte[] chunk = new byte[part.remaining()];
        part.duplicate().get(chunk);
        bytes.writeBytes(chunk);
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** A list of texts of one KiB each. */
  private static JsonSteps texts(int count, AtomicInteger written) {
    return json -> {
      int index = written.getAndIncrement();
      if (index == 0) {
        json.beginArray();
      }
      if (index < count) {
        json.string("x".repeat(1022));
        return true;
      }
      if (index == count) {
        json.endArray();
        return true;
      }
      return false;
    };
  }

  @Test
  void nothing_is_written_before_it_is_asked_for_and_no_more_than_that() {
    AtomicInteger written = new AtomicInteger();
    Taker taker = new Taker();
    new JsonPublisher(texts(100_000, written)).subscribe(taker);
    assertThat(written).hasValue(0);
    taker.subscription.request(1);
    assertThat(taker.parts).hasSize(1);
    int once = written.get();
    assertThat(once).isBetween(16, 64);
    taker.subscription.request(3);
    assertThat(taker.parts).hasSize(4);
    assertThat(written.get()).isLessThanOrEqualTo(4 * once);
    assertThat(taker.parts).allMatch(part -> part.remaining() <= 64 * 1024);
    taker.subscription.cancel();
    int before = written.get();
    taker.subscription.request(10);
    assertThat(written).hasValue(before);
    assertThat(taker.completions).isZero();
    assertThat(taker.failure).isNull();
  }

  @Test
  void all_of_it_comes_to_somebody_who_asks_for_one_part_at_a_time() {
    int count = 20_000;
    Taker taker =
        new Taker() {
          @Override
          public void onNext(ByteBuffer part) {
            super.onNext(part);
            subscription.request(1);
          }
        };
    new JsonPublisher(texts(count, new AtomicInteger())).subscribe(taker);
    taker.subscription.request(1);
    assertThat(taker.completions).isEqualTo(1);
    assertThat(taker.text()).hasSize(count * 1025 + 1).startsWith("[\"x").endsWith("x\"]");
  }

  @Test
  void threads_that_ask_at_the_same_time_get_each_part_once() throws InterruptedException {
    int count = 5_000;
    Taker taker = new Taker();
    new JsonPublisher(texts(count, new AtomicInteger())).subscribe(taker);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 2_000 && taker.ended.getCount() > 0; n++) {
                  taker.subscription.request(1);
                }
              });
      thread.start();
      threads.add(thread);
    }
    assertThat(taker.ended.await(60, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taker.completions).isEqualTo(1);
    assertThat(taker.text()).hasSize(count * 1025 + 1);
  }

  @Test
  void large_objects_are_views_that_nobody_can_change_and_small_ones_are_copied() {
    String large = "{\"a\":\"" + "y".repeat(200_000) + "\"}";
    KubernetesObject object = RawObjectTest.object(large);
    AtomicInteger step = new AtomicInteger();
    Taker taker = new Taker();
    new JsonPublisher(
            json ->
                switch (step.getAndIncrement()) {
                  case 0 -> {
                    json.beginArray();
                    json.object(object);
                    yield true;
                  }
                  case 1 -> {
                    json.object(ObjectLists.withKind(object, "Pod", null));
                    json.string("ü");
                    json.endArray();
                    yield true;
                  }
                  default -> false;
                })
        .subscribe(taker);
    taker.subscription.request(Long.MAX_VALUE);
    assertThat(taker.text())
        .isEqualTo("[" + large + ",{\"kind\":\"Pod\"," + large.substring(1) + ",\"ü\"]");
    assertThat(taker.parts).filteredOn(part -> part.remaining() > 16 * 1024).isNotEmpty();
    assertThat(taker.parts)
        .filteredOn(part -> part.remaining() > 16 * 1024)
        .allMatch(ByteBuffer::isReadOnly)
        .allMatch(part -> part.remaining() <= 64 * 1024);
  }

  @Test
  void a_failure_while_writing_ends_the_document_as_broken() {
    for (Object bad : List.of(new IOException("x"), new IllegalArgumentException("y"))) {
      Taker taker = new Taker();
      new JsonPublisher(
              json -> {
                json.beginArray();
                if (bad instanceof IOException e) {
                  throw e;
                }
                throw (RuntimeException) bad;
              })
          .subscribe(taker);
      taker.subscription.request(1);
      assertThat(taker.failure).isNotNull();
      assertThat(taker.completions).isZero();
    }
  }

  @Test
  void asking_for_nothing_and_a_second_subscriber_are_errors() {
    JsonPublisher publisher = new JsonPublisher(texts(1, new AtomicInteger()));
    Taker first = new Taker();
    publisher.subscribe(first);
    Taker second = new Taker();
    publisher.subscribe(second);
    assertThat(second.failure).isInstanceOf(IllegalStateException.class);
    first.subscription.request(0);
    assertThat(first.failure).isInstanceOf(IllegalArgumentException.class);
    first.subscription.request(1);
    assertThat(first.parts).isEmpty();
  }

  @Test
  void cancelling_from_within_a_part_is_the_last_thing_that_happens() {
    Taker taker =
        new Taker() {
          @Override
          public void onNext(ByteBuffer part) {
            super.onNext(part);
            subscription.cancel();
          }
        };
    new JsonPublisher(texts(1, new AtomicInteger())).subscribe(taker);
    taker.subscription.request(Long.MAX_VALUE);
    assertThat(taker.parts).hasSize(1);
    assertThat(taker.completions).isZero();
    assertThat(taker.failure).isNull();
  }
}
