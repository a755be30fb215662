package dev.followspot.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.Caller;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.IncomingRequest;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who callers are and what they may do, as backend.auth and followspot.permissions say. */
class AccessTest {

  private static final String TWO =
      """
      auth:
        externalAccess:
          - { type: static, options: { token: first-token, subject: ci } }
          - { type: static, options: { token: second-token, subject: cd } }
      """;

  private static ConfigSection section(String yaml) {
    return AppConfig.parse("app-config.yaml", yaml).resolve(Map.of()).root();
  }

  private static BackendAuth auth(String yaml) {
    return BackendAuth.from(section(yaml));
  }

  private static HttpHeaders bearer(String token) {
    return HttpHeaders.of("Authorization", "Bearer " + token);
  }

  private static IncomingRequest request(HttpHeaders headers) {
    return new IncomingRequest("GET", "/clusters", headers, "");
  }

  private static Object caller(BackendAuth auth, HttpHeaders headers) {
    return auth.authenticator()
        .authenticate(request(headers))
        .handle((caller, failure) -> failure == null ? caller : failure)
        .toCompletableFuture()
        .join();
  }

  private static boolean allowed(ConfiguredPolicy policy, String caller, Permission permission) {
    return policy
        .isAllowed(
            new PermissionRequest(Caller.of(caller), permission, request(HttpHeaders.none())))
        .toCompletableFuture()
        .join();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer first-token, external:ci",
    "bearer second-token, external:cd",
    "BEARER    first-token, external:ci"
  })
  void a_static_token_names_its_subject(String header, String caller) {
    assertThat(caller(auth(TWO), HttpHeaders.of("Authorization", header)))
        .isEqualTo(Caller.of(caller));
  }

  @Test
  void no_token_is_missing_and_any_other_is_illegal() {
    assertThat(caller(auth(TWO), HttpHeaders.none()))
        .isInstanceOfSatisfying(
            AuthenticationException.class, e -> assertThat(e).hasMessage("Missing credentials"));
    List<String> wrong =
        List.of(
            "Bearer nonsense",
            "Bearer first-toke",
            "Bearer first-token ",
            "Bearer first-token,second-token",
            "Bearer first-token x",
            "Bearer FIRST-TOKEN",
            "Bearer",
            "Bearer ",
            "",
            "first-token",
            "Basic first-token",
            "Bearerfirst-token");
    for (String header : wrong) {
      Object outcome = caller(auth(TWO), HttpHeaders.of("Authorization", header));
      // White space at the end is no part of a header's value.
      if (header.equals("Bearer first-token ")) {
        assertThat(outcome).isEqualTo(Caller.of("external:ci"));
      } else {
        assertThat(outcome)
            .as(header)
            .isInstanceOfSatisfying(
                AuthenticationException.class, e -> assertThat(e).hasMessage("Illegal token"));
      }
    }
  }

  @Test
  void two_authorization_headers_are_illegal_whatever_they_hold() {
    assertThat(caller(auth(TWO), bearer("first-token").and("authorization", "Bearer first-token")))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void with_the_policy_disabled_everybody_is_anonymous_but_those_with_a_token() {
    BackendAuth open =
        auth(TWO.replace("auth:", "auth:\n  dangerouslyDisableDefaultAuthPolicy: true"));
    assertThat(caller(open, HttpHeaders.none())).isEqualTo(Caller.ANONYMOUS);
    assertThat(caller(open, bearer("a-token-of-the-portal"))).isEqualTo(Caller.ANONYMOUS);
    assertThat(caller(open, bearer("second-token"))).isEqualTo(Caller.of("external:cd"));
  }

  @Test
  void without_configuration_nobody_may_and_the_message_names_both_keys() {
    for (HttpHeaders headers : List.of(HttpHeaders.none(), bearer("something"))) {
      assertThat(caller(auth("{}"), headers))
          .isInstanceOfSatisfying(
              AuthenticationException.class,
              e ->
                  assertThat(e)
                      .hasMessageContaining("backend.auth.externalAccess")
                      .hasMessageContaining("backend.auth.dangerouslyDisableDefaultAuthPolicy"));
    }
  }

  /** Measures nothing: what is compared has one length, and is compared with every token. */
  @Test
  void tokens_are_compared_as_digests_of_one_length() {
    assertThat(StaticAccess.digest("a"))
        .hasSameSizeAs(StaticAccess.digest("a".repeat(10_000)))
        .isNotEqualTo(StaticAccess.digest("b"));
    List<String> tokens = new ArrayList<>();
    StringBuilder yaml = new StringBuilder("auth: { externalAccess: [");
    for (int i = 0; i < 50; i++) {
      tokens.add("token-number-" + i);
      yaml.append("{ type: static, options: { token: token-number-")
          .append(i)
          .append(", subject: s")
          .append(i)
          .append(" } },");
    }
    BackendAuth many = auth(yaml + "] }");
    for (int i = 0; i < 50; i++) {
      assertThat(caller(many, bearer(tokens.get(i)))).isEqualTo(Caller.of("external:s" + i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ type: jwks } | static is built in",
        "{ type: legacy, options: { secret: x } } | CallerAuthenticatorFactory",
        "{ options: { token: s3cr3t-canary, subject: a } } | type: is missing",
        "{ type: static } | options.token: is missing",
        "{ type: static, options: { token: s3cr3t, subject: a } } | at least 8 characters",
        "{ type: static, options: { token: 's3cr3t canary', subject: a } } | white space",
        "{ type: static, options: { token: \"s3cr3t\\ncanary\", subject: a } } | white space",
        "{ type: static, options: { token: s3cr3t-canary-ü, subject: a } } | no HTTP header",
        "{ type: static, options: { token: 12345678, subject: a } } | not shown",
        "{ type: static, options: { token: s3cr3t-canary } } | options.subject: is missing",
        "{ type: static, options: { token: s3cr3t-canary, subject: 'a b' } } | without white space",
        "{ type: static, options: { token: s3cr3t-canary, subject: a }, accessRestrictions: [] } | is empty",
        "{ type: static, options: { token: s3cr3t-canary, subject: a }, accessRestrictions: [{}] } | plugin: is missing",
        "{ type: static, options: { token: s3cr3t-canary, subject: a }, accessRestrictions: [{ plugin: kubernetes, permission: kubernetes.prox }] } | did you mean 'kubernetes.proxy'",
        "{ type: static, options: { token: s3cr3t-canary, subject: a }, accessRestrictions: [{ plugin: kubernetes, permissionAttribute: { action: look } }] } | create, read, update, delete",
        "{ type: static, options: { token: s3cr3t-canary, subject: a }, accessRestrictions: [{ plugin: kubernetes, permissionAttribute: { other: x } }] } | only action is known"
      })
  void a_mistake_names_its_key_and_never_shows_a_token(String entry, String message) {
    assertThatThrownBy(() -> auth("auth: { externalAccess: [" + entry + "] }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.externalAccess[0]")
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void every_mistake_is_told_at_once() {
    assertThatThrownBy(
            () ->
                auth(
                    """
                    auth:
                      dangerouslyDisableDefaultAuthPolicy: perhaps
                      externalAccess:
                        - { type: jwks }
                        - { type: static, options: { token: short, subject: 'a b' } }
                    """))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(4));
  }

  @Test
  void a_token_is_for_one_entry() {
    assertThatThrownBy(() -> auth(TWO.replace("second-token", "first-token")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("externalAccess[1].options.token")
        .hasMessageContaining("twice")
        .hasMessageNotContaining("first-token");
  }

  @Test
  void one_subject_with_two_limits_is_refused_since_nobody_could_tell_them_apart() {
    assertThatThrownBy(
            () ->
                auth(
                    """
                    auth:
                      externalAccess:
                        - { type: static, options: { token: first-token, subject: ci } }
                        - type: static
                          options: { token: second-token, subject: ci }
                          accessRestrictions: [ { plugin: kubernetes } ]
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a subject of its own");
  }

  private static BackendAuth restricted(String restrictions) {
    return auth(
        "auth: { externalAccess: [{ type: static, options: { token: first-token, subject: ci },"
            + " accessRestrictions: "
            + restrictions
            + " }] }");
  }

  @Test
  void a_token_for_other_plugins_is_refused() {
    assertThat(caller(restricted("[{ plugin: catalog }, { plugin: x }]"), bearer("first-token")))
        .isInstanceOfSatisfying(
            NotAllowedException.class,
            e ->
                assertThat(e)
                    .hasMessage("This token's access is restricted to plugin(s) 'catalog', 'x'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{ plugin: kubernetes }] | kubernetes.resources.read kubernetes.clusters.read kubernetes.proxy",
        "[{ plugin: catalog }, { plugin: kubernetes, permission: kubernetes.proxy }] | kubernetes.proxy",
        "[{ plugin: kubernetes, permission: 'kubernetes.proxy, kubernetes.clusters.read' }] | kubernetes.clusters.read kubernetes.proxy",
        "[{ plugin: kubernetes, permission: [kubernetes.clusters.read] }] | kubernetes.clusters.read",
        "[{ plugin: kubernetes, permissionAttribute: { action: read } }] | kubernetes.resources.read kubernetes.clusters.read",
        "[{ plugin: kubernetes, permissionAttribute: { action: [create, update] } }] | ''",
        "[{ plugin: kubernetes, permission: kubernetes.proxy, permissionAttribute: { action: read } }] | ''"
      })
  void a_token_may_be_limited_to_some_permissions(String restrictions, String expected) {
    BackendAuth auth = restricted(restrictions);
    assertThat(caller(auth, bearer("first-token"))).isEqualTo(Caller.of("external:ci"));
    ConfiguredPolicy policy = new ConfiguredPolicy(Set.of(), auth);
    List<String> allowed =
        Arrays.stream(Permission.values())
            .filter(permission -> allowed(policy, "external:ci", permission))
            .map(Permission::key)
            .toList();
    assertThat(String.join(" ", allowed)).isEqualTo(expected);
    assertThat(allowed(policy, "user:default/jane", Permission.PROXY)).isTrue();
  }

  @Test
  void what_the_configuration_denies_nobody_may() {
    Set<Permission> denied =
        ConfiguredPolicy.denied(section("deny: [kubernetes.proxy, kubernetes.proxy]"));
    ConfiguredPolicy policy = new ConfiguredPolicy(denied, BackendAuth.none());
    assertThat(allowed(policy, "x", Permission.PROXY)).isFalse();
    assertThat(allowed(policy, "x", Permission.RESOURCES_READ)).isTrue();
    assertThat(ConfiguredPolicy.denied(section("{}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.prox", "*", "Kubernetes.Proxy"})
  void an_unknown_permission_names_those_that_are_known(String name) {
    assertThatThrownBy(() -> ConfiguredPolicy.denied(section("deny: ['" + name + "']")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining(
            "kubernetes.resources.read, kubernetes.clusters.read, kubernetes.proxy");
  }

  @Test
  void an_audit_line_has_one_pair_for_each_thing_that_is_known() {
    AuditEvent event =
        new AuditEvent(
            Instant.parse("2026-01-02T03:04:05Z"),
            AuditEvent.Action.PROXY,
            Caller.of("external:ci"),
            "kubernetes.proxy",
            "GET",
            "/proxy/api/v1/pods",
            "alpha",
            AuditEvent.Outcome.COMPLETED,
            200,
            Duration.ofMillis(12));
    assertThat(AuditLog.line(event))
        .isEqualTo(
            "time=2026-01-02T03:04:05Z action=proxy outcome=completed caller=external:ci"
                + " permission=kubernetes.proxy method=GET path=/proxy/api/v1/pods"
                + " cluster=alpha status=200 millis=12");
  }

  @Test
  void what_callers_wrote_cannot_look_like_another_pair_or_line() {
    AuditEvent event =
        new AuditEvent(
            Instant.EPOCH,
            AuditEvent.Action.AUTHENTICATION,
            Caller.of("a\" outcome=allowed\nx"),
            "",
            "GET",
            "/x caller=\"admin\"\u001b[31m\r\n" + "y".repeat(5000),
            "",
            AuditEvent.Outcome.DENIED,
            401,
            Duration.ZERO);
    String line = AuditLog.line(event);
    assertThat(line)
        .contains("caller=\"a\\\" outcome=allowed\uFFFDx\"")
        .contains("path=\"/x caller=\\\"admin\\\"")
        .doesNotContain("\n", "\r", "\u001b")
        .hasSizeLessThan(1500);
  }

  @Test
  void nothing_shows_a_token() {
    BackendAuth auth = auth(TWO);
    assertThat(auth.toString() + auth.authenticator() + new ConfiguredPolicy(Set.of(), auth))
        .doesNotContain("first-token", "second-token")
        .contains("external:ci");
  }
}
