package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class BackstageBackendTest {

  private static final String TOKEN = "canary-token-of-the-portal";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CATALOG =
      """
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata: { name: demo }
      spec: { type: service, owner: me, lifecycle: x }
      """;

  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String config(String cluster, String backend) throws IOException {
    return write(
        "app-config.yaml",
        """
        backend:
          database: { connection: { password: '${NOT_SET_ANYWHERE}' } }
          auth:
            externalAccess:
              - type: static
                options: { token: %s, subject: portal }
        %s
        kubernetes:
          serviceLocatorMethod: { type: multiTenant }
          clusterLocatorMethods:
            - type: config
              clusters:
                - name: alpha
                  url: %s
                  authProvider: serviceAccount
                  serviceAccountToken: ${CANARY_TOKEN}
        """
            .formatted(TOKEN, backend.indent(2), cluster));
  }

  private Program start(String cluster, String backend) throws IOException {
    return Program.start(
        "--config",
        config(cluster, backend),
        "--catalog",
        write("catalog-info.yaml", CATALOG),
        "--port",
        "0");
  }

  private static HttpResponse<String> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Test
  void unknown_options_and_bad_ports_are_usage_errors() throws Exception {
    for (String[] args :
        new String[][] {{"--nonsense"}, {"--port", "70000"}, {"--port"}, {"surplus"}}) {
      try (Program program = Program.start(args)) {
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.output()).contains("Usage: backstage-backend").doesNotContain("\tat ");
      }
    }
  }

  @Test
  void help_tells_of_options_and_exit_codes() throws Exception {
    try (Program program = Program.start("--help")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.output())
          .contains("--config", "--catalog", "--port", "--plugins", "Exit codes", "143");
    }
  }

  @Test
  void every_mistake_of_every_file_is_reported_at_once() throws Exception {
    String config =
        write(
            "app-config.yaml",
            """
            backend:
              listen: nowhere
              cors: { credentials: maybe }
              auth: { externalAccess: [{ type: static, options: { subject: x } }] }
            kubernetes:
              serviceLocatorMethod: { type: nonsense }
              clusterLocatorMethods: [{ type: rubbish }]
            followspot:
              lookup: { timeout: soon }
            """);
    String catalog = write("catalog-info.yaml", "kind: Component\nmetadata: {}\n");
    try (Program program = Program.start("--config", config, "--catalog", catalog)) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output())
          .contains(
              "backend.listen",
              "backend.cors.credentials",
              "backend.auth.externalAccess",
              "kubernetes.serviceLocatorMethod.type",
              "kubernetes.clusterLocatorMethods[0].type",
              "followspot.lookup.timeout",
              "catalog-info.yaml:1 apiVersion",
              "catalog-info.yaml:1 metadata")
          .doesNotContain("\tat ")
          .doesNotContain("Exception");
    }
  }

  @Test
  void missing_files_and_a_missing_catalog_are_mistakes_too() throws Exception {
    String nowhere = folder.resolve("nowhere.yaml").toString();
    try (Program program = Program.start("--config", nowhere, "--catalog", nowhere + "2")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output()).contains(nowhere, nowhere + "2").doesNotContain("\tat ");
    }
    String config = write("app-config.yaml", "kubernetes: {}");
    try (Program program = Program.start("--config", config)) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output()).contains("no entity is known; give --catalog");
    }
    String catalog = write("catalog-info.yaml", CATALOG);
    try (Program program = Program.start("--catalog", catalog)) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output()).contains("no cluster is known; give --config");
    }
  }

  @Test
  void the_settings_of_the_catalog_count_with_the_option_too() throws Exception {
    String config =
        write(
            "app-config.yaml",
            "kubernetes: {}\nfollowspot:"
                + " { catalog: { url: 'https://x.example', cacheTtl: -1s } }\n");
    String catalog = write("catalog-info.yaml", CATALOG);
    try (Program program = Program.start("--config", config, "--catalog", catalog)) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output())
          .contains("followspot.catalog.cacheTtl", "followspot.catalog.url is not asked")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void clusters_that_are_left_out_are_logged_once_each() throws Exception {
    String config =
        write(
            "app-config.yaml",
            """
            kubernetes:
              clusterLocatorMethods:
                - type: config
                  clusters: [{ name: twin, url: 'https://8.8.8.8', authProvider: google }]
                - type: catalog
            """);
    String resource =
        """
        ---
        apiVersion: v1
        kind: Resource
        metadata:
          name: %s
          annotations:
            kubernetes.io/api-server: %s
            kubernetes.io/api-server-certificate-authority: eA==
            kubernetes.io/auth-provider: google
        spec: { type: kubernetes-cluster }
        """;
    String catalog =
        write(
            "catalog-info.yaml",
            resource.formatted("inner", "https://10.0.0.1")
                + resource.formatted("twin", "https://8.8.4.4"));
    try (Program program = Program.start("--config", config, "--catalog", catalog, "--port", "0")) {
      program.url();
      assertThat(program.output().lines().filter(line -> line.contains("resource:default/inner")))
          .hasSize(1);
      assertThat(
              program.output().lines().filter(line -> line.contains("cluster 'twin' is left out")))
          .hasSize(1);
    }
  }

  @Test
  void a_port_in_use_is_told_with_the_cure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Program program =
            Program.start(
                "--config",
                config("http://127.0.0.1:1", "listen: 127.0.0.1:" + taken.getLocalPort()),
                "--catalog",
                write("catalog-info.yaml", CATALOG))) {
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.output())
          .contains("127.0.0.1:" + taken.getLocalPort())
          .contains("the port is in use")
          .contains("--port")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void serves_the_routes_says_so_in_one_line_and_logs_no_secret() throws Exception {
    String cors = "cors: { origin: ['*', 'https://a.test', 'https://b.test/'] }";
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), cors)) {
      String url = program.url().toString();
      program.await(text -> text.contains("backend.cors.origin: 'https://b.test/'"));
      assertThat(program.output())
          .contains("backend.cors.origin: '*' matches no origin")
          .doesNotContain("backend.cors.origin: 'https://a.test'");
      assertThat(program.output()).contains(": 1 cluster, 1 entity, ");
      assertThat(program.output()).doesNotContain("NOT_SET_ANYWHERE");
      assertThat(get(url + "/clusters").statusCode()).isEqualTo(401);
      String query = "?access_token=canary-in-the-query";
      HttpResponse<String> clusters =
          get(url + "/clusters" + query, "Authorization", "Bearer " + TOKEN);
      assertThat(clusters.statusCode()).isEqualTo(200);
      assertThat(clusters.body()).contains("\"name\":\"alpha\"");
      assertThat(get(URI.create(url).resolve("/healthcheck").toString()).statusCode())
          .isEqualTo(200);
      get(url + "/a%0Aclient=1.2.3.4%20method=FAKE");

      String said =
          program.await(
              text -> text.contains("path=/healthcheck status=200") && text.contains("%0Aclient="));
      assertThat(said)
          .containsPattern(
              "client=127.0.0.1 method=GET path=/api/kubernetes/clusters status=401 bytes=\\d+"
                  + " ms=\\d+")
          .contains("path=/api/kubernetes/clusters status=200")
          .doesNotContain("canary");
    }
  }

  @Test
  void sigterm_ends_an_open_watch_as_if_it_were_complete() throws Exception {
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), "");
        RawCall watch = RawCall.to(program.url().getPort())) {
      watch.ask(
          "GET",
          WebServer.BASE_PATH + "/proxy/api/v1/pods?watch=true",
          "Authorization: Bearer " + TOKEN);
      assertThat(watch.head().status()).isEqualTo(200);
      assertThat(watch.chunk()).isEqualTo("line\n");

      program.terminate();

      assertThat(watch.chunk()).isEmpty();
      assertThat(watch.rest()).isEmpty();
      assertThat(program.exitCode()).isEqualTo(143);
      assertThat(cluster.isLeft()).isTrue();
    }
  }

  @Test
  void sigterm_tells_a_web_socket_that_the_server_goes_away() throws Exception {
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), "");
        RawCall socket = RawCall.to(program.url().getPort())) {
      socket.ask(
          "GET",
          WebServer.BASE_PATH + "/proxy/api/v1/namespaces/a/pods/b/exec",
          "Authorization: Bearer " + TOKEN,
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13");
      assertThat(socket.head().status()).isEqualTo(101);
      assertThat(socket.bytes(5)).isEqualTo(new byte[] {(byte) 0x82, 3, 'a', 'b', 'c'});
      // Silent for longer than web servers wait for idle connections when they shut down.
      Thread.sleep(2_500);

      program.terminate();

      assertThat(socket.rest()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe9});
      assertThat(program.exitCode()).isEqualTo(143);
      assertThat(cluster.isLeft()).isTrue();
    }
  }

  @Test
  void sigterm_breaks_a_download_off_so_that_it_does_not_look_complete() throws Exception {
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), "");
        RawCall download = RawCall.to(program.url().getPort())) {
      download.ask("GET", WebServer.BASE_PATH + "/proxy/big", "Authorization: Bearer " + TOKEN);
      assertThat(download.head().status()).isEqualTo(200);
      assertThat(download.chunk()).isEqualTo("line\n");

      program.terminate();

      assertThat(download.restUntilCut()).isEmpty();
      assertThat(program.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void sigterm_answers_what_waits_for_a_cluster_with_503() throws Exception {
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), "");
        RawCall waiting = RawCall.to(program.url().getPort())) {
      waiting.ask("GET", WebServer.BASE_PATH + "/proxy/silent", "Authorization: Bearer " + TOKEN);
      program.await(text -> text.contains("action=permission") && text.contains("/proxy/silent"));

      program.terminate();

      assertThat(waiting.head().status()).isEqualTo(503);
      assertThat(program.exitCode()).isEqualTo(143);
      assertThat(cluster.isLeft()).isTrue();
    }
  }

  @Test
  void a_caller_that_leaves_a_silent_watch_ends_the_watch_of_the_cluster() throws Exception {
    try (WatchedCluster cluster = new WatchedCluster();
        Program program = start(cluster.url(), "")) {
      try (RawCall watch = RawCall.to(program.url().getPort())) {
        watch.ask(
            "GET",
            WebServer.BASE_PATH + "/proxy/api/v1/pods?watch=true",
            "Authorization: Bearer " + TOKEN);
        assertThat(watch.head().status()).isEqualTo(200);
        assertThat(watch.chunk()).isEqualTo("line\n");
      }
      assertThat(cluster.isLeft()).isTrue();
    }
  }

  @Test
  void speaks_tls_with_the_given_certificate_over_both_versions_of_http() throws Exception {
    TestTls tls = TestTls.create("RSA");
    write("tls.crt", tls.certificate());
    write("tls.key", tls.privateKey());
    String https = "https: { certificate: { cert: { $file: tls.crt }, key: { $file: tls.key } } }";
    try (Program program = start("http://127.0.0.1:1", https)) {
      URI health = program.url().resolve("/healthcheck");
      assertThat(health.getScheme()).isEqualTo("https");
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> response =
            HttpClient.newBuilder()
                .sslContext(tls.trusting())
                .version(version)
                .build()
                .send(
                    HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
      }
      assertThat(program.output()).doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void without_a_temporary_folder_the_mock_clusters_say_what_to_do() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    try (Program program = Program.start(List.of("-Djava.io.tmpdir=" + nowhere), "--port", "0")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.output())
          .contains(nowhere + " is none that can be written to", "-Djava.io.tmpdir=<folder>")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void without_arguments_it_shows_mock_clusters_and_commands_that_work() throws Exception {
    try (Program program = Program.start("--port", "0")) {
      String url = program.url().toString();
      String said = program.await(text -> text.contains("/namespaces/payments/pods"));
      assertThat(said).contains("curl " + url + "/clusters").contains("fetcher multi-namespace");
      assertThat(get(url + "/clusters").body()).contains("dev-cluster");
      HttpResponse<String> found =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/resources/workloads/query"))
                      .header("Content-Type", "application/json")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"entityRef\":\"component:default/order-service\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.body())
          .contains("order-service-7c9d-1", "spring-cloud-config-dev", "spring-cloud-config-prod");
      String pods = url + "/proxy/api/v1/namespaces/%s/pods";
      assertThat(get(pods.formatted("spring-cloud-config-dev")).body())
          .contains("order-service-7c9d-2");
      assertThat(get(pods.formatted("payments")).statusCode()).isEqualTo(403);
      program.terminate();
      assertThat(program.exitCode()).isEqualTo(143);
    }
  }
}
