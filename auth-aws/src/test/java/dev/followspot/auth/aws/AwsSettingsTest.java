package dev.followspot.auth.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CredentialException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose credentials, and which region. */
class AwsSettingsTest {

  private static final Cluster CLUSTER = Fixtures.cluster("alpha", Map.of());

  private static String credentialScope(String settings, Map<String, String> environment) {
    AuthStrategy strategy = new AwsAuthFactory().create(Fixtures.context(settings, environment));
    return Fixtures.query(Fixtures.url(Fixtures.credential(strategy, CLUSTER)))
        .get("X-Amz-Credential")
        .replace("%2F20260304%2F", " ")
        .replace("%2Fsts%2Faws4_request", "");
  }

  @Test
  void keys_and_region_of_the_configuration_win() {
    String settings = "{ accessKeyId: OURS, secretAccessKey: canary, region: ap-south-1 }";
    assertThat(credentialScope(settings, Fixtures.KEYS)).isEqualTo("OURS ap-south-1");
    assertThat(credentialScope("{ region: ap-south-1 }", Fixtures.KEYS))
        .isEqualTo("AKIDEXAMPLE ap-south-1");
  }

  @Test
  void the_region_is_that_of_the_variables_or_us_east_1() {
    Map<String, String> keys =
        Map.of("AWS_ACCESS_KEY_ID", " A ", "AWS_SECRET_ACCESS_KEY", "b", "AWS_REGION", "");
    assertThat(credentialScope("{}", keys)).isEqualTo("A us-east-1");
    Map<String, String> other =
        Map.of(
            "AWS_ACCESS_KEY_ID", "A",
            "AWS_SECRET_ACCESS_KEY", "b",
            "AWS_DEFAULT_REGION", "eu-north-1");
    assertThat(credentialScope("{}", other)).isEqualTo("A eu-north-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com/", "EU-WEST-1", "eu west", "-", "a@b"})
  void what_is_no_region_is_a_mistake_of_the_configuration(String region) {
    assertThatThrownBy(() -> credentialScope("{ region: '" + region + "' }", Fixtures.KEYS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("app-config.yaml:1")
        .hasMessageContaining("followspot.auth.aws.region: '" + region + "' is no region");
    assertThatThrownBy(() -> credentialScope("{}", Map.of("AWS_REGION", region)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("AWS_REGION: '" + region + "' is no region");
  }

  @ParameterizedTest
  @CsvSource({
    "'{ accessKeyId: canary }', secretAccessKey",
    "'{ secretAccessKey: canary }', accessKeyId",
    "'{ sessionToken: canary }', accessKeyId",
    "'{ accessKeyId: canary, secretAccessKey: canary, profile: x }', profile",
  })
  void half_a_pair_of_keys_is_a_mistake_that_names_the_other_half(String settings, String key) {
    assertThatThrownBy(() -> credentialScope(settings, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("followspot.auth.aws." + key + ": is ")
        .message()
        .doesNotContain("canary");
  }

  @Test
  void without_credentials_the_failure_names_what_to_set() {
    assertThat(Fixtures.failure(Fixtures.strategy(Map.of()), CLUSTER))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("no AWS credentials found")
        .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        .hasMessageContaining("followspot.auth.aws.accessKeyId")
        .hasMessageContaining("AWS_PROFILE")
        .hasNoCause();
  }

  @Test
  void half_a_pair_of_variables_is_named_when_nothing_else_is_found() {
    assertThat(Fixtures.failure(Fixtures.strategy(Map.of("AWS_ACCESS_KEY_ID", "canary")), CLUSTER))
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY is missing")
        .message()
        .doesNotContain("canary");
  }

  @Test
  void a_profile_that_is_not_there_is_named() {
    AuthStrategy strategy =
        new AwsAuthFactory().create(Fixtures.context("{ profile: portal }", Fixtures.KEYS));
    assertThat(Fixtures.failure(strategy, CLUSTER))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("followspot.auth.aws.profile")
        .hasNoCause();
  }

  @Test
  void no_text_shows_a_key() {
    AwsSettings settings =
        AwsSettings.read(Fixtures.context("{}", Fixtures.KEYS).config(), Fixtures.KEYS);
    assertThat(settings.toString()).doesNotContain(Fixtures.SECRET, Fixtures.ID);
    Cluster cluster =
        Fixtures.cluster(
            "a", Map.of(EksCluster.ASSUME_ROLE, Fixtures.ROLE, EksCluster.EXTERNAL_ID, "canary"));
    assertThat(EksCluster.of(cluster).toString()).doesNotContain("canary", "arn:");
  }
}
