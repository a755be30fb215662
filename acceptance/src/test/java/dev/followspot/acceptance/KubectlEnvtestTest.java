package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl through the proxy, on a real API server. */
@SuppressWarnings("try")
class KubectlEnvtestTest {

  private static final String NAMESPACE = "kubectl";

  private final Portal portal = Portal.shared();
  @TempDir private Path folder;
  private Relay relay;

  @BeforeEach
  void way_to_the_cluster() throws IOException {
    portal.server().createNamespaces(NAMESPACE);
    relay = portal.relay(Portal.REAL);
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
  }

  private Kubectl start(String... args) throws IOException {
    return Kubectl.start(folder, relay.proxyUrl(), Map.of(), args);
  }

  private String run(String... args) throws IOException, InterruptedException {
    try (Kubectl kubectl = start(args)) {
      return kubectl.succeeded();
    }
  }

  private Path manifest(String name, String value) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: %s, namespace: kubectl, labels: { app: %1$s } }
        data: { value: %s }
        """
            .formatted(name, value));
  }

  @Test
  void what_is_applied_is_shown_described_changed_and_deleted() throws Exception {
    String file = manifest("colors", "red").toString();
    assertThat(run("apply", "-f", file)).isEqualTo("configmap/colors created");
    assertThat(run("apply", "-f", file)).isEqualTo("configmap/colors unchanged");
    assertThat(run("get", "configmaps", "-n", NAMESPACE, "-l", "app=colors"))
        .matches("NAME +DATA +AGE *\ncolors +1 +\\S+");
    assertThat(run("get", "configmap", "colors", "-n", NAMESPACE, "-o", "json"))
        .contains("\"value\": \"red\"", "\"uid\": \"");
    assertThat(run("describe", "configmap", "colors", "-n", NAMESPACE))
        .contains("Name:         colors", "value:\n----\nred");
    assertThat(run("apply", "-f", manifest("colors", "green").toString()))
        .isEqualTo("configmap/colors configured");
    assertThat(run("get", "configmap", "colors", "-n", NAMESPACE, "-o", "jsonpath={.data.value}"))
        .isEqualTo("green");
    assertThat(run("apply", "--server-side", "--force-conflicts", "-f", file))
        .isEqualTo("configmap/colors serverside-applied");
    assertThat(run("delete", "-f", file)).isEqualTo("configmap \"colors\" deleted");
    try (Kubectl gone = start("get", "configmap", "colors", "-n", NAMESPACE)) {
      assertThat(gone.exitCode()).isEqualTo(1);
      assertThat(gone.err())
          .isEqualTo("Error from server (NotFound): configmaps \"colors\" not found");
    }
  }

  @Test
  void a_watch_shows_each_change_when_it_happens() throws Exception {
    String file = manifest("watched", "one").toString();
    String list = "get configmaps -o json --watch --output-watch-events -l app=watched -n";
    try (Kubectl watch = start((list + " " + NAMESPACE).split(" ", -1))) {
      run("apply", "-f", file);
      watch.await("\"value\":\"one\"");
      run("apply", "-f", manifest("watched", "two").toString());
      watch.await("\"value\":\"two\"");
      run("delete", "-f", file);
      watch.await("\"type\":\"DELETED\"");
    }
  }

  @Test
  void the_types_and_the_version_of_the_cluster_are_known() throws Exception {
    assertThat(run("api-resources", "--api-group=apps"))
        .contains("deployments", "apps/v1", "ReplicaSet");
    assertThat(run("version")).contains("Server Version: v1.");
    assertThat(run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"))
        .isEqualTo("admin");
  }

  @Test
  void the_token_of_the_caller_decides_what_they_may() throws Exception {
    String token = portal.server().createServiceAccountToken(NAMESPACE, "reader");
    String[] whoami = {"auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"};
    for (String cluster : new String[] {Portal.REAL, Portal.PERSONAL}) {
      try (Relay personal =
          portal.relay(cluster, Map.of("Backstage-Kubernetes-Authorization", "Bearer " + token))) {
        try (Kubectl kubectl = Kubectl.start(folder, personal.proxyUrl(), Map.of(), whoami)) {
          assertThat(kubectl.succeeded()).isEqualTo("system:serviceaccount:kubectl:reader");
        }
        try (Kubectl kubectl =
            Kubectl.start(folder, personal.proxyUrl(), Map.of(), "get", "secrets")) {
          assertThat(kubectl.exitCode()).isEqualTo(1);
          assertThat(kubectl.err())
              .contains("User \"system:serviceaccount:kubectl:reader\" cannot list");
        }
      }
    }
  }

  @Test
  void an_upgrade_that_the_cluster_refuses_is_an_error_with_its_reason() throws Exception {
    portal
        .server()
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: waiting, namespace: kubectl }
            spec: { containers: [{ name: main, image: none }] }
            """);
    try (Kubectl exec = start("exec", "waiting", "-n", NAMESPACE, "--", "true")) {
      assertThat(exec.exitCode()).isEqualTo(1);
      assertThat(exec.err()).contains("pod waiting does not have a host assigned");
    }
  }

  @Test
  void a_cluster_that_is_not_there_is_an_error_that_says_so() throws Exception {
    try (Relay nowhere = portal.relay("nowhere");
        Kubectl kubectl = Kubectl.start(folder, nowhere.proxyUrl(), Map.of(), "get", "pods")) {
      assertThat(kubectl.exitCode()).isEqualTo(1);
      assertThat(kubectl.err()).contains("the server could not find the requested resource");
    }
  }
}
