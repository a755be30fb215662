package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cluster a request goes to, what it becomes there, and what failures are answered with. */
class ClusterProxyTest {

  private static final String CLUSTER = "Backstage-Kubernetes-Cluster";

  // Clusters.

  @ParameterizedTest
  @ValueSource(strings = {"dev", ""})
  void the_only_cluster_needs_no_header(String header) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      assertThat(rig.get("/proxy/api", CLUSTER, header).status()).isEqualTo(200);
      assertThat(rig.get("/proxy/api").status()).isEqualTo(200);
      assertThat(rig.streams.request().cluster().name()).isEqualTo("dev");
    }
  }

  @Test
  void the_header_chooses_among_several() throws Exception {
    try (Rig rig = Rig.with("dev", "prod")) {
      rig.get("/proxy/api", CLUSTER, "prod");
      assertThat(rig.streams.request().cluster().name()).isEqualTo("prod");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere, Cluster 'nowhere' not found",
    "DEV, Cluster 'DEV' not found",
    "'', Cluster 'undefined' not found"
  })
  void a_cluster_that_is_not_there_is_404(String header, String message) throws Exception {
    try (Rig rig = Rig.with("dev", "prod")) {
      RestResponse response =
          rig.answer(
              rig.request(
                  "GET",
                  "/proxy/api/v1/pods",
                  "limit=1",
                  HttpHeaders.of(CLUSTER, header),
                  HttpBody.none()));
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.headers().first("Content-Type").orElseThrow())
          .startsWith("application/json");
      assertThat(Rig.text(response))
          .isEqualTo(
              "{\"error\":{\"name\":\"NotFoundError\",\"message\":\""
                  + message
                  + "\"},\"request\":{\"method\":\"GET\",\"url\":\"/proxy/api/v1/pods?limit=1\"},"
                  + "\"response\":{\"statusCode\":404}}");
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  @Test
  void several_headers_name_no_cluster() throws Exception {
    try (Rig rig = Rig.with("dev", "prod")) {
      RestResponse response = rig.get("/proxy/api", CLUSTER, "dev", CLUSTER, "prod");
      assertThat(Rig.text(response)).contains("Cluster 'dev, prod' not found");
    }
  }

  @Test
  void without_clusters_the_answer_says_so() throws Exception {
    try (Rig rig = Rig.with()) {
      assertThat(Rig.text(rig.get("/proxy/api", CLUSTER, "dev")))
          .contains("\"NotFoundError\",\"message\":\"No Clusters configured\"");
    }
  }

  @Test
  void the_only_cluster_is_not_taken_if_others_may_just_not_be_known() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.problems.add(Problem.error("app-config.yaml:7 (gke)", "cannot be asked"));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers().contains("Retry-After")).isTrue();
      assertThat(Rig.text(response)).contains("not all clusters are known").contains("(gke)");
      assertThat(rig.get("/proxy/api", CLUSTER, "dev").status()).isEqualTo(200);
      assertThat(rig.get("/proxy/api", CLUSTER, "other").status()).isEqualTo(503);
    }
  }

  // Requests.

  @ParameterizedTest
  @CsvSource({
    "/proxy, /",
    "/proxy/, /",
    "/Proxy/api/v1/pods, /api/v1/pods",
    "/proxy//api//v1/pods, /api/v1/pods",
    "/proxy/api/v1/namespaces/team%2Da/pods, /api/v1/namespaces/team%2Da/pods"
  })
  void the_path_is_what_comes_after_the_route(String asked, String sent) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get(asked);
      assertThat(rig.streams.request().path()).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"})
  void any_method_goes_on_with_query_and_body(String method) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = HttpHeaders.of("Content-Type", "application/yaml");
      rig.answer(
          rig.request(method, "/proxy/api", "a=b%20c&d", headers, HttpBody.of("kind: ConfigMap")));
      assertThat(rig.streams.request().method()).isEqualTo(method);
      assertThat(rig.streams.request().query()).isEqualTo("a=b%20c&d");
      assertThat(rig.streams.request().headers().first("Content-Type"))
          .hasValue("application/yaml");
      assertThat(rig.streams.request().body().bytes(100).toCompletableFuture().get())
          .asString()
          .isEqualTo("kind: ConfigMap");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE", "trace"})
  void methods_that_mean_something_to_proxies_are_refused(String method) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      RestResponse response =
          rig.answer(rig.request(method, "/proxy/api", "", HttpHeaders.none(), HttpBody.none()));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers().first("Allow")).isPresent();
      assertThat(rig.streams.requests()).isEmpty();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.DENIED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proxy/api/../..", "/proxy/%2e%2e/x", "/proxy/a%2f..%2f..", "/proxy/é"})
  void a_hostile_path_is_400_and_reaches_nobody(String path) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      RestResponse response = rig.get(path);
      assertThat(response.status()).isEqualTo(400);
      assertThat(Rig.text(response)).contains("\"name\":\"InputError\"");
      assertThat(rig.streams.requests()).isEmpty();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.DENIED);
    }
  }

  // Upgrades.

  @ParameterizedTest
  @CsvSource({
    "GET, Upgrade, websocket, websocket",
    "GET, 'keep-alive, upgrade', WebSocket, websocket",
    "POST, Upgrade, SPDY/3.1, SPDY/3.1",
    "GET, Upgrade, SPDY/3.1, SPDY/3.1",
    "GET, Upgrade, 'foo, websocket', websocket",
    "GET, Upgrade, h2c, ''",
    "GET, close, websocket, ''"
  })
  void only_the_upgrades_of_kubernetes_go_on(
      String method, String connection, String offered, String expected) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = Rig.headers("Connection", connection, "Upgrade", offered);
      rig.answer(rig.request(method, "/proxy/exec", "", headers, HttpBody.none()));
      assertThat(rig.streams.request().upgrade()).isEqualTo(expected);
      assertThat(rig.streams.request().headers().names()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"POST, websocket", "DELETE, SPDY/3.1"})
  void other_methods_cannot_upgrade(String method, String protocol) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = Rig.headers("Connection", "Upgrade", "Upgrade", protocol);
      RestResponse response =
          rig.answer(rig.request(method, "/proxy/exec", "", headers, HttpBody.none()));
      assertThat(response.status()).isEqualTo(400);
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  @Test
  void an_upgrade_has_no_body() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = Rig.headers("Connection", "Upgrade", "Upgrade", "websocket");
      RestResponse response =
          rig.answer(rig.request("GET", "/proxy/exec", "", headers, HttpBody.of("GET / HTTP/1.1")));
      assertThat(response.status()).isEqualTo(400);
    }
  }

  @Test
  void a_refused_upgrade_is_a_plain_answer() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(FakeStreams.response(403, "no exec for you"));
      HttpHeaders headers = Rig.headers("Connection", "Upgrade", "Upgrade", "websocket");
      RestResponse response =
          rig.answer(rig.request("GET", "/proxy/exec", "", headers, HttpBody.none()));
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.tunnel()).isNull();
      assertThat(Rig.text(response)).isEqualTo("no exec for you");
    }
  }

  @Test
  void a_change_of_protocol_that_nobody_asked_for_is_502() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      Bytes bytes = new Bytes();
      rig.streams.answer(
          new StreamResponse(101, HttpHeaders.none(), HttpBody.of(bytes), fromCaller -> {}));
      assertThat(rig.get("/proxy/exec").status()).isEqualTo(502);
      assertThat(bytes.cancelled).isCompleted();
    }
  }

  // Failures.

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE, 502, BadGatewayError",
    "TLS, 502, BadGatewayError",
    "INVALID_RESPONSE, 502, BadGatewayError",
    "TIMEOUT, 504, GatewayTimeoutError",
    "THROTTLED, 503, ServiceUnavailableError",
    "CANCELLED, 503, ServiceUnavailableError"
  })
  void a_cluster_that_fails_is_named_with_the_cure(CellStatus failure, int status, String name)
      throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(
          request ->
              CompletableFuture.failedFuture(
                  new ApiFailure(failure, "it is down; start it", Duration.ZERO, null)));
      RestResponse response =
          rig.answer(rig.request("GET", "/proxy/api", "a=b", HttpHeaders.none(), HttpBody.none()));
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.headers().contains("Retry-After")).isEqualTo(status == 503);
      assertThat(Rig.text(response))
          .isEqualTo(
              "{\"error\":{\"name\":\""
                  + name
                  + "\",\"message\":\"Cluster 'dev': it is down; start it\"},"
                  + "\"request\":{\"method\":\"GET\",\"url\":\"/api/kubernetes/proxy/api?a=b\"},"
                  + "\"response\":{\"statusCode\":"
                  + status
                  + "}}");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void more_headers_than_web_servers_send_are_502_and_end_the_request_on_the_cluster()
      throws Exception {
    try (Rig rig = Rig.with("dev")) {
      Bytes bytes = new Bytes();
      HttpHeaders headers = Rig.headers("X-A", "a".repeat(4000), "X-B", "b".repeat(4000));
      rig.streams.answer(new StreamResponse(200, headers, HttpBody.of(bytes), null));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(502);
      assertThat(Rig.text(response))
          .contains("\"BadGatewayError\"", "Cluster 'dev' answered with 8", "at most 7168")
          .contains("\"url\":\"/api/kubernetes/proxy/api\"");
      assertThat(bytes.cancelled).isCompleted();
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
      AuditEvent event = rig.event();
      assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(event.status()).isEqualTo(502);
    }
  }

  @Test
  void headers_within_the_limit_go_on_whatever_does_not_reach_the_caller() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = Rig.headers("X-A", "a".repeat(7000), "Set-Cookie", "b".repeat(4000));
      rig.streams.answer(new StreamResponse(200, headers, HttpBody.of("fine"), null));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers().first("X-A").orElseThrow()).hasSize(7000);
    }
  }

  @Test
  void what_else_fails_is_500_and_shows_no_message() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(
          request -> {
            throw new IllegalStateException("Bearer secret");
          });
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(500);
      assertThat(Rig.text(response)).contains("IllegalStateException").doesNotContain("secret");
    }
  }

  @Test
  void after_the_end_everything_is_503() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.proxy().close();
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers().first("Retry-After")).isPresent();
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  // Audit.

  @Test
  void each_request_is_one_event_without_query_and_secrets() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(FakeStreams.response(201, "created"));
      HttpHeaders headers = Rig.headers("Backstage-Kubernetes-Authorization", "Bearer secret");
      RestResponse response =
          rig.answer(
              rig.request("POST", "/proxy/api/v1/pods", "q=secret", headers, HttpBody.of("body")));
      assertThat(rig.events).isEmpty();
      assertThat(Rig.text(response)).isEqualTo("created");
      AuditEvent event = rig.event();
      assertThat(event.duration()).isPositive();
      assertThat(event)
          .isEqualTo(
              new AuditEvent(
                  Rig.NOW,
                  AuditEvent.Action.PROXY,
                  Rig.JANE,
                  "kubernetes.proxy",
                  "POST",
                  "/proxy/api/v1/pods",
                  "dev",
                  Outcome.COMPLETED,
                  201,
                  event.duration()));
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void the_answer_to_head_tells_the_length_that_get_would_have() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(
          new StreamResponse(200, HttpHeaders.of("Content-Length", "1234"), HttpBody.none(), null));
      RestResponse response =
          rig.answer(rig.request("HEAD", "/proxy/api", "", HttpHeaders.none(), HttpBody.none()));
      assertThat(response.headers().first("Content-Length")).contains("1234");
      assertThat(response.body().isEmpty()).isTrue();
    }
  }

  @Test
  void an_answer_that_nothing_has_changed_tells_the_length_of_what_is_not_sent() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(
          new StreamResponse(304, HttpHeaders.of("Content-Length", "1234"), HttpBody.none(), null));
      assertThat(rig.get("/proxy/api").headers().first("Content-Length")).contains("1234");
      rig.streams.answer(FakeStreams.response(304, ""));
      assertThat(rig.get("/proxy/api").headers().contains("Content-Length")).isFalse();
    }
  }

  @Test
  void a_tab_in_a_token_is_a_mistake_of_the_caller() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      RestResponse response =
          rig.get("/proxy/api", "Backstage-Kubernetes-Authorization-google", "a\tb");
      assertThat(response.status()).isEqualTo(400);
      assertThat(Rig.text(response)).contains("control character");
    }
  }

  @Test
  void the_clusters_that_are_known_count_as_all_if_the_configuration_says_so() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.continueOnError = true;
      rig.problems.add(Problem.error("clusterLocatorMethods[1] (gke)", "it fails"));
      assertThat(rig.get("/proxy/api").status()).isEqualTo(200);
      assertThat(rig.get("/proxy/api", CLUSTER, "other").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
  void an_answer_without_a_body_is_complete_at_once(String method, int status) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(FakeStreams.response(status, ""));
      RestResponse response =
          rig.answer(rig.request(method, "/proxy/api", "", HttpHeaders.none(), HttpBody.none()));
      assertThat(response.body().isEmpty()).isTrue();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }
}
