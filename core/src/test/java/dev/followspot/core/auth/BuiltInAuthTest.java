package dev.followspot.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInAuthTest {

  @TempDir private Path folder;

  private static AuthStrategy create(AuthStrategyFactory factory) {
    return factory.create(new TestContext(Map.of()));
  }

  private static Cluster cluster(UnaryOperator<Cluster.Builder> settings) {
    return settings
        .apply(Cluster.named("dev").url("https://dev.example.com").authProvider("x"))
        .build();
  }

  private static final Cluster PLAIN = cluster(c -> c);

  private static RequestContext with(Map<String, ?> auth) {
    return RequestContext.create().withAuth(RequestAuth.of(auth));
  }

  private static String ask(AuthStrategyFactory factory, Cluster cluster, RequestContext context) {
    return Outcome.of(create(factory).credential(cluster, context));
  }

  @Test
  void the_names_are_those_of_backstage() {
    assertThat(
            List.of(
                    new ServiceAccountAuthFactory(),
                    new GoogleAuthFactory(),
                    new AksAuthFactory(),
                    new OidcAuthFactory(),
                    new LocalKubectlProxyAuthFactory(),
                    new AnonymousAuthFactory(),
                    new ClientCertificateAuthFactory())
                .stream()
                .map(AuthStrategyFactory::name))
        .containsExactly(
            "serviceAccount",
            "google",
            "aks",
            "oidc",
            "localKubectlProxy",
            "anonymous",
            "clientCertificate");
  }

  @Test
  void google_and_aks_take_the_callers_own_token_and_no_others() {
    RequestContext context = with(Map.of("google", "g", "aks", "a", "oidc", Map.of("okta", "o")));
    assertThat(ask(new GoogleAuthFactory(), PLAIN, context)).isEqualTo("g");
    assertThat(ask(new AksAuthFactory(), PLAIN, context)).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({"google", "aks"})
  void a_missing_token_of_the_caller_is_a_failure_that_names_its_key(String provider) {
    AuthStrategyFactory factory =
        provider.equals("google") ? new GoogleAuthFactory() : new AksAuthFactory();
    for (RequestContext context :
        List.of(with(Map.of()), with(Map.of(provider, "")), with(Map.of("oidc", Map.of())))) {
      assertThat(ask(factory, PLAIN, context)).startsWith("auth." + provider + " is missing: ");
    }
  }

  @Test
  void a_token_that_no_header_can_hold_is_a_failure_that_does_not_show_it() {
    assertThat(ask(new GoogleAuthFactory(), PLAIN, with(Map.of("google", "s3 cret"))))
        .startsWith("auth.google cannot be used: ")
        .doesNotContain("cret");
  }

  @Test
  void strategies_of_the_callers_tokens_depend_on_the_caller_and_others_do_not() {
    assertThat(create(new GoogleAuthFactory()).dependsOnCaller()).isTrue();
    assertThat(create(new AksAuthFactory()).dependsOnCaller()).isTrue();
    assertThat(create(new OidcAuthFactory()).dependsOnCaller()).isTrue();
    assertThat(create(new AnonymousAuthFactory()).dependsOnCaller()).isFalse();
    assertThat(create(new LocalKubectlProxyAuthFactory()).dependsOnCaller()).isFalse();
    assertThat(create(new ClientCertificateAuthFactory()).dependsOnCaller()).isFalse();
  }

  @Test
  void oidc_takes_the_token_of_the_clusters_provider() {
    RequestContext context = with(Map.of("oidc", Map.of("okta", "o", "Other", "x")));
    assertThat(ask(new OidcAuthFactory(), cluster(c -> c.oidcTokenProvider("okta")), context))
        .isEqualTo("o");
    assertThat(ask(new OidcAuthFactory(), cluster(c -> c.oidcTokenProvider("Other")), context))
        .isEqualTo("x");
    assertThat(
            ask(
                new OidcAuthFactory(),
                cluster(
                    c ->
                        c.oidcTokenProvider("okta")
                            .authMetadata(Map.of("kubernetes.io/oidc-token-provider", "Other"))),
                context))
        .isEqualTo("x");
  }

  @Test
  void another_oidc_providers_token_is_not_taken() {
    assertThat(
            ask(
                new OidcAuthFactory(),
                cluster(c -> c.oidcTokenProvider("okta")),
                with(Map.of("oidc", Map.of("other", "x"), "okta", "y"))))
        .startsWith("auth.oidc.okta is missing: ");
  }

  @Test
  void oidc_without_a_provider_is_a_problem_of_the_cluster() {
    AuthStrategy oidc = create(new OidcAuthFactory());
    assertThat(oidc.problems(PLAIN)).singleElement().asString().startsWith("oidcTokenProvider is");
    assertThat(oidc.problems(cluster(c -> c.oidcTokenProvider("okta")))).isEmpty();
    assertThat(ask(new OidcAuthFactory(), PLAIN, with(Map.of("oidc", Map.of("okta", "o")))))
        .startsWith("oidcTokenProvider is missing; ");
  }

  @Test
  void local_kubectl_proxy_and_anonymous_send_nothing_whatever_there_is() {
    Cluster cluster = cluster(c -> c.serviceAccountToken(Secret.of("abc")));
    RequestContext context = with(Map.of("google", "g"));
    for (AuthStrategyFactory factory :
        List.of(new LocalKubectlProxyAuthFactory(), new AnonymousAuthFactory())) {
      assertThat(create(factory).credential(cluster, context).toCompletableFuture().join())
          .isEqualTo(Credential.none());
    }
  }

  private static Cluster withCertificate(
      @Nullable String certificate,
      @Nullable Path certificateFile,
      @Nullable String key,
      @Nullable Path keyFile) {
    return cluster(
        c ->
            c.tls(
                new ClusterTls(
                    false,
                    null,
                    null,
                    null,
                    certificate == null ? null : Secret.of(certificate),
                    certificateFile,
                    key == null ? null : Secret.of(key),
                    keyFile)));
  }

  private static String askCertificate(Cluster cluster) {
    return ask(new ClientCertificateAuthFactory(), cluster, with(Map.of()));
  }

  @Test
  void a_client_certificate_needs_no_credential_of_its_own() throws IOException {
    Path certificate = Files.createFile(folder.resolve("tls.crt"));
    Path key = Files.createFile(folder.resolve("tls.key"));
    assertThat(askCertificate(withCertificate("c", null, "k", null))).isEqualTo("no credential");
    assertThat(askCertificate(withCertificate(null, certificate, null, key)))
        .isEqualTo("no credential");
    assertThat(askCertificate(withCertificate("c", folder.resolve("x"), "k", folder.resolve("x"))))
        .as("data wins over files")
        .isEqualTo("no credential");
  }

  @Test
  void a_missing_half_of_a_client_certificate_is_named() {
    AuthStrategy strategy = create(new ClientCertificateAuthFactory());
    assertThat(strategy.problems(PLAIN)).hasSize(2);
    assertThat(askCertificate(PLAIN))
        .contains("the client certificate is missing")
        .contains("the key of the client certificate is missing");
    assertThat(askCertificate(withCertificate("c", null, null, null)))
        .startsWith("the key of the client certificate is missing");
    assertThat(askCertificate(withCertificate(null, null, "k", null)))
        .startsWith("the client certificate is missing");
  }

  @Test
  void a_file_of_a_client_certificate_that_cannot_be_read_is_named() {
    Path absent = folder.resolve("absent");
    assertThat(askCertificate(withCertificate(null, absent, "k", null)))
        .isEqualTo("the client certificate " + absent + " is no file that can be read");
    assertThat(askCertificate(withCertificate("c", null, null, folder)))
        .isEqualTo("the client key " + folder + " is no file that can be read");
  }
}
