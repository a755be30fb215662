package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxy between a caller and sockets that do what API servers do, and what they do not. */
@SuppressWarnings({"try", "StringConcatToTextBlock"})
class ProxyOnTheWireTest {

  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final HttpEngine http = new HttpEngine(HttpSettings.DEFAULT);
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
    http.close();
  }

  private RawCluster cluster(RawCluster.Handler handler) throws Exception {
    RawCluster cluster = new RawCluster(handler);
    rig.sending = http;
    rig.clusters.add(Rig.cluster("dev").url(cluster.url()).build());
    return cluster;
  }

  private RestRequest request(String method, String target, HttpBody body, String... headers) {
    String[] parts = target.split("\\?", 2);
    return rig.request(
        method, parts[0], parts.length > 1 ? parts[1] : "", Rig.headers(headers), body);
  }

  @Test
  void the_cluster_sees_a_clean_request_below_its_path() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell(peer.head());
              peer.send(
                  "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nSet-Cookie: a=b\r\n"
                      + "Access-Control-Allow-Origin: *\r\nX-Custom: yes\r\n\r\nfine");
            })) {
      RestResponse response =
          rig.answer(
              request(
                  "GET",
                  "/proxy//api/v1/namespaces/team%2Da/pods?limit=1&x=%20",
                  HttpBody.none(),
                  "Authorization",
                  "Bearer portal-secret",
                  "Cookie",
                  "session=portal-secret",
                  "Impersonate-User",
                  "root",
                  "X-Remote-User",
                  "root",
                  "X-Forwarded-For",
                  "192.0.2.7",
                  "Backstage-Kubernetes-Cluster",
                  "dev",
                  "Backstage-Kubernetes-Authorization-google",
                  "google-secret",
                  "Connection",
                  "close, X-Drop",
                  "X-Drop",
                  "1",
                  "Transfer-Encoding",
                  "chunked",
                  "Content-Length",
                  "5",
                  "X-Custom",
                  "yes"));
      assertThat(Rig.text(response)).isEqualTo("fine");
      assertThat(response.headers().first("X-Custom")).hasValue("yes");
      assertThat(response.headers().contains("Set-Cookie")).isFalse();
      assertThat(response.headers().contains("Access-Control-Allow-Origin")).isFalse();
      String head = cluster.next();
      assertThat(head)
          .startsWith("GET /base/api/v1/namespaces/team%2Da/pods?limit=1&x=%20 HTTP/1.1\r\n")
          .contains("Authorization: Bearer cluster-token\r\n", "X-Custom: yes\r\n")
          .doesNotContain("secret", "root", "192.0.2.7", "X-Drop");
      assertThat(head.toLowerCase(Locale.ROOT))
          .doesNotContain("transfer-encoding", "content-length", "backstage", "cookie");
    }
  }

  @Test
  void the_lines_of_a_watch_come_at_once_also_to_callers_that_accept_gzip() throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell(peer.head());
              peer.send(CHUNKED);
              peer.chunk("{\"type\":\"ADDED\"}\n");
              seen.get(30, TimeUnit.SECONDS);
              peer.chunk("{\"type\":\"DELETED\"}\n");
              peer.send("0\r\n\r\n");
            })) {
      RestResponse response =
          rig.answer(
              request(
                  "GET",
                  "/proxy/api/v1/pods?watch=true",
                  HttpBody.none(),
                  "Accept-Encoding",
                  "gzip"));
      assertThat(cluster.next()).contains("Accept-Encoding: identity").doesNotContain("gzip");
      Bytes.Taker taker = Bytes.Taker.of(response.body().publisher());
      taker.await("ADDED");
      seen.complete(null);
      assertThat(taker.end.get(30, TimeUnit.SECONDS)).contains("DELETED");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void a_caller_that_hangs_up_ends_the_watch_on_the_cluster() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.head();
              peer.send(CHUNKED);
              peer.chunk("one\n");
              peer.awaitEnd();
            })) {
      RestResponse response =
          rig.answer(request("GET", "/proxy/api/v1/pods?watch=true", HttpBody.none()));
      Bytes.Taker.of(response.body().publisher()).await("one");
      rig.caller.cancel();
      assertThat(cluster.next()).isEqualTo("gone");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  @Test
  void a_caller_that_hangs_up_before_the_answer_ends_the_request_on_the_cluster() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell(peer.head());
              peer.awaitEnd();
            })) {
      CompletableFuture<RestResponse> response =
          rig.ask(request("GET", "/proxy/api", HttpBody.none()));
      cluster.next();
      rig.caller.cancel();
      assertThat(cluster.next()).isEqualTo("gone");
      assertThat(response).isCompleted();
    }
  }

  @Test
  void answers_that_end_as_they_should_leave_the_connection_for_the_next() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell("connected");
              while (true) {
                peer.tell(peer.head().split("\r\n", 2)[0]);
                peer.send(CHUNKED);
                peer.chunk("fine");
                peer.send("0\r\n\r\n");
              }
            })) {
      for (int i = 0; i < 3; i++) {
        assertThat(Rig.text(rig.answer(request("GET", "/proxy/" + i, HttpBody.none()))))
            .isEqualTo("fine");
        rig.event();
      }
      assertThat(cluster.next()).isEqualTo("connected");
      for (int i = 0; i < 3; i++) {
        assertThat(cluster.next()).isEqualTo("GET /base/" + i + " HTTP/1.1");
      }
    }
  }

  @Test
  void a_body_of_unknown_length_streams_to_the_cluster() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell(peer.head());
              StringBuilder body = new StringBuilder();
              while (body.indexOf("one") < 0) {
                body.append((char) peer.read());
              }
              peer.tell("one is here");
              while (body.indexOf("0\r\n\r\n") < 0) {
                body.append((char) peer.read());
              }
              peer.tell(body.toString());
              peer.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
            })) {
      Bytes upload = new Bytes();
      CompletableFuture<RestResponse> response =
          rig.ask(request("POST", "/proxy/api", HttpBody.of(upload)));
      assertThat(cluster.next()).startsWith("POST ").containsIgnoringCase("chunked");
      upload.send("one");
      assertThat(cluster.next()).isEqualTo("one is here");
      upload.send("two");
      upload.complete();
      assertThat(cluster.next()).contains("one").contains("two");
      assertThat(response.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
    }
  }

  @Test
  void a_websocket_goes_both_ways_with_its_subprotocol() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.tell(peer.head());
              peer.send(
                  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      + "Sec-WebSocket-Accept: abc\r\n"
                      + "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\nhello");
              StringBuilder heard = new StringBuilder();
              while (heard.indexOf("bye") < 0) {
                char next = (char) peer.read();
                heard.append(next);
                peer.send(String.valueOf(next).toUpperCase(Locale.ROOT));
              }
            })) {
      RestResponse response =
          rig.answer(
              request(
                  "GET",
                  "/proxy/api/v1/namespaces/a/pods/b/exec?command=sh",
                  HttpBody.none(),
                  "Connection",
                  "Upgrade",
                  "Upgrade",
                  "websocket",
                  "Sec-WebSocket-Key",
                  "key",
                  "Sec-WebSocket-Version",
                  "13",
                  "Sec-WebSocket-Protocol",
                  "v5.channel.k8s.io"));
      assertThat(cluster.next())
          .contains(
              "Upgrade: websocket",
              "Sec-WebSocket-Key: key",
              "Sec-WebSocket-Protocol: v5.channel.k8s.io",
              "Authorization: Bearer cluster-token");
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.headers().first("Sec-WebSocket-Protocol")).hasValue("v5.channel.k8s.io");
      assertThat(response.headers().first("Sec-WebSocket-Accept")).hasValue("abc");
      Bytes caller = new Bytes();
      response.tunnel().send(caller);
      Bytes.Taker taker = Bytes.Taker.of(response.body().publisher());
      taker.await("hello");
      caller.send("ping");
      taker.await("PING");
      caller.send("bye");
      taker.await("BYE");
      caller.complete();
      taker.end.get(30, TimeUnit.SECONDS);
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  // Clusters that are down, or lie.

  @Test
  void a_cluster_that_is_down_is_502_and_says_what_to_check() throws Exception {
    try (RawCluster cluster = cluster(peer -> {})) {
      cluster.close();
      RestResponse plain = rig.answer(request("GET", "/proxy/api", HttpBody.none()));
      assertThat(plain.status()).isEqualTo(502);
      assertThat(Rig.text(plain)).contains("Cluster 'dev'", "check the url", "BadGatewayError");
      RestResponse upgrade =
          rig.answer(
              request(
                  "GET",
                  "/proxy/exec",
                  HttpBody.none(),
                  "Connection",
                  "Upgrade",
                  "Upgrade",
                  "websocket"));
      assertThat(upgrade.status()).isEqualTo(502);
    }
  }

  @Test
  void a_cluster_that_hangs_up_is_502() throws Exception {
    try (RawCluster cluster = cluster(RawCluster.Peer::head)) {
      assertThat(rig.answer(request("GET", "/proxy/api", HttpBody.none())).status()).isEqualTo(502);
    }
  }

  @Test
  void a_cluster_that_speaks_no_http_is_502() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.head();
              peer.send("SSH-2.0-OpenSSH_9.6\r\n");
            })) {
      RestResponse response = rig.answer(request("GET", "/proxy/api", HttpBody.none()));
      assertThat(response.status()).isEqualTo(502);
    }
  }

  @Test
  void a_silent_cluster_is_504_and_the_request_ends() throws Exception {
    rig.timeout = Duration.ofMillis(300);
    try (RawCluster cluster =
        cluster(
            peer -> {
              peer.head();
              peer.awaitEnd();
            })) {
      RestResponse response = rig.answer(request("GET", "/proxy/api", HttpBody.none()));
      assertThat(response.status()).isEqualTo(504);
      assertThat(cluster.next()).isEqualTo("gone");
    }
  }

  @Test
  void a_body_that_is_too_short_breaks_off_and_does_not_hang() throws Exception {
    try (RawCluster cluster =
        cluster(
            peer -> {
              String head = peer.head();
              peer.send(
                  head.contains("chunked")
                      ? CHUNKED + "40\r\nhalf"
                      : "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\nhalf");
            })) {
      for (String path : new String[] {"/proxy/chunked", "/proxy/length"}) {
        RestResponse response = rig.answer(request("GET", path, HttpBody.none()));
        assertThat(response.status()).isEqualTo(200);
        Bytes.Taker taker = Bytes.Taker.of(response.body().publisher());
        assertThatThrownBy(() -> taker.end.get(30, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class);
        assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
      }
    }
  }

  @Test
  void a_header_that_no_wire_takes_is_the_callers_mistake() throws Exception {
    try (RawCluster cluster = cluster(peer -> {})) {
      RestRequest request =
          rig.request(
              "GET", "/proxy/api", "", HttpHeaders.of("X-Custom", "\u20ac"), HttpBody.none());
      assertThat(rig.answer(request).status()).isEqualTo(400);
    }
  }
}
