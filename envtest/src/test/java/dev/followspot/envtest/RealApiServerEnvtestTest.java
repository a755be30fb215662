package dev.followspot.envtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RealApiServerEnvtestTest {

  @Test
  void without_the_variable_a_test_is_skipped_and_says_how_to_get_the_programs() {
    assertThatThrownBy(() -> Binaries.in(null))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("KUBEBUILDER_ASSETS")
        .hasMessageContaining("setup-envtest");
  }

  @Test
  void a_folder_without_the_programs_is_a_failure(@TempDir Path folder) {
    assertThatThrownBy(() -> Binaries.in(folder.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no program etcd");
  }

  @Test
  void objects_are_applied_with_their_status_patched_and_deleted() {
    RealApiServer server = RealApiServer.shared();
    server.createNamespaces("envtest-objects");
    server.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: one, namespace: envtest-objects, labels: {app: order}}
        spec: {containers: [{name: main, image: "scratch"}]}
        status: {phase: Running}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: envtest-objects}
        """);
    String path = "/api/v1/namespaces/envtest-objects/pods/one";
    assertThat(server.get(path, server.adminToken()).body()).contains("\"phase\":\"Running\"");

    server.patch(path, "{\"metadata\": {\"labels\": {\"app\": \"changed\"}}}");
    assertThat(server.get(path, server.adminToken()).body()).contains("\"app\":\"changed\"");

    server.delete(path);
    assertThat(server.get(path, server.adminToken()).statusCode()).isEqualTo(404);
  }

  @Test
  void service_accounts_have_tokens_and_rights_by_rbac() {
    RealApiServer server = RealApiServer.shared();
    String token = server.createServiceAccountToken("envtest-sa", "reader");
    assertThat(server.get("/api/v1/namespaces/envtest-sa/pods", token).statusCode()).isEqualTo(403);

    server.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: pods, namespace: envtest-sa}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get, list, watch]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: pods, namespace: envtest-sa}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pods}
        subjects: [{kind: ServiceAccount, name: reader, namespace: envtest-sa}]
        """);
    server.awaitStatus("/api/v1/namespaces/envtest-sa/pods", token, 200);
    assertThat(server.get("/api/v1/pods", token).statusCode()).isEqualTo(403);
  }

  @Test
  void an_expired_token_is_401_and_the_same_one_would_be_good_if_it_had_not_expired() {
    RealApiServer server = RealApiServer.shared();
    Instant now = Instant.now();
    String good =
        server.signServiceAccountToken(
            "envtest-expired", "a", now.minusSeconds(60), now.plusSeconds(600));
    String expired =
        server.signServiceAccountToken(
            "envtest-expired", "a", now.minusSeconds(7200), now.minusSeconds(3600));

    assertThat(server.get("/api", good).statusCode()).isEqualTo(200);
    assertThat(server.get("/api", expired).statusCode()).isEqualTo(401);
  }

  @Test
  void a_server_of_ones_own_leaves_nothing_behind() {
    RealApiServer server = RealApiServer.start();
    Path ca = server.caFile();
    assertThat(server.get("/version", server.adminToken()).statusCode()).isEqualTo(200);

    server.close();

    assertThat(Files.exists(ca.getParent().getParent())).isFalse();
    assertThatThrownBy(() -> server.get("/version", null)).isInstanceOf(RuntimeException.class);
  }
}
