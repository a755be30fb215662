package dev.followspot.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an engine says of itself holds no secret that it was given. */
class ShownSecretsTest {

  private static final String CONFIG =
      """
      backend:
        auth:
          externalAccess:
            - type: static
              options: { token: "${CANARY}", subject: portal }
      kubernetes:
        serviceLocatorMethod: { type: multiTenant }
        clusterLocatorMethods:
          - type: config
            clusters:
              - name: a
                url: https://a.example.com
                authProvider: serviceAccount
                serviceAccountToken: ${CANARY}
                proxyUrl: http://user:${CANARY}@proxy.example.com
      followspot:
        catalog: { url: "https://portal.example.com", token: "${CANARY}" }
      """;

  @Test
  void an_engine_of_a_configuration_shows_none() {
    AppConfig read =
        AppConfig.parse("app-config.yaml", CONFIG.replace("a.example", "canary.example"));
    Configuration configuration =
        AppConfig.parse("app-config.yaml", CONFIG).resolve(Map.of("CANARY", "canary-value"));
    try (Followspot followspot = Followspot.builder().configuration(configuration).build()) {
      assertThat(read.toString()).doesNotContain("canary");
      assertThat(configuration.toString()).doesNotContain("canary");
      assertThat(configuration.root().toString()).doesNotContain("canary");
      assertThat(followspot.describe()).doesNotContain("canary").contains("serviceAccount");
    }
  }

  @Test
  void an_engine_and_its_builder_made_in_code_show_none() {
    FollowspotBuilder builder =
        Followspot.builder()
            .cluster(
                Cluster.named("dev")
                    .url("https://dev.example.com")
                    .authProvider("serviceAccount")
                    .serviceAccountToken(Secret.of("canary-token")))
            .discovery(false);
    try (Followspot followspot = builder.build()) {
      assertThat(followspot.describe()).doesNotContain("canary");
    }
  }
}
