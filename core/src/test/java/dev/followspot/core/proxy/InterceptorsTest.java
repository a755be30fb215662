package dev.followspot.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.config.Configuration;
import dev.followspot.core.extension.Extensions;
import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyInterceptorContext;
import dev.followspot.spi.ProxyInterceptorFactory;
import dev.followspot.spi.ProxyRequest;
import dev.followspot.spi.ProxyResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What interceptors see, and what they may do. */
class InterceptorsTest {

  /** An interceptor with a name and a place. */
  private record Factory(String name, int order, UnaryOperator<ProxyInterceptor> wrap)
      implements ProxyInterceptorFactory {

    @Override
    public ProxyInterceptor create(ProxyInterceptorContext context) {
      return wrap.apply(context.delegate());
    }
  }

  /** A proxy with interceptors that are guarded as those of jars are. */
  private static Rig with(Factory... factories) {
    Rig rig = Rig.with("dev");
    Extensions extensions =
        Extensions.builder(Configuration.empty()).discovery(false).add(List.of(factories)).build();
    rig.interceptors = extensions::proxyInterceptor;
    return rig;
  }

  private static Rig with(UnaryOperator<ProxyInterceptor> wrap) {
    return with(new Factory("test", 0, wrap));
  }

  @Test
  void they_see_a_clean_request_and_no_credential_of_the_portal() throws Exception {
    AtomicReference<ProxyRequest> seen = new AtomicReference<>();
    try (Rig rig =
        with(
            next ->
                request -> {
                  seen.set(request);
                  return next.handle(request);
                })) {
      rig.answer(
          rig.request(
              "GET",
              "/proxy//api/v1/pods",
              "limit=1",
              Rig.headers(
                  "Authorization", "Bearer portal",
                  "Cookie", "a=b",
                  "Impersonate-User", "root",
                  "Backstage-Kubernetes-Authorization-google", "own",
                  "X-Custom", "yes"),
              HttpBody.none()));
      ProxyRequest request = seen.get();
      assertThat(request.cluster().name()).isEqualTo("dev");
      assertThat(request.path()).isEqualTo("/api/v1/pods");
      assertThat(request.query()).isEqualTo("limit=1");
      assertThat(request.headers().names()).containsExactly("x-custom");
      assertThat(request.context().caller()).isEqualTo(Rig.JANE);
      assertThat(request.context().auth().token("google")).isPresent();
      assertThat(rig.streams.request().credential()).isEqualTo(Rig.bearer("cluster-token"));
    }
  }

  @Test
  void several_wrap_each_other_in_order() throws Exception {
    UnaryOperator<ProxyInterceptor> inner = mark("inner");
    UnaryOperator<ProxyInterceptor> outer = mark("outer");
    try (Rig rig = with(new Factory("b", 2, outer), new Factory("a", 1, inner))) {
      RestResponse response = rig.get("/proxy/api");
      assertThat(rig.streams.request().headers().all("X-Way")).containsExactly("outer", "inner");
      assertThat(response.headers().all("X-Way-Back")).containsExactly("inner", "outer");
    }
  }

  private static UnaryOperator<ProxyInterceptor> mark(String name) {
    return next ->
        request ->
            next.handle(request.withHeaders(request.headers().and("X-Way", name)))
                .thenApply(
                    response -> response.withHeaders(response.headers().and("X-Way-Back", name)));
  }

  @Test
  void they_change_requests_also_to_act_as_the_caller() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(
                        request
                            .withTarget("/changed", "a=b")
                            .withBody(HttpBody.of("changed"))
                            .withHeaders(
                                HttpHeaders.of(
                                    "Impersonate-User", request.context().caller().name()))))) {
      rig.get("/proxy/api");
      assertThat(rig.streams.request().path()).isEqualTo("/changed");
      assertThat(rig.streams.request().query()).isEqualTo("a=b");
      assertThat(rig.streams.request().headers().first("Impersonate-User"))
          .hasValue("user:default/jane");
      assertThat(rig.streams.request().body().length()).hasValue(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../secrets", "/a/%2e%2e/b", "/a b", "/a\r\nX: y"})
  void they_cannot_leave_the_path_of_the_cluster_either(String path) throws Exception {
    try (Rig rig = with(next -> request -> next.handle(request.withTarget(path, "")))) {
      assertThat(rig.get("/proxy/api").status()).isEqualTo(500);
      assertThat(rig.streams.requests()).isEmpty();
    }
  }

  @Test
  void they_answer_by_themselves_and_the_body_of_the_request_is_given_up() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    CompletableFuture.completedFuture(
                        ProxyResponse.of(418, HttpHeaders.none(), HttpBody.of("teapot"))))) {
      Bytes upload = new Bytes();
      RestResponse response =
          rig.answer(rig.request("PUT", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(upload)));
      assertThat(response.status()).isEqualTo(418);
      assertThat(upload.cancelled).isCompleted();
      assertThat(Rig.text(response)).isEqualTo("teapot");
      assertThat(rig.streams.requests()).isEmpty();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void they_refuse_with_403_and_nothing_but_the_error() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    CompletableFuture.failedFuture(
                        new NotAllowedException("the portal deletes nothing")))) {
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(403);
      assertThat(Rig.text(response))
          .isEqualTo(
              "{\"error\":{\"name\":\"NotAllowedError\",\"message\":\"the portal deletes"
                  + " nothing\"}}");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.DENIED);
    }
  }

  @Test
  void they_may_ask_who_it_is() throws Exception {
    try (Rig rig =
        with(
            next ->
                request -> {
                  throw new AuthenticationException("who are you?");
                })) {
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(401);
      assertThat(Rig.text(response)).contains("who are you?");
    }
  }

  @Test
  void one_that_fails_refuses_its_request_and_nothing_else_and_its_message_stays_hidden()
      throws Exception {
    try (Rig rig =
        with(
            next ->
                request -> {
                  if (request.path().equals("/bad")) {
                    throw new IllegalStateException("Bearer secret");
                  }
                  return next.handle(request);
                })) {
      RestResponse response = rig.get("/proxy/bad");
      assertThat(response.status()).isEqualTo(500);
      assertThat(Rig.text(response))
          .contains("\"the proxy interceptor 'test' failed; the log of the backend says why\"")
          .doesNotContain("secret");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(rig.get("/proxy/good").status()).isEqualTo(200);
    }
  }

  @Test
  void null_is_a_failure() throws Exception {
    try (Rig noStage = with(next -> request -> null);
        Rig noResponse =
            with(next -> request -> CompletableFuture.completedFuture((ProxyResponse) null))) {
      assertThat(noStage.get("/proxy/api").status()).isEqualTo(500);
      assertThat(noResponse.get("/proxy/api").status()).isEqualTo(500);
    }
  }

  @Test
  void an_error_that_is_no_exception_is_a_failure_too() throws Exception {
    try (Rig rig =
        with(
            next ->
                request -> {
                  throw new NoClassDefFoundError("com/example/Missing");
                })) {
      assertThat(rig.get("/proxy/api").status()).isEqualTo(500);
    }
  }

  @Test
  void one_that_hangs_ends_in_time_and_when_the_caller_hangs_up() throws Exception {
    try (Rig rig = with(next -> request -> new CompletableFuture<>());
        Rig patient = with(next -> request -> new CompletableFuture<>())) {
      rig.timeout = Duration.ofMillis(50);
      assertThat(rig.get("/proxy/api").status()).isEqualTo(504);
      CompletableFuture<RestResponse> response =
          patient.ask(
              patient.request("GET", "/proxy/api", "", HttpHeaders.none(), HttpBody.none()));
      assertThat(response).isNotDone();
      patient.caller.cancel();
      assertThat(response).isCompleted();
      assertThat(patient.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  @Test
  void the_one_that_hangs_is_named_and_not_the_cluster() throws Exception {
    Factory passing = new Factory("passing", 2, next -> next);
    Factory hanging = new Factory("hanging", 1, next -> request -> new CompletableFuture<>());
    Factory afterwards =
        new Factory(
            "afterwards",
            1,
            next -> request -> next.handle(request).thenCompose(r -> new CompletableFuture<>()));
    for (Factory one : List.of(hanging, afterwards)) {
      try (Rig rig = with(passing, one)) {
        rig.timeout = Duration.ofMillis(50);
        RestResponse response = rig.get("/proxy/api");
        assertThat(response.status()).isEqualTo(504);
        assertThat(Rig.text(response))
            .contains("the proxy interceptor '" + one.name() + "' gave no answer within 50 ms")
            .doesNotContain("Cluster 'dev'", "passing");
        assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
      }
    }
  }

  @Test
  void a_cluster_that_hangs_below_them_is_named() throws Exception {
    try (Rig rig = with(mark("way"))) {
      rig.timeout = Duration.ofMillis(50);
      rig.streams.answer(request -> new CompletableFuture<>());
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(504);
      assertThat(Rig.text(response)).contains("Cluster 'dev' gave no answer within 50 ms");
    }
  }

  @Test
  void they_change_answers_while_these_stream() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(request)
                        .thenApply(
                            response ->
                                response.withBody(
                                    response
                                        .body()
                                        .map(
                                            part ->
                                                UTF_8.encode(
                                                    UTF_8
                                                        .decode(part)
                                                        .toString()
                                                        .toUpperCase(java.util.Locale.ROOT))))))) {
      Bytes answer = new Bytes();
      rig.streams.answer(new StreamResponse(200, HttpHeaders.none(), HttpBody.of(answer, 8), null));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.body().length()).isEmpty();
      Bytes.Taker taker = Bytes.Taker.of(response.body().publisher());
      answer.send("one\n");
      taker.await("ONE\n");
      answer.send("two\n");
      answer.complete();
      assertThat(taker.end.get(30, TimeUnit.SECONDS)).isEqualTo("ONE\nTWO\n");
    }
  }

  @Test
  void one_that_fails_in_the_middle_of_an_answer_breaks_it_off() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(request)
                        .thenApply(
                            response ->
                                response.withBody(
                                    response
                                        .body()
                                        .map(
                                            part -> {
                                              throw new IllegalStateException("oops");
                                            }))))) {
      Bytes answer = new Bytes();
      rig.streams.answer(new StreamResponse(200, HttpHeaders.none(), HttpBody.of(answer), null));
      Bytes.Taker taker = Bytes.Taker.of(rig.get("/proxy/api").body().publisher());
      answer.send("one\n");
      assertThat(taker.end).isCompletedExceptionally();
      assertThat(answer.cancelled).isCompleted();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void they_may_answer_when_the_cluster_is_down() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(request)
                        .exceptionally(
                            failure ->
                                ProxyResponse.of(200, HttpHeaders.none(), HttpBody.of("kept"))))) {
      rig.streams.answer(
          request ->
              CompletableFuture.failedFuture(
                  new ApiFailure(CellStatus.UNREACHABLE, "down", Duration.ZERO, null)));
      assertThat(Rig.text(rig.get("/proxy/api"))).isEqualTo("kept");
    }
  }

  @Test
  void a_failure_of_the_cluster_stays_one_on_its_way_through_them() throws Exception {
    try (Rig rig = with(mark("way"))) {
      rig.streams.answer(
          request ->
              CompletableFuture.failedFuture(
                  new ApiFailure(CellStatus.UNREACHABLE, "down", Duration.ZERO, null)));
      assertThat(rig.get("/proxy/api").status()).isEqualTo(502);
    }
  }

  @Test
  void an_answer_that_one_has_dropped_is_ended_with_the_request() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(request)
                        .thenApply(
                            dropped ->
                                ProxyResponse.of(200, HttpHeaders.none(), HttpBody.of("mine"))))) {
      rig.streams.answer(
          new StreamResponse(200, HttpHeaders.none(), HttpBody.of(new Bytes()), null));
      assertThat(Rig.text(rig.get("/proxy/api"))).isEqualTo("mine");
      rig.event();
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 199})
  void an_answer_that_is_none_is_500(int status) throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    CompletableFuture.completedFuture(
                        ProxyResponse.of(status, HttpHeaders.none(), HttpBody.none())))) {
      assertThat(rig.get("/proxy/api").status()).isEqualTo(500);
    }
  }

  @Test
  void a_body_that_was_read_already_is_500() throws Exception {
    try (Rig rig =
        with(
            next ->
                request ->
                    next.handle(request)
                        .thenApply(
                            response -> {
                              response.body().discard();
                              return response;
                            }))) {
      rig.streams.answer(
          new StreamResponse(200, HttpHeaders.none(), HttpBody.of(new Bytes()), null));
      assertThat(rig.get("/proxy/api").status()).isEqualTo(500);
    }
  }
}
