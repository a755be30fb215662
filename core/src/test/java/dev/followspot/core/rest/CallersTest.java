package dev.followspot.core.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.rest.Api.Answer;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditEvent.Action;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuditSinkContext;
import dev.followspot.spi.AuditSinkFactory;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.CallerAuthenticatorContext;
import dev.followspot.spi.CallerAuthenticatorFactory;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionPolicyContext;
import dev.followspot.spi.PermissionPolicyFactory;
import dev.followspot.spi.RequestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, in which order it is found out, and what the auditor hears of it. */
class CallersTest {

  private static final String TOKEN = "s3cr3t-canary";
  private static final HttpHeaders KNOWN = HttpHeaders.of("Authorization", "Bearer " + TOKEN);
  private static final Map<String, ?> TOKENS =
      Map.of(
          "externalAccess",
          List.of(Map.of("type", "static", "options", Map.of("token", TOKEN, "subject", "ci"))));

  private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private record Authentication(Function<CallerAuthenticator, CallerAuthenticator> maker)
      implements CallerAuthenticatorFactory {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public CallerAuthenticator create(CallerAuthenticatorContext context) {
      return maker.apply(context.delegate());
    }
  }

  private record Policy(Function<PermissionPolicy, PermissionPolicy> maker)
      implements PermissionPolicyFactory {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public PermissionPolicy create(PermissionPolicyContext context) {
      return maker.apply(context.delegate());
    }
  }

  private record Audit(List<AuditEvent> events) implements AuditSinkFactory {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public AuditSink create(AuditSinkContext context) {
      return event -> {
        events.add(event);
        context.delegate().record(event);
      };
    }
  }

  private FollowspotBuilder builder(Map<String, ?> auth, Map<String, ?> followspot) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("backend", Map.of("auth", auth));
    config.put("kubernetes", Map.of("objectTypes", List.of()));
    config.put("followspot", followspot);
    EntityCatalog catalog =
        new EntityCatalog() {
          @Override
          public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
            asked.add(context.caller().name() + " " + ref);
            return CompletableFuture.completedFuture(Optional.empty());
          }

          @Override
          public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
            return CompletableFuture.completedFuture(List.of());
          }
        };
    return Followspot.builder()
        .configuration(Configuration.of(config, Map.of()))
        .cluster(Cluster.named("a").url("https://127.0.0.1:1").authProvider("anonymous"))
        .catalog(catalog)
        .extension(new Audit(events))
        .discovery(false);
  }

  private static Answer send(Followspot followspot, String method, String path, HttpHeaders more) {
    HttpHeaders headers = more.and("Content-Type", "application/json");
    return new Api(followspot.backstageApi())
        .send(method, path, headers, HttpBody.of("{\"entityRef\":\"component:x\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /resources/workloads/query",
    "POST, /resources/custom/query",
    "POST, /services/x",
    "GET, /clusters",
    "GET, /proxy/api/v1/pods?a=b",
    "GET, /no/such/route"
  })
  void who_calls_is_asked_first_on_every_path(String method, String path) {
    try (Followspot followspot = builder(TOKENS, Map.of()).build()) {
      Answer missing = send(followspot, method, path, HttpHeaders.none());
      assertThat(missing.status()).isEqualTo(401);
      assertThat(missing.name()).isEqualTo("AuthenticationError");
      assertThat(missing.message()).isEqualTo("Missing credentials");
      assertThat(missing.json().get("request")).isEqualTo(Map.of("method", method, "url", path));
      Answer wrong =
          send(followspot, method, path, HttpHeaders.of("Authorization", "Bearer w0rng-s3cr3t"));
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.message()).isEqualTo("Illegal token");
      assertThat(wrong.text()).doesNotContain("w0rng-s3cr3t");
      assertThat(asked).isEmpty();
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.action()).isEqualTo(Action.AUTHENTICATION);
                assertThat(event.outcome()).isEqualTo(Outcome.DENIED);
                assertThat(event.caller()).isEqualTo(Caller.ANONYMOUS);
                assertThat(event.status()).isEqualTo(401);
                assertThat(event.path()).doesNotContain("?");
              })
          .hasSize(2);
    }
  }

  @Test
  void the_caller_goes_on_to_the_catalog_and_every_decision_to_the_auditor() {
    try (Followspot followspot = builder(TOKENS, Map.of()).build()) {
      send(followspot, "POST", "/resources/workloads/query", KNOWN);
    }
    assertThat(asked).containsExactly("external:ci component:default/x");
    assertThat(events)
        .extracting(AuditEvent::action, AuditEvent::outcome, AuditEvent::permission)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Action.AUTHENTICATION, Outcome.ALLOWED, ""),
            org.assertj.core.groups.Tuple.tuple(
                Action.PERMISSION, Outcome.ALLOWED, "kubernetes.resources.read"));
    assertThat(events.toString()).contains("external:ci").doesNotContain(TOKEN);
  }

  @Test
  void what_is_denied_is_denied_before_the_entity_is_looked_at() {
    Map<String, ?> deny =
        Map.of(
            "permissions",
            Map.of(
                "deny",
                List.of(
                    "kubernetes.resources.read", "kubernetes.clusters.read", "kubernetes.proxy")));
    try (Followspot followspot = builder(TOKENS, deny).build()) {
      assertThat(followspot.warnings()).isEmpty();
      for (String path :
          List.of("/resources/workloads/query", "/resources/custom/query", "/services/x")) {
        Answer answer = send(followspot, "POST", path, KNOWN);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.name()).isEqualTo("NotAllowedError");
        assertThat(answer.message()).isEqualTo("Unauthorized");
        assertThat(answer.json().get("response")).isEqualTo(Map.of("statusCode", 403));
      }
      assertThat(send(followspot, "GET", "/clusters", KNOWN).status()).isEqualTo(403);
      Answer proxy = send(followspot, "GET", "/proxy/api", KNOWN);
      assertThat(proxy.status()).isEqualTo(403);
      assertThat(proxy.text())
          .isEqualTo("{\"error\":{\"name\":\"NotAllowedError\",\"message\":\"Unauthorized\"}}");
      assertThat(asked).isEmpty();
      assertThat(events)
          .filteredOn(event -> event.action() == Action.PERMISSION)
          .hasSize(5)
          .allMatch(event -> event.outcome() == Outcome.DENIED && event.status() == 403);
    }
  }

  @Test
  void an_authenticator_recognises_what_is_its_own_and_leaves_the_rest_below() {
    CallerAuthenticatorFactory sessions =
        new Authentication(
            next ->
                request ->
                    request.headers().first("X-Session").isPresent()
                        ? CompletableFuture.completedFuture(Caller.of("user:default/jane"))
                        : next.authenticate(request));
    try (Followspot followspot = builder(TOKENS, Map.of()).extension(sessions).build()) {
      assertThat(send(followspot, "GET", "/clusters", KNOWN).status()).isEqualTo(200);
      assertThat(send(followspot, "GET", "/clusters", HttpHeaders.of("X-Session", "1")).status())
          .isEqualTo(200);
      assertThat(send(followspot, "GET", "/clusters", HttpHeaders.none()).status()).isEqualTo(401);
    }
    assertThat(events)
        .extracting(event -> event.caller().name())
        .contains("external:ci", "user:default/jane", "anonymous");
  }

  @Test
  void an_extension_that_fails_lets_nobody_in_and_its_texts_stay_in_the_log() {
    CallerAuthenticatorFactory broken =
        new Authentication(
            next ->
                request -> {
                  throw new IllegalStateException("cannot read " + TOKEN);
                });
    try (Followspot followspot = builder(TOKENS, Map.of()).extension(broken).build()) {
      Answer answer = send(followspot, "GET", "/clusters", KNOWN);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.message()).contains("authentication", "log");
      assertThat(answer.text()).doesNotContain(TOKEN);
    }
    for (Function<PermissionPolicy, PermissionPolicy> misdeed :
        List.<Function<PermissionPolicy, PermissionPolicy>>of(
            next -> request -> null,
            next -> request -> CompletableFuture.completedFuture(null),
            next ->
                request -> {
                  throw new NoClassDefFoundError("x");
                })) {
      try (Followspot followspot =
          builder(TOKENS, Map.of()).extension(new Policy(misdeed)).build()) {
        Answer answer = send(followspot, "GET", "/clusters", KNOWN);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.message()).contains("permission", "log");
      }
    }
    assertThat(events).extracting(AuditEvent::outcome).contains(Outcome.FAILED);
  }

  @Test
  void a_policy_may_say_why_it_refuses() {
    try (Followspot followspot =
        builder(TOKENS, Map.of())
            .extension(
                new Policy(
                    next ->
                        request ->
                            CompletableFuture.failedFuture(
                                new NotAllowedException("not at night"))))
            .build()) {
      Answer answer = send(followspot, "GET", "/clusters", KNOWN);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.message()).isEqualTo("not at night");
    }
  }

  @Test
  void an_authenticator_that_never_answers_is_given_up() {
    try (Followspot followspot =
        builder(TOKENS, Map.of("lookup", Map.of("timeout", "200ms")))
            .extension(new Authentication(next -> request -> new CompletableFuture<>()))
            .build()) {
      Answer answer = send(followspot, "GET", "/clusters", KNOWN);
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.message()).contains("followspot.lookup.timeout");
    }
  }

  @Test
  void a_request_that_waits_when_everything_ends_is_answered_with_503() {
    CompletableFuture<Caller> never = new CompletableFuture<>();
    Followspot followspot =
        builder(TOKENS, Map.of()).extension(new Authentication(next -> request -> never)).build();
    CompletableFuture<RestResponse> waiting =
        new Api(followspot.backstageApi())
            .start(Api.request("GET", "/clusters", KNOWN, HttpBody.none(), Cancellation.NEVER));
    assertThat(waiting).isNotDone();
    followspot.close();
    assertThat(Api.read(waiting).status()).isEqualTo(503);
    never.completeExceptionally(new AuthenticationException("too late"));
  }

  @Test
  void mistakes_of_backend_auth_matter_to_those_who_serve_routes() {
    Map<String, ?> jwks = Map.of("externalAccess", List.of(Map.of("type", "jwks")));
    try (Followspot followspot = builder(jwks, Map.of()).build()) {
      assertThat(followspot.clusters().toCompletableFuture().join().clusters()).hasSize(1);
      assertThatThrownBy(followspot::backstageApi)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("backend.auth.externalAccess[0].type")
          .hasMessageContaining("CallerAuthenticatorFactory");
    }
    assertThatThrownBy(
            () -> builder(jwks, Map.of("permissions", Map.of("deny", List.of("x")))).build())
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(2));
  }
}
