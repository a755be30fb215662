package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers that are gone when their connections are about to change their protocol. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpgradeLossTest {
  private static final int CALLERS = 300;

  @Parameter Container container;

  private final BlockingQueue<CompletableFuture<RestResponse>> answers =
      new LinkedBlockingQueue<>();
  private final AtomicInteger left = new AtomicInteger(CALLERS);

  @Test
  void a_caller_that_resets_around_the_head_leaves_nothing_open() throws Exception {
    try (Running running = container.start(this::answer)) {
      for (int i = 0; i < CALLERS; i++) {
        long pause = i % 20 * 75_000L;
        Caller caller = new Caller(running.port());
        caller.head(
            "GET /api/kubernetes/proxy/exec HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket");
        CompletableFuture<RestResponse> answer = answers.poll(30, TimeUnit.SECONDS);
        assertThat(answer).as("the request").isNotNull();
        // In another thread, as the answers of clusters are.
        CompletableFuture<?> unused =
            CompletableFuture.runAsync(
                () -> {
                  LockSupport.parkNanos(500_000);
                  answer.complete(switching());
                });
        LockSupport.parkNanos(pause);
        caller.reset();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (left.get() > 0 && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertThat(left).as("connections to clusters that are left open").hasValue(0);
    }
  }

  private CompletableFuture<RestResponse> answer(RestRequest request) {
    CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  /**
   * What a cluster gives, which ends its side when it is told that the caller has ended its own.
   */
  private RestResponse switching() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<?> unused = end.thenRun(left::decrementAndGet);
    return new RestResponse(
        101,
        HttpHeaders.of("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        HttpBody.of(subscriber -> subscriber.onSubscribe(new Silent(end))),
        publisher -> {
          Received fromCaller = new Received(true);
          publisher.subscribe(fromCaller);
          CompletableFuture<?> unusedToo =
              fromCaller.end.whenComplete((done, failure) -> end.complete(null));
        });
  }

  /** A body in which nothing happens. */
  private record Silent(CompletableFuture<Void> end) implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {
      end.complete(null);
    }
  }
}
