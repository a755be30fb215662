package dev.followspot.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.StreamRequest;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.Secret;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose credential a request goes with. */
class CredentialsOfProxyTest {

  private static final String AUTHORIZATION = "Backstage-Kubernetes-Authorization";
  private static final String PROTOCOL = "base64url.bearer.authorization.k8s.io.";

  @Test
  void the_strategy_of_the_cluster_makes_the_credential() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get("/proxy/api", "Authorization", "Bearer of-portal");
      assertThat(rig.streams.request().credential()).isEqualTo(Rig.bearer("cluster-token"));
      assertThat(rig.streams.request().headers().contains("Authorization")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer own", "Basic dTpw", "own"})
  void the_callers_own_authorization_goes_on_verbatim_and_wins(String own) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get("/proxy/api", "Authorization", "Bearer of-portal", AUTHORIZATION, own);
      assertThat(rig.streams.request().headers().all("Authorization")).containsExactly(own);
      assertThat(rig.streams.request().credential()).isEqualTo(Credential.none());
    }
  }

  @Test
  void a_caller_with_a_token_never_acts_with_the_portals_client_certificate() throws Exception {
    try (Rig rig = new Rig()) {
      rig.clusters.add(
          Cluster.named("dev")
              .url("https://dev.example.com")
              .authProvider("clientCertificate")
              .tls(
                  new ClusterTls(
                      false,
                      null,
                      null,
                      null,
                      Secret.of("certificate"),
                      null,
                      Secret.of("key"),
                      null))
              .build());
      rig.get("/proxy/api", AUTHORIZATION, "Bearer own");
      assertThat(rig.streams.request().cluster().tls().hasClientCertificate()).isFalse();
    }
  }

  @Test
  void an_empty_authorization_is_none() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get("/proxy/api", AUTHORIZATION, "");
      assertThat(rig.streams.request().credential()).isEqualTo(Rig.bearer("cluster-token"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AUTHORIZATION, AUTHORIZATION + "-google"})
  void a_token_that_is_there_twice_is_refused(String header) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      RestResponse response = rig.get("/proxy/api", header, "first-one", header, "second-one");
      assertThat(response.status()).isEqualTo(400);
      assertThat(Rig.text(response)).contains("several times").doesNotContain("-one");
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "google, google, ",
    "oidc-okta, oidc, okta",
    "oidc-my-okta-1, oidc, my-okta-1",
    "OIDC-Okta, oidc, okta"
  })
  void tokens_become_what_auth_is_in_a_body(String header, String provider, String name)
      throws Exception {
    RequestAuth auth = authOf(Rig.cluster("dev").authProvider("other"), header);
    Optional<Secret> token = name == null ? auth.token(provider) : auth.token(provider, name);
    assertThat(token).hasValue(Secret.of("user-token"));
  }

  @ParameterizedTest
  @CsvSource({
    "oidc-Okta, oidc, Okta",
    "oidc-okta, oidc, Okta",
    "oidc-my-okta, oidc, My-Okta",
    "myprovider-okta, myProvider, Okta"
  })
  void names_with_capitals_are_found_whatever_the_case_of_the_header(
      String header, String provider, String name) throws Exception {
    RequestAuth auth =
        authOf(Rig.cluster("dev").authProvider(provider).oidcTokenProvider(name), header);
    assertThat(auth.token(provider, name)).hasValue(Secret.of("user-token"));
  }

  @Test
  void a_provider_of_its_own_with_capitals_is_found_too() throws Exception {
    RequestAuth auth = authOf(Rig.cluster("dev").authProvider("myProvider"), "MyProvider");
    assertThat(auth.token("myProvider")).hasValue(Secret.of("user-token"));
  }

  private static RequestAuth authOf(dev.followspot.spi.Cluster.Builder cluster, String header)
      throws Exception {
    AtomicReference<RequestAuth> auth = new AtomicReference<>();
    try (Rig rig = Rig.with()) {
      rig.clusters.add(cluster.build());
      rig.credentials =
          (asked, context) -> {
            auth.set(context.auth());
            return Rig.source(Credential.none());
          };
      rig.get("/proxy/api", AUTHORIZATION + "-" + header, "user-token");
      assertThat(rig.streams.request().headers().names()).isEmpty();
    }
    return auth.get();
  }

  @Test
  void a_token_that_the_caller_has_to_bring_is_401_and_says_how() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.takesTokensOfCallers = true;
      rig.credentials =
          (cluster, context) -> Rig.failing(new CredentialException("auth.google is missing"));
      RestResponse response = rig.get("/proxy/api/v1/pods");
      assertThat(response.status()).isEqualTo(401);
      assertThat(Rig.text(response))
          .contains("\"name\":\"AuthenticationError\"")
          .contains("auth.google is missing")
          .contains("in header Backstage-Kubernetes-Authorization-test\"")
          .contains("\"url\":\"/proxy/api/v1/pods\"");
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  @Test
  void a_token_that_the_portal_lacks_is_not_the_callers_fault() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials =
          (cluster, context) -> Rig.failing(new CredentialException("the token file is not there"));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(500);
      assertThat(Rig.text(response)).contains("the token file is not there");
    }
  }

  @Test
  void other_failures_of_a_source_show_no_message() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials = (cluster, context) -> Rig.failing(new IllegalStateException("secret"));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(500);
      assertThat(Rig.text(response)).doesNotContain("secret").contains("IllegalStateException");
    }
  }

  @Test
  void aks_without_a_token_goes_on_without_credentials() throws Exception {
    try (Rig rig = Rig.with()) {
      rig.clusters.add(Rig.cluster("dev").authProvider("aks").build());
      rig.takesTokensOfCallers = true;
      rig.credentials =
          (cluster, context) -> Rig.failing(new CredentialException("auth.aks is missing"));
      assertThat(rig.get("/proxy/api").status()).isEqualTo(200);
      assertThat(rig.streams.request().credential()).isEqualTo(Credential.none());
      assertThat(rig.get("/proxy/api", AUTHORIZATION + "-aks", "not a token").status())
          .isEqualTo(401);
    }
  }

  // WebSockets of browsers.

  @Test
  void the_token_in_the_subprotocols_of_a_browser_is_the_callers_own() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get(
          "/proxy/exec", "Sec-WebSocket-Protocol", "v5.channel.k8s.io, " + protocol("own-token"));
      HttpHeaders sent = rig.streams.request().headers();
      assertThat(sent.all("Authorization")).containsExactly("Bearer own-token");
      assertThat(sent.all("Sec-WebSocket-Protocol")).containsExactly("v5.channel.k8s.io");
      assertThat(rig.streams.request().credential()).isEqualTo(Credential.none());
    }
  }

  @Test
  void the_header_wins_over_the_subprotocol_which_never_goes_on() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get(
          "/proxy/exec", "Sec-WebSocket-Protocol", protocol("other"), AUTHORIZATION, "Bearer own");
      HttpHeaders sent = rig.streams.request().headers();
      assertThat(sent.all("Authorization")).containsExactly("Bearer own");
      assertThat(sent.contains("Sec-WebSocket-Protocol")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "!!!", "YQBi", "YSBi", "_w", "YQ, base64url.bearer.authorization.k8s.io.Yg"})
  void a_subprotocol_that_is_no_token_is_refused(String encoded) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      assertThat(rig.get("/proxy/exec", "Sec-WebSocket-Protocol", PROTOCOL + encoded).status())
          .isEqualTo(400);
    }
  }

  private static String protocol(String token) {
    return PROTOCOL + Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8));
  }

  // 401.

  private static CompletableFuture<StreamResponse> knows(String token, StreamRequest request) {
    boolean known = request.credential().equals(Rig.bearer(token));
    return CompletableFuture.completedFuture(
        FakeStreams.response(known ? 200 : 401, known ? "fine" : "who are you"));
  }

  @Test
  void a_refused_credential_is_refreshed_once() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials = (cluster, context) -> Rig.source(Rig.bearer("old"), Rig.bearer("new"));
      rig.streams.answer(request -> knows("new", request));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(200);
      assertThat(Rig.text(response)).isEqualTo("fine");
      assertThat(rig.streams.requests()).hasSize(2);
    }
  }

  @Test
  void the_refusal_comes_through_if_there_is_no_other_credential() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(request -> knows("new", request));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(401);
      assertThat(Rig.text(response)).isEqualTo("who are you");
      assertThat(rig.streams.requests()).hasSize(1);
    }
  }

  @Test
  void there_is_no_third_try() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials =
          (cluster, context) ->
              Rig.source(Rig.bearer("old"), Rig.bearer("newer"), Rig.bearer("newest"));
      rig.streams.answer(request -> knows("newest", request));
      assertThat(rig.get("/proxy/api").status()).isEqualTo(401);
      assertThat(rig.streams.requests()).hasSize(2);
    }
  }

  @Test
  void a_body_that_cannot_be_read_again_is_not_sent_again() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials = (cluster, context) -> Rig.source(Rig.bearer("old"), Rig.bearer("new"));
      rig.streams.answer(request -> knows("new", request));
      RestResponse response =
          rig.answer(
              rig.request("POST", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(new Bytes())));
      assertThat(response.status()).isEqualTo(401);
      assertThat(rig.streams.requests()).hasSize(1);
    }
  }

  @Test
  void the_callers_own_token_is_not_replaced_after_a_refusal() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.credentials = (cluster, context) -> Rig.source(Rig.bearer("old"), Rig.bearer("new"));
      rig.streams.answer(request -> knows("new", request));
      assertThat(rig.get("/proxy/api", AUTHORIZATION, "Bearer own").status()).isEqualTo(401);
      assertThat(rig.streams.requests()).hasSize(1);
    }
  }
}
