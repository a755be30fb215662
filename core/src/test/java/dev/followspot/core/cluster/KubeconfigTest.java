package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

  /** As kind writes it. */
  private static final String KIND =
      """
      apiVersion: v1
      clusters:
      - cluster:
          certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==
          server: https://127.0.0.1:41329
        name: kind-kind
      contexts:
      - context:
          cluster: kind-kind
          user: kind-kind
        name: kind-kind
      current-context: kind-kind
      kind: Config
      preferences: {}
      users:
      - name: kind-kind
        user:
          client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==
          client-key-data: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg==
      """;

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A kubeconfig of one context, as kubectl config set-… writes it. */
  private static String config(String name, String cluster, String user) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster: {server: 'https://%1$s.example'%2$s}
        contexts:
        - name: %1$s
          context: {cluster: %1$s, user: %1$s, namespace: default}
        users:
        - name: %1$s
          user: {%3$s}
        """
        .formatted(name, cluster.isEmpty() ? "" : ", " + cluster, user);
  }

  private Cluster only(String cluster, String user) throws IOException {
    Kubeconfig read = Kubeconfig.read(List.of(write("dir/config", config("c", cluster, user))));
    assertThat(read.problems()).isEmpty();
    return read.clusters().get(0);
  }

  private String problem(String cluster, String user) throws IOException {
    Kubeconfig read = Kubeconfig.read(List.of(write("dir/config", config("c", cluster, user))));
    assertThat(read.clusters()).isEmpty();
    assertThat(read.problems()).hasSize(1);
    assertThat(read.problems().get(0).severity()).isEqualTo(Problem.Severity.ERROR);
    return read.problems().get(0).message();
  }

  @Test
  void a_file_of_kind_gives_a_cluster_with_a_client_certificate() throws IOException {
    Path file = write("config", KIND);
    Cluster kind = Kubeconfig.read(List.of(file)).clusters().get(0);
    assertThat(kind.name()).isEqualTo("kind-kind");
    assertThat(kind.url()).hasToString("https://127.0.0.1:41329");
    assertThat(kind.authProvider()).isEqualTo("clientCertificate");
    assertThat(kind.tls().caData()).startsWith("LS0t");
    assertThat(kind.tls().clientCertificate())
        .isEqualTo(Secret.of("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="));
    assertThat(kind.tls().clientKey())
        .isEqualTo(Secret.of("LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg=="));
    assertThat(kind.origin()).contains(file.toString(), "kind-kind");
  }

  @Test
  void users_become_auth_providers() throws IOException {
    Cluster token = only("", "token: t0k3n");
    assertThat(token.authProvider()).isEqualTo("serviceAccount");
    assertThat(token.serviceAccountToken()).contains(Secret.of("t0k3n"));
    Cluster file = only("", "tokenFile: ../token, token: older");
    assertThat(file.authProvider()).isEqualTo("serviceAccount");
    assertThat(file.serviceAccountTokenFile()).contains(folder.resolve("token"));
    assertThat(file.serviceAccountToken()).isEmpty();
    assertThat(only("", "").authProvider()).isEqualTo("anonymous");
    Cluster certificate = only("", "client-certificate: c.crt, client-key: /k.key");
    assertThat(certificate.authProvider()).isEqualTo("clientCertificate");
    assertThat(certificate.tls().clientCertificateFile()).isEqualTo(folder.resolve("dir/c.crt"));
    assertThat(certificate.tls().clientKeyFile()).isEqualTo(Path.of("/k.key"));
  }

  @Test
  void what_only_an_extension_can_do_keeps_its_name() throws IOException {
    assertThat(only("", "exec: {command: aws}").authProvider()).isEqualTo("exec");
    assertThat(only("", "auth-provider: {name: gcp}").authProvider()).isEqualTo("auth-provider");
    Cluster basic = only("", "username: me, password: h1dden");
    assertThat(basic.authProvider()).isEqualTo("basic");
    assertThat(basic.toString()).doesNotContain("h1dden");
  }

  @Test
  void the_options_of_a_cluster_arrive() throws IOException {
    Cluster cluster =
        only(
            "certificate-authority: ca.crt, insecure-skip-tls-verify: true, tls-server-name: k,"
                + " proxy-url: 'http://proxy:3128'",
            "");
    assertThat(cluster.tls().caFile()).isEqualTo(folder.resolve("dir/ca.crt"));
    assertThat(cluster.tls().skipVerify()).isTrue();
    assertThat(cluster.tls().serverName()).isEqualTo("k");
    assertThat(cluster.proxyUrl()).get().hasToString("http://proxy:3128");
    assertThat(
            only(
                    "certificate-authority: x, certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==",
                    "")
                .tls()
                .caFile())
        .as("data wins over a file")
        .isNull();
  }

  @Test
  void what_cannot_be_used_is_left_out_and_says_why_without_secrets() throws IOException {
    assertThat(problem("", "token: t, as: admin")).contains("'c'", "impersonates");
    assertThat(problem("", "client-certificate: c")).contains("client-key is missing");
    assertThat(problem("", "client-key: c")).contains("client-certificate is missing");
    assertThat(problem("", "token: 12345")).contains("token", "no text").doesNotContain("12345");
    assertThat(problem("certificate-authority-data: 'h*dden'", ""))
        .contains("certificate-authority-data", "neither base64 of PEM nor PEM")
        .doesNotContain("h*dden");
    assertThat(problem("proxy-url: 'socks5://proxy:1080'", "")).contains("proxy-url");
    assertThat(problem("insecure-skip-tls-verify: perhaps", "")).contains("neither true nor false");
  }

  @Test
  void one_bad_context_harms_no_other() throws IOException {
    Path bad = write("bad", config("bad", "", "token: t, as: admin"));
    Path dangling = write("d", "contexts: [{name: d, context: {cluster: gone, user: u}}]");
    Path good = write("good", config("good", "", "token: t"));
    Kubeconfig read = Kubeconfig.read(List.of(bad, dangling, good));
    assertThat(read.clusters()).extracting(Cluster::name).containsExactly("good");
    assertThat(read.problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            admin -> assertThat(admin).contains("'bad'"),
            gone -> assertThat(gone).contains("'d'", "no cluster 'gone'", "there are bad, good"));
  }

  @Test
  void of_entries_with_one_name_the_first_file_wins_and_paths_stay_relative_to_their_file()
      throws IOException {
    Path first =
        write(
            "one/config",
            "users: [{name: c, user: {tokenFile: mine}}]\nclusters: [{name: c, cluster: {server:"
                + " 'https://first'}}]");
    Path second = write("two/config", config("c", "certificate-authority: ca", "token: theirs"));
    Path third = write("three/config", config("other", "certificate-authority: ca", "token: t"));
    List<Cluster> clusters = Kubeconfig.read(List.of(first, second, third)).clusters();
    assertThat(clusters).extracting(Cluster::name).containsExactly("c", "other");
    assertThat(clusters.get(0).url()).hasToString("https://first");
    assertThat(clusters.get(0).tls().caFile()).isNull();
    assertThat(clusters.get(0).serviceAccountTokenFile()).contains(folder.resolve("one/mine"));
    assertThat(clusters.get(1).tls().caFile()).isEqualTo(folder.resolve("three/ca"));
  }

  @Test
  void chosen_contexts_have_to_be_there_with_cluster_and_user() throws IOException {
    Path file = write("config", config("a", "", "token: t") + "current-context: a\n");
    Path more =
        write(
            "more",
            "contexts: [{name: d, context: {cluster: a, user: nobody}}, {name: b, context:"
                + " {cluster: a}}]");
    List<Path> files = List.of(file, more);
    assertThat(Kubeconfig.read(files, Set.of("b", "a")).clusters())
        .extracting(Cluster::name)
        .containsExactly("a", "b");
    assertThatThrownBy(() -> Kubeconfig.read(files, Set.of("a", "zzz", "d")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "no context 'zzz'; there are a, d, b", "contexts.d.user: there is no user 'nobody'");
  }

  @Test
  void files_that_are_no_kubeconfig_are_refused() throws IOException {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> Kubeconfig.read(List.of(gone)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no file " + gone);
    for (String bad :
        List.of("- a", "clusters: 5", "users: [5]", "users: [{name: 5}]", "a: b: c")) {
      Path file = write("bad", bad);
      assertThatThrownBy(() -> Kubeconfig.read(List.of(file)))
          .as(bad)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(Kubeconfig.read(List.of(write("empty", ""))).clusters()).isEmpty();
  }

  @Test
  void the_factory_reads_the_files_again_and_its_problems_reach_the_snapshot() throws IOException {
    Path file = write("config", config("first", "", "token: t"));
    Path app = write("app-config.yaml", "type: kubeconfig\nfile: config");
    ClusterSupplier supplier = new KubeconfigClusterSupplierFactory().create(TestContext.of(app));
    ManualScheduler scheduler = new ManualScheduler();
    ClusterRegistry registry =
        new ClusterRegistry(
            List.of(new ClusterSource("kubeconfig", supplier)),
            new ClusterSettings(Duration.ofSeconds(100), Duration.ofSeconds(30)),
            scheduler,
            Runnable::run,
            Clock.systemUTC(),
            removed -> {});
    assertThat(snapshot(registry).clusters()).extracting(Cluster::name).containsExactly("first");
    Files.writeString(
        file,
        "contexts: [{name: odd, context: {cluster: gone}}]",
        java.nio.file.StandardOpenOption.TRUNCATE_EXISTING);
    scheduler.pass(111);
    assertThat(snapshot(registry).clusters()).isEmpty();
    assertThat(snapshot(registry).problems()).singleElement().asString().contains("'odd'");
    Files.delete(file);
    scheduler.pass(111);
    assertThat(snapshot(registry).stale()).isTrue();
    registry.close();
    scheduler.shutdownNow();
  }

  private static ClusterSnapshot snapshot(ClusterRegistry registry) {
    return registry.clusters(RequestContext.create()).toCompletableFuture().join();
  }

  @Test
  void the_factory_takes_files_and_contexts() throws IOException {
    write("a", config("a", "", "token: t"));
    write("b", config("b", "", "token: t"));
    assertThat(supplied("files: [a, b]")).containsExactly("a", "b");
    assertThat(supplied("files: [a, b]\ncontext: b")).containsExactly("b");
    assertThat(supplied("file: b\nfiles: [a]\ncontexts: [b]\ncontext: a"))
        .containsExactly("b", "a");
    assertThatThrownBy(() -> supplied("type: kubeconfig"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("file: is missing");
  }

  private List<String> supplied(String yaml) throws IOException {
    return new KubeconfigClusterSupplierFactory()
            .create(TestContext.of(write("app-config.yaml", yaml)))
            .clusters(RequestContext.create())
            .toCompletableFuture()
            .join()
            .stream()
            .map(Cluster::name)
            .toList();
  }
}
