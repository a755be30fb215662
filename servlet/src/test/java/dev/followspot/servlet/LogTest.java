package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log says of failures, whose texts may hold secrets. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogTest {
  @Parameter Container container;

  private final IllegalStateException failure =
      new IllegalStateException("s3cret", new IllegalArgumentException("s3cret too"));
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private StreamHandler handler;

  /** Jetty logs there by way of SLF4J, and Tomcat by way of the JDK. */
  @BeforeEach
  void listen() {
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    System.setErr(stream);
    handler = new StreamHandler(stream, new SimpleFormatter());
    Logger.getLogger("").addHandler(handler);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(handler);
    System.setErr(before);
  }

  @Test
  void a_handler_that_fails_is_logged_without_its_texts() throws Exception {
    assertIsLoggedWithoutTexts(request -> CompletableFuture.failedFuture(failure));
  }

  @Test
  void a_body_that_fails_at_once_is_logged_without_its_texts() throws Exception {
    assertIsLoggedWithoutTexts(request -> answer(HttpBody.of(new Failing(failure))));
  }

  @Test
  void a_body_that_fails_later_is_logged_without_its_texts() throws Exception {
    assertIsLoggedWithoutTexts(request -> answer(HttpBody.of(new BreakingOff(1 << 20, failure))));
  }

  private static CompletableFuture<RestResponse> answer(HttpBody body) {
    return CompletableFuture.completedFuture(RestResponse.of(200, HttpHeaders.none(), body));
  }

  private void assertIsLoggedWithoutTexts(RestHandler failing) throws Exception {
    try (Running running = container.start(failing);
        Caller caller = new Caller(running.port())) {
      caller.head("GET /api/kubernetes/x HTTP/1.1", "Connection: close");
      while (!caller.isEnded()) {
        // Until all is read.
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!logged().contains("IllegalStateException") && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    }
    assertThat(logged()).contains("IllegalStateException").doesNotContain("s3cret");
  }

  private String logged() {
    handler.flush();
    return log.toString(StandardCharsets.UTF_8);
  }
}
