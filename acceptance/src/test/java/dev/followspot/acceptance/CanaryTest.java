package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Secrets that are planted wherever there may be some: each of them holds the word {@code canary},
 * which is then nowhere but where it was meant to go.
 */
@SuppressWarnings("try")
class CanaryTest {

  private static final String CANARY = "canary";
  private static final String IN_BASE64 =
      Base64.getEncoder().encodeToString("canary!!!".getBytes(StandardCharsets.US_ASCII));
  private static final String PORTAL = "canary-token-of-the-portal";
  private static final String HEADERS =
      "Authorization: Bearer " + PORTAL + "\r\nCookie: session=canary-cookie\r\n";
  private static final String PROXY = SmugglingForms.PROXY;

  private static final List<RawCluster> clusters = new ArrayList<>();
  private static Backend backend;
  private static URI url;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StringBuilder config = new StringBuilder();
    for (Map.Entry<String, String> answer : CanaryAnswers.ALL.entrySet()) {
      RawCluster cluster =
          RawCluster.start((request, out) -> out.write(answer.getValue().getBytes(ISO_8859_1)));
      clusters.add(cluster);
      config.append(entry(answer.getKey(), cluster.url()));
    }
    config.append(entry("dead", "http://127.0.0.1:1"));
    config.append(
        entry("gateway", "http://127.0.0.1:2")
            + "            proxyUrl: http://user:${CANARY_PASSWORD}@127.0.0.1:1\n");
    config.append(
        entry("browser", clusters.get(0).url())
            .replace("serviceAccount\n", "google\n")
            .replaceAll("(?m)^ *serviceAccountToken.*\n", ""));
    Path configFile =
        Files.writeString(
            folder.resolve("app-config.yaml"), CanaryAnswers.config(config.toString()));
    Path catalog = Files.writeString(folder.resolve("catalog-info.yaml"), Configs.ORDERS);
    backend =
        Backend.start(
            List.of("-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
            Map.of(
                "CANARY_TOKEN", "canary-token-of-a-cluster",
                "CANARY_PASSWORD", "canary-password",
                "CANARY_PORTAL", PORTAL),
            "--config",
            configFile.toString(),
            "--catalog",
            catalog.toString(),
            "--port",
            "0");
    url = backend.url();
  }

  private static String entry(String name, String url) {
    return Configs.cluster(name, url, "objectTypes: [pods, secrets]")
        .replace("token-of-" + name, "${CANARY_TOKEN}");
  }

  @AfterAll
  static void stop() throws Exception {
    backend.close();
    for (RawCluster cluster : clusters) {
      cluster.close();
    }
  }

  private static String post(String route, String headers, String body) {
    return RawCaller.request("POST", "/api/kubernetes" + route, headers + Configs.JSON, body);
  }

  private static String get(String target, String headers) {
    return RawCaller.request("GET", target, headers, "");
  }

  private static String named(String cluster) {
    return HEADERS + "Backstage-Kubernetes-Cluster: " + cluster + "\r\n";
  }

  static Stream<String> requests() {
    String entity = "\"entityRef\":\"component:default/orders\"";
    String workloads = "/resources/workloads/query";
    String custom = "/resources/custom/query";
    String google = "Backstage-Kubernetes-Authorization-google: canary-google";
    String secrets =
        "\"customResources\":[{\"group\":\"\",\"apiVersion\":\"v1\",\"plural\":\"secrets\"}]";
    return Stream.of(
        post(workloads, HEADERS, "{" + entity + "}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":{\"google\":\"canary-google\"}}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":{\"google\":\"canary\\ngoogle\"}}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":{\"google\":\"canary-\u00e4\"}}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":{\"google\":{\"a\":\"canary\"}}}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":{\"google\":[\"canary\"]}}"),
        post(workloads, HEADERS, "{" + entity + ",\"auth\":\"canary\"}"),
        post(workloads, HEADERS, "{\"auth\":{\"google\":\"canary-google\"}}"),
        post(workloads, HEADERS, "{\"auth\":{\"google\":\"canary-google\""),
        post(workloads, HEADERS, "{\"auth\":{\"google\":canary-google}}"),
        post(workloads, HEADERS, "{\"auth\":{\"google\":\"canary\tgoogle\"}}"),
        post(workloads, HEADERS, "\"canary\""),
        post(workloads, HEADERS, "canary"),
        post(workloads, HEADERS, "{\"auth\":{\"google\":\"" + "canary".repeat(20_000) + "\"}}"),
        post(custom, HEADERS, "{" + entity + "," + secrets + "}"),
        post(custom, HEADERS, "{" + entity + ",\"auth\":{\"google\":\"canary\"}}"),
        post(
            "/services/orders",
            HEADERS,
            "{\"entity\":{\"kind\":\"Component\",\"metadata\":{\"name\":\"orders\"}},"
                + "\"auth\":{\"google\":\"canary-google\"}}"),
        post("/services/orders", HEADERS, "{\"auth\":{\"google\":\"canary-google\"}}"),
        post(workloads, "", "{" + entity + ",\"auth\":{\"google\":\"canary-google\"}}"),
        post(workloads, "Authorization: Bearer canary-unknown\r\n", "{" + entity + "}"),
        post(workloads, "Authorization: Basic canary-unknown\r\n", "{" + entity + "}"),
        post(workloads, "Authorization: canary-unknown\r\n", "{" + entity + "}"),
        post(workloads, HEADERS + HEADERS, "{" + entity + "}"),
        get("/api/kubernetes/clusters", HEADERS),
        get("/api/kubernetes/clusters", "Authorization: Bearer canary-unknown\r\n"),
        get("/api/kubernetes/nothing", HEADERS),
        get(PROXY + "/api/v1/pods", HEADERS),
        get(PROXY + "/api/v1/pods", named("nobody")),
        get(PROXY + "/api/v1/pods", named("dead")),
        get(PROXY + "/api/v1/pods", named("gateway")),
        get(PROXY + "/api/v1/pods", named("browser")),
        get(PROXY + "/api/v1/pods", named("browser") + google + "\r\n" + google + "2\r\n"),
        get(PROXY + "/api/v1/pods", named("browser") + google + "\u00e4\r\n"),
        get(PROXY + "/../pods", named("good") + google + "\r\n"),
        get(
            PROXY + "/api/v1/pods",
            named("dead")
                + "Sec-WebSocket-Protocol: "
                + "base64url.bearer.authorization.k8s.io.canary*\r\n"),
        RawCaller.request("TRACE", PROXY + "/api/v1/pods", named("good") + google + "\r\n", ""),
        RawCaller.request("PUT", PROXY + "/api/v1/pods", named("dead"), "canary"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void no_answer_shows_a_secret(String request) throws Exception {
    RawCaller.Answer answer = RawCaller.ask(url, request);

    assertThat(answer.all()).doesNotContainIgnoringCase(CANARY).doesNotContain(IN_BASE64);
    assertThat(backend.output()).doesNotContainIgnoringCase(CANARY).doesNotContain(IN_BASE64);
  }

  @Test
  void a_look_up_shows_that_there_are_secrets_and_none_of_them() throws Exception {
    String body =
        RawCaller.ask(url, post("/resources/workloads/query", HEADERS, Configs.ORDERS_BODY)).body();

    assertThat(body).contains("\"password\":\"***\"").contains("\"statusCode\":500");
    for (String name : CanaryAnswers.ALL.keySet()) {
      assertThat(body).contains("\"cluster\":{\"name\":\"" + name + "\"}");
    }
  }

  @Test
  void who_reads_a_secret_through_the_proxy_gets_it_and_the_cluster_gets_its_own_token()
      throws Exception {
    RawCaller.Answer answer =
        RawCaller.ask(url, get(PROXY + "/api/v1/secrets?canary=query", named("secrets")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains(IN_BASE64);

    RawCaller.Answer google =
        RawCaller.ask(
            url,
            get(
                PROXY + "/api/v1/mine",
                named("browser") + "Backstage-Kubernetes-Authorization-Google: canary-google\r\n"));
    assertThat(google.status()).isEqualTo(200);

    for (RawCluster cluster : clusters) {
      for (RawCluster.Received received : cluster.received()) {
        assertThat(received.head()).doesNotContain(PORTAL, "canary-cookie", "canary-password");
        assertThat(received.header("Authorization"))
            .isSubsetOf("Bearer canary-token-of-a-cluster", "Bearer canary-google");
      }
    }
    assertThat(clusters.get(0).received())
        .filteredOn(received -> received.target().equals("/api/v1/mine"))
        .extracting(received -> received.header("Authorization"))
        .containsExactly(List.of("Bearer canary-google"));
    assertThat(backend.output()).doesNotContainIgnoringCase(CANARY);
  }
}
