package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads of the container and of others meet at one request, each with locks of its own. */
class LockUpTest {

  private static final int MEETINGS = 1_000;

  private record Asked(Received body, CompletableFuture<RestResponse> answer) {}

  @ParameterizedTest
  @EnumSource
  void an_answer_that_begins_while_its_caller_leaves_holds_nobody_up(Container container)
      throws Exception {
    BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    ExecutorService others = Executors.newFixedThreadPool(2);
    try (Running running =
        container.start(
            request -> {
              Asked one = new Asked(new Received(true), new CompletableFuture<>());
              request.body().publisher().subscribe(one.body);
              asked.add(one);
              return one.answer;
            })) {
      for (int i = 0; i < MEETINGS; i++) {
        Caller caller = new Caller(running.port());
        caller.head("POST /api/kubernetes/services/a HTTP/1.1", "Content-Length: 10").send("abc");
        Asked one = asked.poll(30, TimeUnit.SECONDS);
        assertThat(one).as("request %s", i).isNotNull();
        CountDownLatch together = new CountDownLatch(2);
        CompletableFuture<Void> leaving =
            CompletableFuture.runAsync(() -> meet(together, caller), others);
        CompletableFuture<Void> answering =
            CompletableFuture.runAsync(
                () -> {
                  meet(together, () -> {});
                  one.answer.complete(
                      RestResponse.of(200, HttpHeaders.none(), HttpBody.of("x".repeat(8_000))));
                },
                others);
        leaving.get(30, TimeUnit.SECONDS);
        answering.get(30, TimeUnit.SECONDS);
        assertThat(one.body.end.handle((done, failure) -> true).get(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      others.shutdownNow();
    }
  }

  private static void meet(CountDownLatch together, AutoCloseable then) {
    together.countDown();
    try {
      together.await();
      then.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
