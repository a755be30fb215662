package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests stream, and how they end. */
class LifeOfProxiedRequestTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private final Bytes answer = new Bytes();

  private StreamResponse streaming() {
    return new StreamResponse(200, HttpHeaders.none(), HttpBody.of(answer), null);
  }

  private static RestRequest watch(Rig rig) {
    return rig.request(
        "GET", "/proxy/api/v1/pods", "watch=true", HttpHeaders.none(), HttpBody.none());
  }

  @Test
  void lines_come_one_by_one() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.answer(watch(rig)).body().publisher());
      answer.send("one\n");
      taker.await("one\n");
      answer.send("two\n");
      taker.await("two\n");
      assertThat(rig.events).isEmpty();
      answer.complete();
      assertThat(taker.end.get(30, TimeUnit.SECONDS)).isEqualTo("one\ntwo\n");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void an_answer_that_breaks_off_breaks_off_for_the_caller() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.get("/proxy/api").body().publisher());
      answer.send("half");
      answer.fail(new ApiFailure(CellStatus.UNREACHABLE, "cut", Duration.ZERO, null));
      assertThatThrownBy(() -> taker.end.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ApiFailure.class);
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void a_length_that_is_known_stays_known() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(new StreamResponse(200, HttpHeaders.none(), HttpBody.of(answer, 7), null));
      assertThat(rig.get("/proxy/api").body().length()).hasValue(7);
      rig.answer(
          rig.request(
              "PUT", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(new Bytes(), 1L << 31)));
      assertThat(rig.streams.request().body().length()).hasValue(1L << 31);
    }
  }

  // The caller hangs up.

  @Test
  void a_caller_that_takes_no_more_ends_the_request_on_the_cluster() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.answer(watch(rig)).body().publisher());
      taker.subscription.cancel();
      assertThat(answer.cancelled).isCompleted();
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_caller_that_hangs_up_during_the_answer_ends_it_at_once(boolean reads) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      RestResponse response = rig.answer(watch(rig));
      if (reads) {
        Bytes.Taker.of(response.body().publisher());
      }
      rig.caller.cancel();
      assertThat(answer.cancelled).isCompleted();
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void a_caller_that_hangs_up_before_the_answer_ends_it_and_gives_back_what_comes_late()
      throws Exception {
    try (Rig rig = Rig.with("dev")) {
      CompletableFuture<StreamResponse> late = new CompletableFuture<>();
      rig.streams.answer(request -> late);
      CompletableFuture<RestResponse> response = rig.ask(watch(rig));
      rig.caller.cancel();
      assertThat(response).isCompleted();
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
      late.complete(streaming());
      assertThat(answer.cancelled).isCompleted();
      assertThat(rig.events).isEmpty();
    }
  }

  @Test
  void a_caller_that_is_gone_already_reaches_nobody() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.caller.cancel();
      rig.get("/proxy/api");
      assertThat(rig.streams.requests()).isEmpty();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  // Time.

  @Test
  void a_cluster_that_does_not_answer_is_504() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.timeout = SHORT;
      rig.streams.answer(request -> new CompletableFuture<>());
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.status()).isEqualTo(504);
      assertThat(Rig.text(response))
          .contains("GatewayTimeoutError")
          .contains("Cluster 'dev' gave no answer within 50 ms")
          .contains("followspot.proxy.timeout")
          .contains("/api/kubernetes/proxy/api");
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
    }
  }

  @Test
  void an_answer_that_has_begun_may_be_silent_for_longer() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.timeout = SHORT;
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.answer(watch(rig)).body().publisher());
      Thread.sleep(4 * SHORT.toMillis());
      answer.send("late");
      taker.await("late");
      answer.complete();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void a_silent_log_may_begin_late() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.timeout = SHORT;
      CompletableFuture<StreamResponse> late = new CompletableFuture<>();
      rig.streams.answer(request -> late);
      CompletableFuture<RestResponse> response =
          rig.ask(
              rig.request(
                  "GET",
                  "/proxy/api/v1/namespaces/a/pods/b/log",
                  "follow=true",
                  HttpHeaders.none(),
                  HttpBody.none()));
      Thread.sleep(4 * SHORT.toMillis());
      assertThat(response).isNotDone();
      assertThat(rig.streams.request().context().deadline().isNever()).isTrue();
      late.complete(streaming());
      assertThat(response.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
  }

  @Test
  void the_time_of_an_upload_counts_from_its_last_part() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.timeout = Duration.ofSeconds(2);
      Bytes upload = new Bytes();
      AtomicReference<Bytes.Taker> cluster = new AtomicReference<>();
      rig.streams.answer(
          request -> {
            cluster.set(Bytes.Taker.of(request.body().publisher()));
            return new CompletableFuture<>();
          });
      CompletableFuture<RestResponse> response =
          rig.ask(rig.request("PUT", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(upload)));
      assertThat(rig.streams.request().context().deadline().isNever()).isTrue();
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4)) {
        upload.send(".");
        Thread.sleep(20);
      }
      upload.complete();
      assertThat(response).isNotDone();
      assertThat(response.get(30, TimeUnit.SECONDS).status()).isEqualTo(504);
      assertThat(cluster.get().text()).startsWith("....");
    }
  }

  @Test
  void a_caller_that_stops_in_the_middle_of_the_body_is_408() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.timeout = SHORT;
      Bytes upload = new Bytes();
      rig.streams.answer(
          request -> {
            Bytes.Taker.of(request.body().publisher());
            return new CompletableFuture<>();
          });
      RestResponse response =
          rig.answer(rig.request("PUT", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(upload)));
      assertThat(response.status()).isEqualTo(408);
      assertThat(rig.event().outcome()).isEqualTo(Outcome.DENIED);
    }
  }

  // The body of the request.

  @Test
  void a_body_that_nobody_reads_is_given_up() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      Bytes upload = new Bytes();
      RestResponse response =
          rig.answer(
              rig.request("PUT", "/proxy/a/../b", "", HttpHeaders.none(), HttpBody.of(upload)));
      assertThat(response.status()).isEqualTo(400);
      assertThat(upload.cancelled).isCompleted();
    }
  }

  @Test
  void a_body_that_breaks_off_is_the_callers_end() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      Bytes upload = new Bytes();
      rig.streams.answer(
          request ->
              Bytes.Taker.of(request.body().publisher())
                  .end
                  .handle(
                      (text, failure) -> {
                        throw new ApiFailure(
                            CellStatus.CANCELLED, "it broke off", Duration.ZERO, failure);
                      }));
      CompletableFuture<RestResponse> response =
          rig.ask(rig.request("PUT", "/proxy/api", "", HttpHeaders.none(), HttpBody.of(upload)));
      upload.fail(new java.io.EOFException());
      assertThat(response.get(30, TimeUnit.SECONDS).status()).isEqualTo(400);
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  // Upgrades.

  @Test
  void an_upgraded_connection_goes_both_ways_until_it_ends() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      AtomicReference<Publisher<ByteBuffer>> toCluster = new AtomicReference<>();
      rig.streams.answer(
          new StreamResponse(
              101,
              Rig.headers("Sec-WebSocket-Protocol", "v5.channel.k8s.io", "Set-Cookie", "a=b"),
              HttpBody.of(answer),
              toCluster::set));
      RestResponse response = rig.answer(exec(rig));
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.headers().names()).containsExactly("sec-websocket-protocol", "upgrade");
      assertThat(response.headers().first("Upgrade")).hasValue("websocket");
      Bytes fromCaller = new Bytes();
      response.tunnel().send(fromCaller);
      Bytes.Taker cluster = Bytes.Taker.of(toCluster.get());
      Bytes.Taker caller = Bytes.Taker.of(response.body().publisher());
      fromCaller.send("ping");
      cluster.await("ping");
      answer.send("pong");
      caller.await("pong");
      assertThat(rig.events).isEmpty();
      answer.complete();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(caller.end.get(30, TimeUnit.SECONDS)).isEqualTo("pong");
    }
  }

  @Test
  void a_caller_whose_side_of_a_tunnel_breaks_has_hung_up() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      AtomicReference<Publisher<ByteBuffer>> toCluster = new AtomicReference<>();
      rig.streams.answer(
          new StreamResponse(101, HttpHeaders.none(), HttpBody.of(answer), toCluster::set));
      RestResponse response = rig.answer(exec(rig));
      Bytes fromCaller = new Bytes();
      response.tunnel().send(fromCaller);
      Bytes.Taker.of(toCluster.get());
      Bytes.Taker.of(response.body().publisher());
      fromCaller.fail(new java.io.EOFException());
      answer.fail(new ApiFailure(CellStatus.CANCELLED, "cut", Duration.ZERO, null));
      assertThat(rig.event().outcome()).isEqualTo(Outcome.ABORTED);
    }
  }

  private static RestRequest exec(Rig rig) {
    return rig.request(
        "GET",
        "/proxy/api/v1/namespaces/a/pods/b/exec",
        "command=sh",
        Rig.headers("Connection", "Upgrade", "Upgrade", "foo, websocket"),
        HttpBody.none());
  }

  // The end of everything.

  @Test
  void a_watch_ends_as_if_complete_when_all_ends() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.answer(watch(rig)).body().publisher());
      answer.send("one\n");
      rig.proxy().close();
      assertThat(taker.end.get(30, TimeUnit.SECONDS)).isEqualTo("one\n");
      assertThat(answer.cancelled).isCompleted();
      assertThat(rig.event().outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void anything_else_breaks_off_when_all_ends() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(streaming());
      Bytes.Taker taker = Bytes.Taker.of(rig.get("/proxy/api").body().publisher());
      rig.proxy().close();
      assertThat(taker.end).isCompletedExceptionally();
      assertThat(answer.cancelled).isCompleted();
    }
  }

  @Test
  void who_waits_for_an_answer_gets_503_when_all_ends() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(request -> new CompletableFuture<>());
      CompletableFuture<RestResponse> response = rig.ask(watch(rig));
      rig.proxy().close();
      assertThat(response.get(30, TimeUnit.SECONDS).status()).isEqualTo(503);
      assertThat(rig.streams.request().context().cancellation().isCancelled()).isTrue();
    }
  }
}
