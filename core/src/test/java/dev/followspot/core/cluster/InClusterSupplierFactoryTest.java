package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.RequestContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InClusterSupplierFactoryTest {

  private static Cluster cluster(String yaml, String host, String port) {
    return only(
        new InClusterSupplierFactory()
            .create(
                TestContext.of(yaml)
                    .with(
                        Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", port))));
  }

  private static Cluster only(ClusterSupplier supplier) {
    return supplier.clusters(RequestContext.create()).toCompletableFuture().join().get(0);
  }

  @Test
  void the_pods_own_service_account_is_used() {
    Cluster cluster = cluster("type: inCluster", "10.96.0.1", "443");
    assertThat(cluster.name()).isEqualTo("in-cluster");
    assertThat(cluster.url()).hasToString("https://10.96.0.1:443");
    assertThat(cluster.authProvider()).isEqualTo("serviceAccount");
    Path folder = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    assertThat(cluster.serviceAccountTokenFile()).contains(folder.resolve("token"));
    assertThat(cluster.tls().caFile()).isEqualTo(folder.resolve("ca.crt"));
    assertThat(cluster.origin()).isEqualTo("inCluster");
  }

  @Test
  void name_and_folder_can_be_chosen() {
    Cluster cluster = cluster("{name: here, serviceAccountFolder: /tmp/sa}", "k", "443");
    assertThat(cluster.name()).isEqualTo("here");
    assertThat(cluster.serviceAccountTokenFile()).contains(Path.of("/tmp/sa/token"));
  }

  @Test
  void an_ipv6_address_gets_brackets() {
    assertThat(cluster("{}", "fd00::1", "443").url()).hasToString("https://[fd00::1]:443");
    assertThat(cluster("{}", "[fd00::1]", "443").url()).hasToString("https://[fd00::1]:443");
  }

  @Test
  void outside_of_a_pod_it_refuses_to_start() {
    assertThatThrownBy(
            () -> new InClusterSupplierFactory().create(TestContext.of("type: inCluster")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("KUBERNETES_SERVICE_HOST is not set", "app-config.yaml:1 type");
    assertThatThrownBy(() -> cluster("{}", "a b", "443"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT");
    assertThatThrownBy(() -> cluster("{}", "k", "many"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT");
  }

  @Test
  void kubectl_proxy_is_the_cluster_local_without_credentials() {
    Cluster local =
        only(
            new LocalKubectlProxyClusterSupplierFactory()
                .create(TestContext.of("type: localKubectlProxy")));
    assertThat(local.name()).isEqualTo("local");
    assertThat(local.url()).hasToString("http://127.0.0.1:8001");
    assertThat(local.authProvider()).isEqualTo("localKubectlProxy");
    assertThat(local.skipMetricsLookup()).isTrue();
  }

  @Test
  void the_factories_have_their_names() {
    assertThat(new ConfigClusterSupplierFactory().name()).isEqualTo("config");
    assertThat(new KubeconfigClusterSupplierFactory().name()).isEqualTo("kubeconfig");
    assertThat(new InClusterSupplierFactory().name()).isEqualTo("inCluster");
    assertThat(new LocalKubectlProxyClusterSupplierFactory().name()).isEqualTo("localKubectlProxy");
  }
}
