package dev.followspot.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets, and the values that hold them. */
class SecretsTest {

  private static final Secret TOKEN = Secret.of("s3cret");

  @Test
  void a_secret_is_never_printed() {
    assertThat(TOKEN).hasToString("***");
    assertThat(TOKEN.reveal()).isEqualTo("s3cret");
    assertThat(TOKEN).isEqualTo(Secret.of("s3cret")).hasSameHashCodeAs(Secret.of("s3cret"));
    assertThat(TOKEN).isNotEqualTo(Secret.of("s3cre")).isNotEqualTo("s3cret");
    assertThat(Secret.of(" \n").isBlank()).isTrue();
  }

  @Test
  void no_value_prints_the_secrets_that_it_holds() {
    ClusterTls tls =
        new ClusterTls(false, "s3cret", null, null, TOKEN, null, Secret.of("s3cret"), null);
    Cluster cluster =
        Cluster.named("dev")
            .url("https://dev")
            .authProvider("serviceAccount")
            .serviceAccountToken(TOKEN)
            .authMetadata(Map.of("token", "s3cret"))
            .tls(tls)
            .build();
    RequestAuth auth = RequestAuth.of(Map.of("google", "s3cret", "oidc", Map.of("a", "s3cret")));
    for (Object value :
        List.of(
            tls,
            cluster,
            auth,
            RequestContext.create().withAuth(auth),
            Credential.bearer(TOKEN, Instant.MAX),
            Credential.clientCertificate(TOKEN, TOKEN),
            new LocateRequest(
                Entity.component("a").build(), List.of(cluster), RequestContext.create()))) {
      assertThat(value.toString()).doesNotContain("s3cret");
    }
    assertThat(auth).hasToString("RequestAuth[google, oidc.a]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "s3cret\n", "a\r\nX: s3cret", "Bearer s3cret", "s3crét", "\0"})
  void a_bearer_token_that_no_header_can_hold_is_refused_and_not_shown(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credential.bearer(Secret.of(token)))
        .withMessageStartingWith("the bearer token ")
        .withMessageNotContaining("s3cr");
  }

  @Test
  void credentials_are_equal_if_they_are_the_same_to_an_api_server() {
    assertThat(Credential.bearer(TOKEN)).isEqualTo(Credential.bearer(Secret.of("s3cret")));
    assertThat(Credential.bearer(TOKEN)).isNotEqualTo(Credential.bearer(Secret.of("other")));
    assertThat(Credential.none()).isNotEqualTo(Credential.bearer(TOKEN));
    assertThat(Credential.none().bearerToken()).isEmpty();
  }

  @Test
  void the_callers_tokens_are_found_by_provider() {
    RequestAuth auth =
        RequestAuth.of(Map.of("google", "g", "oidc", Map.of("okta", "o", "my.idp", "m")))
            .with("aks", "a")
            .with(List.of("oidc", "Other"), "x");
    assertThat(auth.token("google")).contains(Secret.of("g"));
    assertThat(auth.token("oidc", "okta")).contains(Secret.of("o"));
    assertThat(auth.token("oidc", "my.idp")).contains(Secret.of("m"));
    assertThat(auth.token("oidc", "Other")).contains(Secret.of("x"));
    assertThat(auth.token("aks")).contains(Secret.of("a"));
    assertThat(auth.token("oidc")).isEmpty();
    assertThat(auth.token("google", "okta")).isEmpty();
    assertThat(RequestAuth.of(Map.of("google", " ")).token("google")).as("blank").isEmpty();
  }

  @Test
  void a_token_that_is_no_text_or_has_a_line_break_is_refused_by_its_key() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestAuth.of(Map.of("google", Map.of("a", 1))))
        .withMessage("auth.google.a is not a text; a token is expected");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestAuth.of(Map.of("google", "s3cret\r\nX-Injected: 1")))
        .withMessageStartingWith("auth.google holds a line break")
        .withMessageNotContaining("s3cret");
    assertThatIllegalArgumentException().isThrownBy(() -> RequestAuth.none().with(List.of(), "x"));
  }
}
