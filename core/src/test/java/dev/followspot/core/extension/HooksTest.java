package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.http.ApiFailure;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuditSinkContext;
import dev.followspot.spi.AuditSinkFactory;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.CallerAuthenticatorContext;
import dev.followspot.spi.CallerAuthenticatorFactory;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.IncomingRequest;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionPolicyContext;
import dev.followspot.spi.PermissionPolicyFactory;
import dev.followspot.spi.PermissionRequest;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyInterceptorContext;
import dev.followspot.spi.ProxyInterceptorFactory;
import dev.followspot.spi.ProxyRequest;
import dev.followspot.spi.ProxyResponse;
import dev.followspot.spi.RequestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hooks of the HTTP routes: who wraps whom, and what a failing one does. */
class HooksTest {

  private static final IncomingRequest HEAD =
      new IncomingRequest("GET", "/clusters", HttpHeaders.none(), "");
  private static final PermissionRequest MAY =
      new PermissionRequest(Caller.ANONYMOUS, Permission.PROXY, HEAD);
  private static final PermissionPolicy ALLOW = request -> CompletableFuture.completedFuture(true);
  private static final CallerAuthenticator JANE =
      request -> CompletableFuture.completedFuture(Caller.of("user:default/jane"));
  private static final ProxyInterceptor OK =
      request ->
          CompletableFuture.completedFuture(
              ProxyResponse.of(200, HttpHeaders.none(), HttpBody.of("ok")));

  private record Proxy(
      String name, int order, Function<ProxyInterceptorContext, ProxyInterceptor> maker)
      implements ProxyInterceptorFactory {
    @Override
    public ProxyInterceptor create(ProxyInterceptorContext context) {
      return maker.apply(context);
    }
  }

  private record Authentication(
      String name, Function<CallerAuthenticatorContext, CallerAuthenticator> maker)
      implements CallerAuthenticatorFactory {
    @Override
    public CallerAuthenticator create(CallerAuthenticatorContext context) {
      return maker.apply(context);
    }
  }

  private record Policy(String name, Function<PermissionPolicyContext, PermissionPolicy> maker)
      implements PermissionPolicyFactory {
    @Override
    public PermissionPolicy create(PermissionPolicyContext context) {
      return maker.apply(context);
    }
  }

  private record Audit(String name, Function<AuditSinkContext, AuditSink> maker)
      implements AuditSinkFactory {
    @Override
    public AuditSink create(AuditSinkContext context) {
      return maker.apply(context);
    }
  }

  private static Extensions load(String yaml, ExtensionFactory... factories) {
    return Extensions.builder(Samples.config(yaml))
        .discovery(false)
        .add(List.of(factories))
        .build();
  }

  private static ProxyRequest request() {
    return new ProxyRequest(
        Samples.CLUSTER,
        "GET",
        "/api",
        "",
        HttpHeaders.none(),
        HttpBody.none(),
        "",
        RequestContext.create());
  }

  private static Throwable failure(CompletionStage<?> stage) {
    return stage.handle((value, thrown) -> Failures.unwrap(thrown)).toCompletableFuture().join();
  }

  private static AuditEvent event() {
    return new AuditEvent(
        Instant.EPOCH,
        AuditEvent.Action.PERMISSION,
        Caller.ANONYMOUS,
        "kubernetes.proxy",
        "GET",
        "/proxy/api",
        "",
        AuditEvent.Outcome.ALLOWED,
        0,
        Duration.ZERO);
  }

  @Test
  void interceptors_wrap_each_other_in_their_order_with_settings_of_their_own() {
    List<String> calls = new ArrayList<>();
    Function<ProxyInterceptorContext, ProxyInterceptor> maker =
        context -> {
          String mark = context.config().string("mark");
          ProxyInterceptor next = context.delegate();
          return request -> {
            calls.add(mark);
            return next.handle(request);
          };
        };
    try (Extensions extensions =
        load(
            "followspot: { proxy: { a: { mark: inner }, b: { mark: outer } } }",
            new Proxy("b", 2, maker),
            new Proxy("a", 1, maker))) {
      ProxyResponse response =
          extensions.proxyInterceptor(OK).handle(request()).toCompletableFuture().join();
      assertThat(response.status()).isEqualTo(200);
      assertThat(calls).containsExactly("outer", "inner");
    }
  }

  static List<RuntimeException> failures_that_are_answers() {
    return List.of(
        new NotAllowedException("the portal deletes nothing"),
        new AuthenticationException("Illegal token"),
        new ApiFailure(CellStatus.UNREACHABLE, "connection refused", Duration.ZERO, null));
  }

  @ParameterizedTest
  @MethodSource("failures_that_are_answers")
  void failures_that_are_answers_go_on_unchanged_through_every_layer(RuntimeException failure) {
    try (Extensions extensions =
        load(
            "",
            new Proxy("x", 0, ProxyInterceptorContext::delegate),
            new Authentication("x", CallerAuthenticatorContext::delegate),
            new Policy("x", PermissionPolicyContext::delegate))) {
      assertThat(
              failure(
                  extensions
                      .proxyInterceptor(r -> CompletableFuture.failedFuture(failure))
                      .handle(request())))
          .isSameAs(failure);
      assertThat(
              failure(
                  extensions
                      .callerAuthenticator(r -> CompletableFuture.failedFuture(failure))
                      .authenticate(HEAD)))
          .isSameAs(failure);
      PermissionPolicy throwing =
          r -> {
            throw failure;
          };
      assertThat(failure(extensions.permissionPolicy(throwing).isAllowed(MAY))).isSameAs(failure);
    }
  }

  @Test
  void a_failing_extension_fails_its_request_and_is_named() {
    try (Extensions extensions =
        load(
            "",
            new Proxy("x", 0, c -> r -> CompletableFuture.completedFuture(null)),
            new Authentication(
                "y",
                c ->
                    r -> {
                      throw new IllegalStateException("bad token s3cr3t-canary");
                    }),
            new Policy("z", c -> r -> null))) {
      assertThat(failure(extensions.proxyInterceptor(OK).handle(request())))
          .isInstanceOf(ExtensionException.class)
          .hasMessageContaining("the proxy interceptor 'x'");
      assertThat(failure(extensions.callerAuthenticator(JANE).authenticate(HEAD)))
          .isInstanceOf(ExtensionException.class)
          .hasMessageContaining("the caller authenticator 'y'")
          .hasMessageContaining("IllegalStateException")
          .hasMessageNotContaining("s3cr3t-canary");
      assertThat(failure(extensions.permissionPolicy(ALLOW).isAllowed(MAY)))
          .isInstanceOf(ExtensionException.class)
          .hasMessageContaining("the permission policy 'z'");
    }
  }

  @Test
  void a_failing_audit_sink_changes_nothing() {
    List<AuditEvent> recorded = new ArrayList<>();
    try (Extensions extensions =
        load(
            "",
            new Audit(
                "x",
                c ->
                    event -> {
                      c.delegate().record(event);
                      throw new StackOverflowError();
                    }))) {
      AuditSink sink = extensions.auditSink(recorded::add);
      assertThatCode(() -> sink.record(event())).doesNotThrowAnyException();
      assertThat(recorded).containsExactly(event());
    }
  }

  @Test
  void deny_is_a_setting_and_no_policy_can_be_called_so() {
    assertThatThrownBy(() -> load("", new Policy("deny", c -> ALLOW)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("followspot.permissions.deny is a setting");
    try (Extensions extensions =
        load(
            "followspot: { permissions: { deny: [kubernetes.proxy], mine: { a: b } } }",
            new Policy(
                "mine",
                c -> {
                  assertThat(c.config().string("a")).isEqualTo("b");
                  return c.delegate();
                }))) {
      assertThat(extensions.permissionPolicy(ALLOW).isAllowed(MAY).toCompletableFuture().join())
          .isTrue();
    }
  }

  @Test
  void what_a_policy_says_of_a_failure_is_not_shown_since_it_has_seen_the_token() {
    try (Extensions extensions =
        load(
            "",
            new Policy(
                "leaky",
                c ->
                    request -> {
                      throw new IllegalStateException("of Bearer canary");
                    }))) {
      assertThatThrownBy(
              () -> extensions.permissionPolicy(ALLOW).isAllowed(MAY).toCompletableFuture().join())
          .hasMessageContaining("'leaky'")
          .hasMessageContaining("IllegalStateException")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void a_policy_that_cannot_be_made_is_never_left_out_silently(@TempDir Path folder) {
    TestJars.jar("policy")
        .source(
            Samples.factory(
                "com.example.Broken",
                "PermissionPolicyFactory",
                "PermissionPolicy create(PermissionPolicyContext context)",
                "return \"strict\";",
                "",
                "throw new IllegalStateException(\"no rules\");"))
        .service(PermissionPolicyFactory.class, "com.example.Broken")
        .build(folder);
    try (Extensions extensions =
        Extensions.builder(Samples.config("")).pluginsDirectory(folder).build()) {
      assertThatThrownBy(() -> extensions.permissionPolicy(ALLOW))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'strict'")
          .hasMessageContaining("more might be allowed")
          .hasMessageContaining("followspot.extensions.permissions");
    }
    try (Extensions extensions =
        Extensions.builder(Samples.config("followspot: { extensions: { permissions: [] } }"))
            .pluginsDirectory(folder)
            .build()) {
      assertThat(extensions.permissionPolicy(ALLOW).isAllowed(MAY).toCompletableFuture().join())
          .isTrue();
    }
  }
}
