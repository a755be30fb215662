package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Large bodies, and many callers. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadTest {
  private static final int PART = 64 * 1024;
  private static final int SIZE = 256 * 1024 * 1024;

  /** What sockets and containers may hold of a body that nobody takes. */
  private static final long HELD = 16L * 1024 * 1024;

  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();

  @Test
  void a_large_download_waits_for_its_caller_and_arrives_whole() throws Exception {
    AtomicLong given = new AtomicLong();
    try (Running running =
            container.start(
                request ->
                    CompletableFuture.completedFuture(
                        RestResponse.of(
                            200,
                            HttpHeaders.none(),
                            HttpBody.of(new Counted(given, SIZE / PART), SIZE))));
        Caller caller = new Caller(running.port())) {
      caller.head("GET /api/kubernetes/x HTTP/1.1", "Connection: close");
      caller.head();
      assertThat(settled(given)).as("bytes that were asked for").isLessThan(HELD);
      long taken = 0;
      while (taken < SIZE) {
        taken += caller.text(PART).length();
        assertThat(given.get() - taken).as("bytes in flight").isLessThan(HELD);
      }
      assertThat(caller.rest()).isEmpty();
    }
  }

  @Test
  void a_large_upload_waits_for_who_reads_it_and_arrives_whole() throws Exception {
    AtomicLong sent = new AtomicLong();
    CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    try (Running running =
            container.start(
                request -> {
                  requests.add(request);
                  return answer;
                });
        Caller caller = new Caller(running.port())) {
      caller.head("PUT /api/kubernetes/x HTTP/1.1", "Content-Length: " + SIZE);
      RestRequest request = requests.poll(30, TimeUnit.SECONDS);
      Counter counter = new Counter();
      request.body().publisher().subscribe(counter);
      Thread upload = new Thread(() -> upload(caller, sent));
      upload.start();
      assertThat(settled(sent)).as("bytes that were taken").isLessThan(HELD);
      assertThat(counter.count.get()).isZero();
      counter.subscription.request(1);
      while (!counter.end.isDone()) {
        assertThat(sent.get() - counter.count.get()).as("bytes in flight").isLessThan(HELD);
        Thread.sleep(1);
      }
      counter.end.get();
      assertThat(counter.count).hasValue(SIZE);
      assertThat(counter.most.get()).as("bytes of a part").isLessThanOrEqualTo(PART);
      upload.join();
      answer.complete(RestResponse.of(201, HttpHeaders.none(), HttpBody.none()));
      assertThat(caller.head()).startsWith("HTTP/1.1 201");
    }
  }

  private static void upload(Caller caller, AtomicLong sent) {
    try {
      OutputStream out = caller.socket.getOutputStream();
      byte[] part = new byte[PART];
      for (int i = 0; i < SIZE / PART; i++) {
        out.write(part);
        sent.addAndGet(PART);
      }
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until nothing changes any more. */
  private static long settled(AtomicLong number) throws InterruptedException {
    long before = -1;
    while (before != number.get() || before == 0) {
      before = number.get();
      Thread.sleep(300);
    }
    return before;
  }

  @Test
  void a_thousand_silent_watches_hold_no_thread() throws Exception {
    Queue<Parts> bodies = new ConcurrentLinkedQueue<>();
    List<Caller> callers = new ArrayList<>();
    try (Running running =
        container.start(
            request -> {
              if (request.path().equals("/clusters")) {
                return CompletableFuture.completedFuture(
                    RestResponse.of(200, HttpHeaders.none(), HttpBody.of("[]")));
              }
              Parts parts = new Parts();
              bodies.add(parts);
              return CompletableFuture.completedFuture(
                  RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
            })) {
      for (int i = 0; i < 1000; i++) {
        Caller caller = new Caller(running.port());
        callers.add(caller);
        caller.head("GET /api/kubernetes/proxy/pods?watch=1 HTTP/1.1");
        caller.head();
      }
      try (Caller other = new Caller(running.port())) {
        other.head("GET /api/kubernetes/clusters HTTP/1.1");
        other.head();
        assertThat(other.text(2)).isEqualTo("[]");
      }
      for (Parts parts : bodies) {
        parts.send("line");
      }
      for (Caller caller : callers) {
        assertThat(caller.chunk()).isEqualTo("line");
      }
    } finally {
      for (Caller caller : callers) {
        caller.close();
      }
    }
  }

  /** So many parts, each counted when it is asked for. */
  private record Counted(AtomicLong given, int parts)
      implements java.util.concurrent.Flow.Publisher<ByteBuffer> {

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long count) {
              long bytes = given.addAndGet(PART);
              subscriber.onNext(ByteBuffer.allocate(PART));
              if (bytes == (long) parts * PART) {
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }

  /** Asks for the next part when it has one. */
  private static final class Counter implements Subscriber<ByteBuffer> {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Subscription subscription;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer part) {
      most.accumulateAndGet(part.remaining(), Math::max);
      count.addAndGet(part.remaining());
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
