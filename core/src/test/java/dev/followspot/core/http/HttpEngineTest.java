package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.answer;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.status;
import static dev.followspot.core.http.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 without TLS: what is sent, and what becomes of good and bad answers. */
class HttpEngineTest {

  private final HttpEngine engine =
      new HttpEngine(
          HttpSettings.DEFAULT
              .withBounds(1 << 20, 16)
              .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60)));

  @AfterEach
  void close() {
    engine.close();
  }

  private CompletableFuture<ApiResponse> get(RawServer server) {
    return ask(engine, cluster(server.url()).build());
  }

  private ApiFailure failureOf(String rawAnswer) throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send(rawAnswer);
            })) {
      ApiFailure failure = failure(get(server));
      assertThat(failure).hasMessageContaining("127.0.0.1:" + server.port());
      return failure;
    }
  }

  @Test
  void a_request_has_the_path_of_the_gateway_and_the_headers_that_are_needed() throws Exception {
    try (RawServer server = serverThatTellsHeads()) {
      assertThat(text(ask(engine, cluster(server.url() + "/k8s/clusters/c-1/").build())))
          .isEqualTo("{}");

      assertThat(((String) server.next()).replaceFirst("(followspot/)[0-9.]+[^\r]*", "$1VERSION"))
          .satisfies(
              head ->
                  assertThat(head.split("\r\n"))
                      .containsExactlyInAnyOrder(
                          "GET /k8s/clusters/c-1/api/v1/pods?limit=500 HTTP/1.1",
                          "Host: 127.0.0.1:" + server.port(),
                          "Accept: application/json",
                          "Accept-Encoding: gzip",
                          "User-Agent: followspot/VERSION"));
    }
  }

  private static RawServer serverThatTellsHeads() throws Exception {
    return RawServer.plain(
        peer -> {
          while (true) {
            peer.tell(peer.readHead());
            peer.answer("{}");
          }
        });
  }

  @Test
  void an_answer_of_any_status_comes_whole() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead(
                  "HTTP/1.1 403 Forbidden",
                  "Content-Type: application/json",
                  "Transfer-Encoding: chunked");
              peer.send("3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
            })) {
      ApiResponse response = answer(get(server));

      assertThat(response.status()).isEqualTo(403);
      assertThat(response.contentType()).isEqualTo("application/json");
      assertThat(new String(response.body(), 0, response.length(), StandardCharsets.UTF_8))
          .isEqualTo("{\"a\":1}");
      assertThat(response.duration()).isPositive();
    }
  }

  @Test
  void redirects_and_cookies_are_not_followed() throws Exception {
    List<String> heads = new ArrayList<>();
    try (RawServer server =
        RawServer.plain(
            peer -> {
              while (true) {
                heads.add(peer.readHead());
                peer.sendHead(
                    "HTTP/1.1 302 Found",
                    "Location: /elsewhere",
                    "Set-Cookie: a=b",
                    "Content-Length: 0");
              }
            })) {
      assertThat(answer(get(server)).status()).isEqualTo(302);
      assertThat(answer(get(server)).status()).isEqualTo(302);
      assertThat(heads)
          .hasSize(2)
          .noneMatch(head -> head.toLowerCase(Locale.ROOT).contains("cookie"));
    }
  }

  @Test
  void connections_are_kept_and_used_again() throws Exception {
    try (RawServer server = serverThatTellsHeads()) {
      for (int i = 0; i < 20; i++) {
        text(get(server));
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(engine.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_that_the_server_closes_is_replaced_without_a_failure() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.answer("{}");
              peer.readHead();
              peer.reset();
            })) {
      text(get(server));
      assertThat(text(get(server))).isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void a_new_connection_that_breaks_is_unreachable_and_not_tried_again() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.reset();
            })) {
      assertThat(status(get(server))).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void gzip_is_decompressed() throws Exception {
    String text = "{\"items\":" + "[1,2,3],".repeat(10_000) + "}";
    byte[] zipped = gzip(text.getBytes(StandardCharsets.UTF_8));
    try (RawServer server = serverOf(zipped, "gzip")) {
      assertThat(text(get(server))).isEqualTo(text);
    }
  }

  @Test
  void a_gzip_bomb_is_an_invalid_response() throws Exception {
    byte[] bomb = gzip(new byte[100 << 20]);
    try (RawServer server = serverOf(bomb, "gzip")) {
      ApiFailure failure = failure(get(server));
      assertThat(failure.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(failure).hasMessageContaining("1048576 bytes").hasMessageContaining("maxResponse");
    }
  }

  @Test
  void what_is_no_gzip_is_an_invalid_response() throws Exception {
    try (RawServer server =
        serverOf("{\"kind\":\"PodList\"}".getBytes(StandardCharsets.US_ASCII), "gzip")) {
      assertThat(status(get(server))).isEqualTo(CellStatus.INVALID_RESPONSE);
    }
    byte[] half = gzip("a text that is cut".getBytes(StandardCharsets.US_ASCII));
    byte[] cut = java.util.Arrays.copyOf(half, half.length - 4);
    try (RawServer server = serverOf(cut, "gzip")) {
      assertThat(failure(get(server))).hasMessageContaining("ends in the middle");
    }
    try (RawServer server = serverOf("abc".getBytes(StandardCharsets.US_ASCII), "br")) {
      assertThat(failure(get(server))).hasMessageContaining("'br'");
    }
  }

  private static byte[] gzip(byte[] bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static RawServer serverOf(byte[] body, String encoding) throws Exception {
    return RawServer.plain(
        peer -> {
          peer.readHead();
          peer.send(
              "HTTP/1.1 200 OK\r\nContent-Encoding: "
                  + encoding
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n");
          peer.out.write(body);
          peer.out.flush();
          peer.awaitEnd();
        });
  }

  @Test
  void an_answer_that_is_too_large_is_refused_and_the_connection_closed() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
              peer.awaitEnd();
            })) {
      assertThat(status(get(server))).isEqualTo(CellStatus.INVALID_RESPONSE);
    }
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              byte[] chunk =
                  ("10000\r\n" + "x".repeat(65536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
              long sent = 0;
              try {
                while (sent < 500L << 20) {
                  peer.out.write(chunk);
                  sent += chunk.length;
                }
              } catch (java.io.IOException e) {
                // The other side has hung up, as it should.
              }
              peer.tell(sent);
            })) {
      assertThat(status(get(server))).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat((Long) server.next()).isLessThan(100L << 20);
    }
  }

  @Test
  void a_cut_answer_is_unreachable() throws Exception {
    assertThat(failureOf("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":").status())
        .isEqualTo(CellStatus.UNREACHABLE);
    ApiFailure chunked =
        failureOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc");
    assertThat(chunked.status()).isEqualTo(CellStatus.UNREACHABLE);
    assertThat(chunked).hasMessageContaining("in the middle of the answer");
  }

  @Test
  void junk_is_an_invalid_response() throws Exception {
    assertThat(failureOf("SSH-2.0-OpenSSH_9.2\r\n\r\n").status())
        .isEqualTo(CellStatus.INVALID_RESPONSE);
    assertThat(failureOf("x".repeat(100_000)).status()).isEqualTo(CellStatus.INVALID_RESPONSE);
    assertThat(
            failureOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
                .status())
        .isEqualTo(CellStatus.INVALID_RESPONSE);
    assertThat(failureOf("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(10_000) + "\r\n").status())
        .isEqualTo(CellStatus.INVALID_RESPONSE);
  }

  @Test
  void a_line_that_is_no_header_is_not_shown() throws Exception {
    ApiFailure failure = failureOf("HTTP/1.1 200 OK\r\nSet-Cookie session\r\n\r\n");
    assertThat(failure).hasMessageContaining("Invalid header").hasMessageNotContaining("session");
  }

  @Test
  void nobody_listening_or_an_unknown_host_is_unreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ApiFailure refused = failure(ask(engine, cluster("http://127.0.0.1:" + port).build()));
    assertThat(refused.status()).isEqualTo(CellStatus.UNREACHABLE);
    assertThat(refused).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");

    ApiFailure unknown = failure(ask(engine, cluster("http://no-such-host.invalid").build()));
    assertThat(unknown.status()).isEqualTo(CellStatus.UNREACHABLE);
    assertThat(unknown).hasMessageContaining("no-such-host.invalid:80 is unknown");
  }

  @Test
  void a_server_that_speaks_no_http_2_gets_few_connections_for_many_requests() throws Exception {
    HttpSettings few = HttpSettings.DEFAULT.withConcurrency(256, 100, 5);
    try (RawServer server = serverThatTellsHeads();
        HttpEngine bounded = new HttpEngine(few)) {
      Cluster cluster = cluster(server.url()).build();
      List<CompletableFuture<ApiResponse>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        all.add(ask(bounded, cluster));
      }
      for (CompletableFuture<ApiResponse> one : all) {
        text(one);
      }
      assertThat(server.accepted()).isBetween(1, 5);
      assertThat(bounded.requests()).isZero();
    }
  }

  @Test
  void close_ends_calls_and_threads() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.awaitEnd();
              peer.tell("closed");
            })) {
      HttpEngine doomed = new HttpEngine(HttpSettings.DEFAULT);
      CompletableFuture<ApiResponse> waiting = ask(doomed, cluster(server.url()).build());
      server.next();
      engine.close();
      doomed.close();

      assertThat(status(waiting)).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo("closed");
      assertThat(failure(ask(doomed, cluster(server.url()).build())))
          .hasMessage("the HTTP engine is closed");
      assertThat(threads()).isEmpty();
      doomed.close();
    }
  }

  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("followspot-http"))
        .toList();
  }
}
