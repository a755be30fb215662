package dev.followspot.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallersTest {

  private static final String ANSWER =
      """
      {"items": [
        {"cluster": {"name": "a"}, "podMetrics": [{"pod": {}}], "errors": [], "resources": [
          {"type": "pods", "resources": [{"metadata": {"name": "p"}}, {"errors": [1]}]},
          {"type": "services", "resources": []}]},
        {"cluster": {"name": "b"}, "podMetrics": [], "errors": [], "resources": [
          {"type": "pods", "resources": [{}]}]}]}
      """;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    serve("/good", 200, ANSWER, 0);
    serve("/slow", 200, ANSWER, 50);
    serve("/never", 200, ANSWER, 60_000);
    serve("/refused", 503, "{}", 0);
    serve("/errors", 200, ANSWER.replace("\"errors\": []", "\"errors\": [{}]"), 0);
    serve("/broken", 200, ANSWER.substring(0, 200), 0);
    server.createContext(
        "/mixed",
        exchange -> {
          int number = asked.getAndIncrement();
          answer(exchange, number % 3 == 1 ? 500 : 200, number % 3 == 2 ? "{}" : ANSWER, 0);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, int status, String body, long millis) {
    server.createContext(path, exchange -> answer(exchange, status, body, millis));
  }

  private void answer(HttpExchange exchange, int status, String body, long millis)
      throws IOException {
    connections.add(exchange.getRemoteAddress());
    exchange.getRequestBody().readAllBytes();
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Callers callers(String path) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    Duration timeout = path.equals("/never") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
    return new Callers(uri, List.of("{}"), timeout);
  }

  @Test
  void an_answer_is_checked_as_a_whole() throws Exception {
    try (Callers callers = callers("/good")) {
      assertThat(callers.check(3)).isEqualTo(ANSWER.length());
      assertThatThrownBy(() -> callers.check(4)).hasMessage("3 objects instead of 4");
    }
    assertRefused("/refused", "status 503");
    assertRefused("/errors", "the answer has 2 errors");
    assertRefused("/never", "no answer in time");
    assertRefused("/broken", "Unexpected end-of-input");
  }

  private void assertRefused(String path, String message) {
    try (Callers callers = callers(path)) {
      assertThatThrownBy(() -> callers.check(3))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void look_ups_are_timed_over_kept_connections() throws Exception {
    try (Callers callers = callers("/slow")) {
      Measured measured = callers.call(5, Duration.ofSeconds(1), ANSWER.length());

      assertThat(measured.failures()).isEmpty();
      assertThat(measured.nanos()).hasSizeBetween(5, 100);
      assertThat(measured.percentile(50)).isGreaterThanOrEqualTo(50);
      assertThat(measured.percentile(100)).isGreaterThanOrEqualTo(measured.percentile(50));
      assertThat(measured.seconds()).isGreaterThanOrEqualTo(1);
      assertThat(measured.perSecond()).isEqualTo(measured.nanos().size() / measured.seconds());
      assertThat(connections).hasSize(5);
    }
  }

  @Test
  void each_wrong_answer_is_told_and_not_timed() throws Exception {
    try (Callers callers = callers("/mixed")) {
      Measured measured = callers.call(1, Duration.ofSeconds(3), ANSWER.length());

      assertThat(measured.failures())
          .containsOnlyKeys(
              "status 500", "an answer of another length, such as one that ends with {}");
      assertThat(measured.nanos().size() + measured.failed()).isEqualTo(asked.get());
      assertThat(measured.nanos()).isNotEmpty();
    }
  }

  @Test
  void a_caller_gives_up_what_does_not_come() throws Exception {
    try (Callers callers = callers("/never")) {
      Measured measured = callers.call(3, Duration.ofSeconds(1), ANSWER.length());

      assertThat(measured.failures()).isEqualTo(Map.of("no answer in time", 3));
      assertThat(measured.cells()).isEqualTo("0.0 | – | – | – | – | 3");
    }
  }

  @Test
  void percentiles_are_times_that_were_measured() {
    List<Long> nanos = LongStream.rangeClosed(1, 200).mapToObj(i -> i * 1_000_000).toList();
    Measured measured = new Measured(nanos, 4, Map.of("status 500", 2, "status 503", 3));

    assertThat(measured.percentile(50)).isEqualTo(100);
    assertThat(measured.percentile(90)).isEqualTo(180);
    assertThat(measured.percentile(99)).isEqualTo(198);
    assertThat(measured.percentile(100)).isEqualTo(200);
    assertThat(measured.cells()).isEqualTo("50.0 | 100.0 | 180.0 | 198.0 | 200.0 | 5");
    assertThat(new Measured(List.of(7_000_000L), 1, Map.of()).percentile(1)).isEqualTo(7);
  }
}
