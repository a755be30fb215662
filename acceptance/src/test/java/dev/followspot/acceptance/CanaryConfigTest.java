package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configurations that are wrong where their secrets are: the message has the place, not the secret.
 */
@SuppressWarnings("try")
class CanaryConfigTest {

  private static final String CANARY = "canary";

  @TempDir private Path folder;

  /** All mistakes are told at once, so that one start is enough for many. */
  private static final String MISTAKES =
      """
      backend:
        listen: { port: "${CANARY}" }
        https: { certificate: { cert: { $file: canary.txt }, key: { $file: canary.txt } } }
        auth:
          externalAccess:
            - type: static
              options: { token: [canary], subject: a }
            - type: static
              options: { token: "canary canary", subject: b }
            - type: static
              options: { token: "${CANARY}", subject: "" }
            - type: legacy
              options: { secret: canary, subject: c }
      kubernetes:
        serviceLocatorMethod: { type: multiTenant }
        clusterLocatorMethods:
          - type: config
            clusters:
              - { name: a, url: "https://user:${CANARY}@h", authProvider: serviceAccount }
              - { name: b, url: "ftp://user:canary@h", authProvider: serviceAccount }
              - { name: c, url: "https://user:canary@[h", authProvider: serviceAccount }
              - { name: d, url: "https://h", proxyUrl: "ftp://user:canary@p", authProvider: anonymous }
              - { name: e, url: "https://h", proxyUrl: "http://user:canary@", authProvider: anonymous }
              - { name: f, url: "https://h", authProvider: none, serviceAccountToken: canary }
              - { name: g, url: "https://h", authProvider: serviceAccount, serviceAccountToken: { a: canary } }
              - { name: h, url: "https://h", authProvider: serviceAccount, serviceAccountToken: "canary\\ncanary" }
              - { name: i, url: "https://h", authProvider: serviceAccount, serviceAccountTokn: canary }
              - { name: j, url: "https://h", authProvider: anonymous, caData: canary }
              - { name: k, url: "https://h", authProvider: anonymous, clientKeyData: canary!, clientCertificateData: canary! }
              - { name: l, url: "https://h", authProvider: anonymous, skipMetricsLookup: "${CANARY}" }
              - { name: m, url: "https://h", authProvider: anonymous, clientKeyFile: canary.txt, clientCertificateFile: canary.txt }
              - { name: n, url: "https://h?token=${CANARY}#canary", authProvider: anonymous }
      followspot:
        http: { connectTimeout: "${CANARY}", maxResponseBytes: "${CANARY}", http2: "${CANARY}" }
        catalog: { url: "https://user:${CANARY}@h", token: [canary] }
      """;

  private String refusal(String config) throws Exception {
    Files.writeString(folder.resolve("canary.txt"), "-----BEGIN PRIVATE KEY-----\ncanary\n");
    Path file = Files.writeString(folder.resolve("app-config.yaml"), config);
    Path catalog = Files.writeString(folder.resolve("catalog-info.yaml"), Configs.ORDERS);
    try (Backend backend =
        Backend.start(
            List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
            Map.of("CANARY", "canary-of-the-environment"),
            "--config",
            file.toString(),
            "--catalog",
            catalog.toString(),
            "--port",
            "0")) {
      int code = backend.exitCode();
      assertThat(code).as(backend.output()).isEqualTo(2);
      // The names of variables and files may be shown.
      return backend.output().replace("${CANARY}", "").replace("canary.txt", "");
    }
  }

  @Test
  void a_refusal_shows_no_secret() throws Exception {
    String said = refusal(MISTAKES);

    assertThat(said).contains("externalAccess[0]", "clusters[0]", "connectTimeout");
    assertThat(said).doesNotContainIgnoringCase(CANARY);
  }

  @Test
  void a_file_that_is_no_yaml_is_refused_without_showing_its_lines() throws Exception {
    List<String> tails = new ArrayList<>();
    tails.add("{ token: canary, token: canary }");
    tails.add("\"canary");
    tails.add("!canary canary");
    tails.add("&canary canary *canary");
    tails.add("\"\\canary\"");
    for (String tail : tails) {
      String said = refusal("backend:\n  auth:\n    externalAccess: " + tail + "\n");
      assertThat(said).as("after %s", tail).doesNotContainIgnoringCase(CANARY);
    }
  }
}
