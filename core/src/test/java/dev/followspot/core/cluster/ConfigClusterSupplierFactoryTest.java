package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigClusterSupplierFactoryTest {

  private static final String LEAST = "- {url: 'https://x', name: x, authProvider: aks, ";

  private static List<Cluster> clusters(TestContext context) {
    return new ConfigClusterSupplierFactory()
        .create(context)
        .clusters(RequestContext.create())
        .toCompletableFuture()
        .join();
  }

  private static List<Cluster> clusters(String yaml) {
    return clusters(TestContext.of(yaml));
  }

  private static Cluster cluster(String more) {
    return clusters("clusters:\n" + LEAST + more + "}").get(0);
  }

  private static String mistakes(String yaml) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> clusters(yaml));
    assertThat(thrown).as("a mistake in " + yaml).isNotNull();
    return String.valueOf(thrown.getMessage());
  }

  @Test
  void every_option_arrives(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("app-config.yaml");
    for (String certificate : List.of("ca.crt", "client.crt", "client.key")) {
      Files.createFile(folder.resolve(certificate));
    }
    Files.writeString(
        file,
        """
        clusters:
          - url: https://10.0.0.1:6443/gateway
            name: dev
            title: Development
            authProvider: serviceAccount
            skipTLSVerify: true
            caData: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==
            caFile: ca.crt
            tlsServerName: kubernetes
            proxyUrl: http://proxy:3128
            serviceAccountToken: t0k3n
            serviceAccountTokenFile: secrets/token
            oidcTokenProvider: okta
            clientCertificateFile: client.crt
            clientKeyFile: client.key
            authMetadata: {a: b}
            skipMetricsLookup: true
            customResources:
              - {group: argoproj.io, apiVersion: v1alpha1, plural: rollouts}
            objectTypes: [pods, services]
            apiVersionOverrides: {cronjobs: v1beta1}
            dashboardUrl: /k8s/dev
            dashboardApp: gke
            dashboardParameters: {projectId: p, region: r}
        """);
    Cluster dev = clusters(TestContext.of(file)).get(0);
    assertThat(dev.url()).hasToString("https://10.0.0.1:6443/gateway");
    assertThat(dev.title()).contains("Development");
    assertThat(dev.authProvider()).isEqualTo("serviceAccount");
    assertThat(dev.tls().skipVerify()).isTrue();
    assertThat(dev.tls().caData()).isEqualTo("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==");
    assertThat(dev.tls().caFile()).isEqualTo(folder.resolve("ca.crt"));
    assertThat(dev.tls().serverName()).isEqualTo("kubernetes");
    assertThat(dev.tls().clientCertificateFile()).isEqualTo(folder.resolve("client.crt"));
    assertThat(dev.tls().clientKeyFile()).isEqualTo(folder.resolve("client.key"));
    assertThat(dev.proxyUrl()).get().hasToString("http://proxy:3128");
    assertThat(dev.serviceAccountToken()).contains(Secret.of("t0k3n"));
    assertThat(dev.serviceAccountTokenFile()).contains(folder.resolve("secrets/token"));
    assertThat(dev.oidcTokenProvider()).contains("okta");
    assertThat(dev.authMetadata()).isEqualTo(Map.of("a", "b"));
    assertThat(dev.skipMetricsLookup()).isTrue();
    assertThat(dev.customResources())
        .contains(List.of(ResourceType.custom("argoproj.io", "v1alpha1", "rollouts")));
    assertThat(dev.objectTypes()).contains(List.of("pods", "services"));
    assertThat(dev.apiVersionOverrides()).isEqualTo(Map.of("cronjobs", "v1beta1"));
    assertThat(dev.dashboard().url()).isEqualTo("/k8s/dev");
    assertThat(dev.dashboard().app()).isEqualTo("gke");
    assertThat(dev.dashboard().parameters()).isEqualTo(Map.of("projectId", "p", "region", "r"));
    assertThat(dev.origin()).endsWith("app-config.yaml:2");
  }

  @Test
  void no_custom_resources_of_its_own_is_not_the_same_as_none_at_all() {
    assertThat(cluster("title: t").customResources()).isEmpty();
    assertThat(cluster("customResources: []").customResources()).contains(List.of());
  }

  @Test
  void auth_metadata_wins_over_the_single_keys() {
    Cluster cluster =
        cluster(
            "serviceAccountToken: single, oidcTokenProvider: single, authMetadata: {"
                + "kubernetes.io/auth-provider: oidc, kubernetes.io/oidc-token-provider: okta,"
                + " serviceAccountToken: meta}");
    assertThat(cluster.authProvider()).isEqualTo("oidc");
    assertThat(cluster.oidcTokenProvider()).contains("okta");
    assertThat(cluster.serviceAccountToken()).contains(Secret.of("meta"));
    assertThat(
            clusters(
                    "clusters: [{url: 'https://x', name: x, authMetadata:"
                        + " {kubernetes.io/auth-provider: aks}}]")
                .get(0)
                .authProvider())
        .isEqualTo("aks");
  }

  @Test
  void the_keys_for_roles_at_aws_are_metadata_as_in_backstage() {
    String keys = "assumeRole: 'arn:aws:iam::123456789012:role/reads', externalId: portal";
    assertThat(cluster(keys).authMetadata())
        .containsEntry("kubernetes.io/aws-assume-role", "arn:aws:iam::123456789012:role/reads")
        .containsEntry("kubernetes.io/aws-external-id", "portal");
    String metadata = "authMetadata: {kubernetes.io/aws-external-id: wins}";
    assertThat(cluster(keys + ", " + metadata).authMetadata())
        .containsEntry("kubernetes.io/aws-assume-role", "arn:aws:iam::123456789012:role/reads")
        .containsEntry("kubernetes.io/aws-external-id", "wins");
  }

  @Test
  void no_clusters_are_no_mistake() {
    assertThat(clusters("type: config")).isEmpty();
  }

  @Test
  void all_mistakes_of_all_clusters_come_at_once_with_their_places() {
    assertThat(
            mistakes(
                    """
                    clusters:
                    - name: a
                      url: ftp://a
                      authProvider: oidc
                    - url: https://me:pw@b
                      name: 5
                      skipTLSVerify: perhaps
                      customResources: [{group: g}]
                    - {url: https://c, name: a, authProvider: aks, dashboardParameters: 5}
                    """)
                .lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("app-config.yaml:3 clusters[0].url: "),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:2 clusters[0].oidcTokenProvider: is missing"),
            line -> assertThat(line).startsWith("app-config.yaml:6 clusters[1].name: "),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:5 clusters[1].url: has a user name or password")
                    .doesNotContain("pw@"),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:5 clusters[1].authProvider: is missing"),
            line -> assertThat(line).startsWith("app-config.yaml:7 clusters[1].skipTLSVerify: "),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:8 clusters[1].customResources[0].apiVersion: "),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:8 clusters[1].customResources[0].plural: "),
            line ->
                assertThat(line).startsWith("app-config.yaml:9 clusters[2].dashboardParameters: "),
            line ->
                assertThat(line)
                    .startsWith("app-config.yaml:9 clusters[2].name: is 'a'")
                    .contains("app-config.yaml:2"));
  }

  @Test
  void certificates_that_are_none_are_mistakes_that_do_not_show_them() {
    assertThat(
            mistakes(
                "clusters:\n"
                    + LEAST
                    + "caData: 'h*dden', clientCertificateData: 'h*dden', clientKeyData: 'h*dden'}"))
        .contains("[0].caData: ", "[0].clientCertificateData: ", "[0].clientKeyData: ")
        .contains("neither PEM")
        .doesNotContain("h*dden");
    assertThat(cluster("caData: \"-----BEGIN CERTIFICATE-----\\n\"").tls().caData()).isNotEmpty();
    assertThat(cluster("caData: \"LS0tLS1CRUdJTiBD\\nRVJUSUZJQ0FURS0tLS0tCg==\\n\"").tls().caData())
        .isNotEmpty();
  }

  @Test
  void a_client_certificate_needs_its_key_and_the_other_way_round() {
    assertThat(mistakes("clusters:\n" + LEAST + "clientCertificateFile: /c}"))
        .contains("clientKeyFile: is missing");
    assertThat(
            mistakes(
                "clusters:\n" + LEAST + "clientKeyData: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==}"))
        .contains("clientCertificateFile: is missing");
  }

  @Test
  void certificate_files_that_are_missing_are_mistakes() {
    assertThat(
            mistakes(
                "clusters:\n"
                    + LEAST
                    + "caFile: /no/ca, clientCertificateFile: /no/crt, clientKeyFile: /no/key}"))
        .contains("[0].caFile: is '/no/ca', which does not exist")
        .contains("[0].clientCertificateFile: is '/no/crt'", "[0].clientKeyFile: is '/no/key'");
  }

  @Test
  void an_authority_that_nothing_is_checked_with_may_be_anything() {
    assertThat(cluster("skipTLSVerify: true, caData: c2VjcmV0").tls().skipVerify()).isTrue();
  }

  @Test
  void blank_texts_are_mistakes() {
    assertThat(mistakes("clusters: [{url: 'https://x', name: ' ', authProvider: ' '}]"))
        .contains("clusters[0].name: is blank", "clusters[0].authProvider: ");
  }
}
