package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that send too much or too slowly are refused or wait, and others are served. */
@SuppressWarnings("try")
class BoundsTest {

  private static final int CONNECTIONS = 5000;

  private static RawCluster cluster;
  private static Backend backend;
  private static URI url;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    cluster =
        RawCluster.start(
            (request, out) ->
                out.write(
                    RawCluster.answer(
                            200, "application/json", "{\"kind\":\"PodList\",\"items\":[]}")
                        .getBytes(ISO_8859_1)));
    backend =
        Backend.start(
            folder, Configs.open(Configs.podsOf("raw", cluster.url())), Configs.ORDERS, "-Xmx64m");
    url = backend.url();
  }

  @AfterAll
  static void stop() throws Exception {
    backend.close();
    cluster.close();
  }

  private static void othersAreServed() throws IOException {
    assertThat(RawCaller.ask(url, clusters("")).status()).isEqualTo(200);
    assertThat(
            RawCaller.ask(
                    url,
                    RawCaller.request("POST", Configs.QUERY, Configs.JSON, Configs.ORDERS_BODY))
                .status())
        .isEqualTo(200);
    assertThat(
            RawCaller.ask(
                    url, RawCaller.request("GET", SmugglingForms.PROXY + "/api/v1/pods", "", ""))
                .status())
        .isEqualTo(200);
  }

  private static String clusters(String headers) {
    return RawCaller.request("GET", "/api/kubernetes/clusters", headers, "");
  }

  /** The status of the answer to something too large; 0 if the connection is closed without one. */
  private static int refusal(String request) throws IOException {
    try (RawCaller caller = new RawCaller(url)) {
      try {
        caller.send(request);
        return caller.answer().status();
      } catch (SocketException e) {
        // Closed while more is coming in.
        return 0;
      }
    }
  }

  @Test
  void headers_without_measure_are_refused() throws Exception {
    String long1 = "X-Long: " + "a".repeat(1 << 20) + "\r\n";
    String name = "X" + "a".repeat(1 << 20) + ": b\r\n";
    String many = "X-More: a\r\n".repeat(100_000);
    String path = "GET /api/kubernetes/clusters?" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n";

    assertThat(refusal(clusters(long1))).isIn(431, 0);
    assertThat(refusal(clusters(name))).isIn(431, 0);
    assertThat(refusal(clusters(many))).isIn(431, 0);
    assertThat(refusal(path)).isIn(414, 0);
    assertThat(refusal("A".repeat(1 << 20) + " / HTTP/1.1\r\n\r\n")).isIn(400, 414, 431, 501, 0);
    othersAreServed();
  }

  @Test
  void a_body_of_json_that_is_too_large_is_413_however_it_is_sent() throws Exception {
    String head = "POST " + Configs.QUERY + " HTTP/1.1\r\nHost: localhost\r\n" + Configs.JSON;
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";

    RawCaller.Answer said =
        RawCaller.ask(url, head + "Content-Length: 10737418240\r\n\r\n{\"entityRef\":\"");
    assertThat(said.status()).isEqualTo(413);
    assertThat(said.body()).contains("\"name\":\"PayloadTooLargeError\"", "102400 bytes");
    RawCaller.Answer chunked =
        RawCaller.ask(url, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk);
    assertThat(chunked.status()).isEqualTo(413);
    othersAreServed();
  }

  @Test
  void json_that_is_nested_without_measure_is_refused() throws Exception {
    String body = "{\"auth\":" + "[".repeat(90_000) + "}";
    RawCaller.Answer answer =
        RawCaller.ask(url, RawCaller.request("POST", Configs.QUERY, Configs.JSON, body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(backend.output()).doesNotContain("StackOverflowError");
  }

  @Test
  void slow_requests_keep_nobody_else_waiting() throws Exception {
    List<RawCaller> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        RawCaller caller = new RawCaller(url);
        slow.add(caller);
        switch (i % 4) {
          case 0 -> caller.send("GET /api/kuber");
          case 1 -> caller.send("GET /api/kubernetes/clusters HTTP/1.1\r\nX-A: b");
          case 2 ->
              caller.send(
                  "POST "
                      + Configs.QUERY
                      + " HTTP/1.1\r\nHost: localhost\r\n"
                      + Configs.JSON
                      + "Content-Length: 1000\r\n\r\n{");
          default ->
              caller.send(
                  "POST "
                      + SmugglingForms.PROXY
                      + "/slow HTTP/1.1\r\nHost: localhost\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n5\r\na");
        }
      }
      for (int round = 0; round < 5; round++) {
        for (RawCaller caller : slow) {
          caller.send(" ");
        }
        othersAreServed();
      }
    } finally {
      for (RawCaller caller : slow) {
        caller.close();
      }
    }
  }

  @Test
  void thousands_of_idle_connections_keep_nobody_else_waiting() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = new Socket(url.getHost(), url.getPort());
        idle.add(socket);
        if (i % 2 == 0) {
          socket.getOutputStream().write("GET / HTTP/1.1\r\nX-A".getBytes(ISO_8859_1));
        }
        if (i % 1000 == 0) {
          othersAreServed();
        }
      }
      othersAreServed();
      assertThat(backend.process().isAlive()).isTrue();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
    othersAreServed();
    assertThat(backend.output()).doesNotContain("OutOfMemoryError");
  }
}
