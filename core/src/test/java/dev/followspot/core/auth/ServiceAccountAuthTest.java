package dev.followspot.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountAuthTest {

  private static final Map<String, String> POD =
      Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443");

  @TempDir private Path folder;
  private Path podFolder;

  @BeforeEach
  void make_a_pod_folder() throws IOException {
    podFolder = Files.createDirectory(folder.resolve("pod"));
  }

  private AuthStrategy strategy(Map<String, String> environment) {
    return new ServiceAccountAuthFactory(podFolder).create(new TestContext(environment));
  }

  private static Cluster cluster(UnaryOperator<Cluster.Builder> settings) {
    return settings
        .apply(Cluster.named("dev").url("https://dev.example.com").authProvider("serviceAccount"))
        .build();
  }

  private static String ask(AuthStrategy strategy, Cluster cluster) {
    return Outcome.of(strategy.credential(cluster, RequestContext.create()));
  }

  private String ask(Cluster cluster) {
    return ask(strategy(Map.of()), cluster);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("token"), text);
  }

  private static Cluster withFile(Path file) {
    return cluster(c -> c.serviceAccountTokenFile(file));
  }

  @Test
  void a_configured_token_is_sent() {
    assertThat(ask(cluster(c -> c.serviceAccountToken(Secret.of("abc"))))).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\r\nX-Injected: 1", "s3cret\n", "Bearer s3cret", "s3crét", " "})
  void a_configured_token_that_cannot_be_sent_is_a_failure_that_does_not_show_it(String token) {
    assertThat(ask(cluster(c -> c.serviceAccountToken(Secret.of(token)))))
        .startsWith("serviceAccountToken cannot be used: the bearer token ")
        .doesNotContain("s3cr");
  }

  @Test
  void auth_metadata_wins_over_the_single_keys_and_a_file_over_a_token() throws IOException {
    Path file = file("from-file");
    assertThat(
            ask(
                cluster(
                    c ->
                        c.authMetadata(Map.of("serviceAccountToken", "from-metadata"))
                            .serviceAccountTokenFile(file)
                            .serviceAccountToken(Secret.of("from-key")))))
        .isEqualTo("from-metadata");
    assertThat(
            ask(
                cluster(
                    c ->
                        c.serviceAccountTokenFile(file)
                            .serviceAccountToken(Secret.of("from-key")))))
        .isEqualTo("from-file");
  }

  @Test
  void it_does_not_depend_on_the_caller() {
    assertThat(strategy(Map.of()).dependsOnCaller()).isFalse();
  }

  @Test
  void white_space_at_the_end_of_a_token_file_does_not_count() throws IOException {
    assertThat(ask(withFile(file("abc \r\n\n")))).isEqualTo("abc");
  }

  @Test
  void a_token_file_with_something_else_in_it_is_a_failure_that_does_not_show_it()
      throws IOException {
    Path file = file("s3cret\nmore");
    assertThat(ask(withFile(file)))
        .startsWith("the token file " + file + " cannot be used: ")
        .doesNotContain("s3cret");
  }

  @Test
  void a_token_file_that_is_not_there_is_a_failure_that_names_it() {
    Path file = folder.resolve("absent");
    assertThat(ask(withFile(file))).isEqualTo("the token file " + file + " does not exist");
  }

  @Test
  void an_empty_folder_or_huge_token_file_is_a_failure() throws IOException {
    assertThat(ask(withFile(file(" \n")))).endsWith("token is empty");
    assertThat(ask(withFile(podFolder))).endsWith("is not a regular file");
    assertThat(ask(withFile(file("a".repeat(1024 * 1024 + 1)))))
        .endsWith("is larger than 1 MiB, which no token is");
    assertThat(ask(withFile(Path.of("/dev/zero")))).endsWith("is not a regular file");
  }

  @Test
  void a_token_file_that_may_not_be_read_is_a_failure_that_says_so() throws IOException {
    Path file = file("abc");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
    assertThat(ask(withFile(file))).endsWith("may not be read by this process");
  }

  @Test
  void a_rotated_token_file_is_read_again_whatever_its_size_and_time() throws IOException {
    AuthStrategy strategy = strategy(Map.of());
    Cluster cluster = withFile(file("token-1"));
    assertThat(ask(strategy, cluster)).isEqualTo("token-1");
    file("token-2");
    assertThat(ask(strategy, cluster)).isEqualTo("token-2");

    FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file("token-3"), longAgo);
    assertThat(ask(strategy, cluster)).isEqualTo("token-3");
    Path other = Files.writeString(folder.resolve("other"), "token-4");
    Files.setLastModifiedTime(other, longAgo);
    Files.move(other, folder.resolve("token"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(ask(strategy, cluster)).isEqualTo("token-4");
  }

  @Test
  void an_unchanged_token_file_is_not_read_again() throws IOException {
    AuthStrategy strategy = strategy(Map.of());
    Path file = file("token-1");
    FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, longAgo);
    assertThat(ask(strategy, withFile(file))).isEqualTo("token-1");
    // The same file, size and time: only reading it could tell that it is another token.
    Files.writeString(file, "token-2");
    Files.setLastModifiedTime(file, longAgo);
    assertThat(ask(strategy, withFile(file))).isEqualTo("token-1");
  }

  @Test
  void the_kubelets_swap_of_symbolic_links_is_noticed() throws IOException {
    FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    for (int i = 1; i <= 2; i++) {
      Path version = Files.createDirectory(folder.resolve("..version_" + i));
      Files.setLastModifiedTime(Files.writeString(version.resolve("token"), "token-" + i), longAgo);
    }
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..version_1"));
    Path token = Files.createSymbolicLink(folder.resolve("token"), Path.of("..data/token"));
    AuthStrategy strategy = strategy(Map.of());
    assertThat(ask(strategy, withFile(token))).isEqualTo("token-1");

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..version_2"));
    Files.move(next, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertThat(ask(strategy, withFile(token))).isEqualTo("token-2");
  }

  @Test
  void a_token_file_that_vanished_and_came_back_is_read() throws IOException {
    AuthStrategy strategy = strategy(Map.of());
    Path file = file("token-1");
    assertThat(ask(strategy, withFile(file))).isEqualTo("token-1");
    Files.delete(file);
    assertThat(ask(strategy, withFile(file))).endsWith("does not exist");
    assertThat(ask(strategy, withFile(file("token-2")))).isEqualTo("token-2");
  }

  private String askInPod(String url, Map<String, String> environment) {
    return ask(strategy(environment), cluster(c -> c.url(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.96.0.1",
        "https://10.96.0.1:443/",
        "https://kubernetes.default.svc",
        "https://KUBERNETES.default.svc:443",
        "https://kubernetes.default.svc.cluster.local"
      })
  void the_pods_own_token_is_sent_to_the_pods_own_api_server(String url) throws IOException {
    Files.writeString(podFolder.resolve("token"), "pod-token\n");
    assertThat(askInPod(url, POD)).isEqualTo("pod-token");
  }

  @ParameterizedTest
  @CsvSource({"fd00::1,https://[fd00::1]", "[fd00::1],https://[fd00::1]:443"})
  void an_ipv6_address_of_the_api_server_is_known(String host, String url) throws IOException {
    Files.writeString(podFolder.resolve("token"), "pod-token");
    assertThat(
            askInPod(
                url, Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", "443")))
        .isEqualTo("pod-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dev.example.com",
        "https://10.96.0.1:6443",
        "https://10.96.0.10",
        "http://10.96.0.1:443",
        "http://kubernetes.default.svc:443",
        "https://kubernetes.default.svc.example.com",
        "https://kubernetes.default.svc:8443",
        "https://dev.example.com/10.96.0.1"
      })
  void the_pods_own_token_is_sent_nowhere_else(String url) throws IOException {
    Files.writeString(podFolder.resolve("token"), "pod-token");
    assertThat(askInPod(url, POD))
        .startsWith("serviceAccountToken is missing, and so is a token file; ")
        .endsWith(
            "to the pod's own API server only, which "
                + url.replaceAll("(//.*?)/.*", "$1")
                + " is not");
  }

  @Test
  void outside_of_a_pod_a_missing_token_is_a_failure_that_names_the_key() {
    assertThat(ask(cluster(c -> c))).startsWith("serviceAccountToken is missing");
    assertThat(askInPod("https://dev.example.com", Map.of("KUBERNETES_SERVICE_HOST", "")))
        .startsWith("serviceAccountToken is missing");
  }

  @Test
  void a_pod_without_a_token_is_a_failure_that_names_the_key_and_the_file() {
    assertThat(askInPod("https://10.96.0.1", POD))
        .isEqualTo(
            "serviceAccountToken is missing, and the pod's own token cannot take its place: the"
                + " token file "
                + podFolder.resolve("token")
                + " does not exist");
  }

  @Test
  void many_files_of_removed_clusters_do_not_pile_up() throws Exception {
    TokenFiles files = new TokenFiles();
    for (int i = 0; i < 1_100; i++) {
      files.token(Files.writeString(folder.resolve("token-" + i), "t" + i));
    }
    assertThat(files.size()).isEqualTo(1_000);
    assertThat(files.token(folder.resolve("token-0")).reveal()).isEqualTo("t0");
  }
}
