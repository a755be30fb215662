package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that do not stop when their changed connections end. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpgradeEndTest {
  @Parameter Container container;

  private final Parts toCaller = new Parts();

  /** Slowly, or as fast as it can. */
  @ParameterizedTest
  @ValueSource(longs = {100, 0})
  void a_caller_that_goes_on_sending_is_cut_off(long pauseMillis) throws Exception {
    try (Running running = start();
        Caller caller = upgraded(running)) {
      toCaller.send("bye");
      assertThat(caller.text(3)).isEqualTo("bye");
      toCaller.complete();
      assertThat(isCutOff(caller, pauseMillis)).isTrue();
    }
  }

  private Running start() throws Exception {
    return container.start(
        request ->
            CompletableFuture.completedFuture(
                new RestResponse(
                    101,
                    HttpHeaders.none(),
                    HttpBody.of(toCaller),
                    publisher -> publisher.subscribe(new Received(true)))));
  }

  private static Caller upgraded(Running running) throws Exception {
    Caller caller = new Caller(running.port());
    caller.head(
        "GET /api/kubernetes/proxy/exec HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(caller.head()).startsWith("HTTP/1.1 101");
    return caller;
  }

  private static boolean isCutOff(Caller caller, long pauseMillis) throws InterruptedException {
    byte[] bytes = new byte[1024];
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (System.nanoTime() < end) {
        caller.send(bytes);
        Thread.sleep(pauseMillis);
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
