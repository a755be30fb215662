package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller gets of a response. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResponseTest {
  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();
  private Running running;
  private Caller caller;

  private void start(RestHandler handler) throws Exception {
    running =
        container.start(
            request -> {
              requests.add(request);
              return handler.handle(request);
            });
    caller = new Caller(running.port());
  }

  private void answer(RestResponse response) throws Exception {
    start(request -> CompletableFuture.completedFuture(response));
  }

  private Caller get(String... headers) throws IOException {
    return caller.head("GET /api/kubernetes/x?q=1 HTTP/1.1", headers);
  }

  @AfterEach
  void stop() throws Exception {
    if (caller != null) {
      caller.close();
    }
    running.close();
  }

  private static HttpBody bytes(String text, long length) {
    HttpBody body = HttpBody.of(text);
    return HttpBody.of(body.publisher(), length);
  }

  @Test
  void a_known_length_is_announced_and_repeated_headers_are_kept() throws Exception {
    answer(
        RestResponse.of(
            418,
            HttpHeaders.of("Content-Type", "application/json")
                .and("X-Twice", "a")
                .and("Warning", "299 - \"b\"")
                .and("X-Twice", "c")
                .and("Audit-Id", "7"),
            HttpBody.of("{}")));
    assertThat(get().head())
        .startsWith("HTTP/1.1 418")
        .containsIgnoringCase("\nContent-Length: 2\n")
        .containsSubsequence("X-Twice: a\n", "X-Twice: c\n")
        .contains(
            "\nContent-Type: application/json\n", "\nWarning: 299 - \"b\"\n", "\nAudit-Id: 7\n")
        .doesNotContainIgnoringCase("Transfer-Encoding", "Connection: close");
    assertThat(caller.text(2)).isEqualTo("{}");
    assertThat(get().head()).as("the next one on the connection").startsWith("HTTP/1.1 418");
  }

  @Test
  void date_and_server_of_the_handler_replace_those_of_the_container() throws Exception {
    String date = "Tue, 01 Jan 2030 00:00:00 GMT";
    answer(
        RestResponse.of(
            200, HttpHeaders.of("Date", date).and("Server", "cluster"), HttpBody.of("x")));
    assertThat(get().head())
        .containsOnlyOnce("Date: ")
        .containsOnlyOnce("Server: ")
        .contains("\nDate: " + date + "\n", "\nServer: cluster\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "application/vnd.kubernetes.protobuf;stream=watch",
        "application/octet-stream"
      })
  void the_content_type_says_what_the_handler_said(String type) throws Exception {
    answer(RestResponse.of(200, HttpHeaders.of("Content-Type", type), HttpBody.of("x")));
    assertThat(get().head().replace(" ", "").toLowerCase(java.util.Locale.ROOT))
        .contains("\ncontent-type:" + type.replace(" ", "") + "\n");
  }

  @Test
  void a_body_of_unknown_length_is_chunked_and_each_part_arrives_when_it_comes() throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    assertThat(get().head()).containsIgnoringCase("Transfer-Encoding: chunked");
    for (String line : new String[] {"{\"type\":\"ADDED\"}\n", "{\"type\":\"MODIFIED\"}\n", "x"}) {
      parts.send(line);
      assertThat(caller.chunk()).isEqualTo(line);
    }
    parts.complete();
    assertThat(caller.chunk()).isEmpty();
    assertThat(get().head()).as("the next one on the connection").startsWith("HTTP/1.1 ");
  }

  @Test
  void the_head_arrives_before_the_first_part_and_parts_are_asked_for_one_by_one()
      throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts, 6)));
    assertThat(get().head()).containsIgnoringCase("Content-Length: 6");
    parts.send("one");
    assertThat(caller.text(3)).isEqualTo("one");
    parts.send("two");
    parts.complete();
    assertThat(caller.text(3)).isEqualTo("two");
  }

  @Test
  void parts_that_are_there_at_once_are_not_sent_one_by_one() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(Many.of(10_000, "abc"))));
    get().head();
    int chunks = 0;
    StringBuilder text = new StringBuilder();
    for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
      text.append(chunk);
      chunks++;
    }
    assertThat(text).hasToString("abc".repeat(10_000));
    assertThat(chunks).isLessThan(100);
  }

  @Test
  void a_direct_or_read_only_buffer_is_sent_as_it_is() throws Exception {
    ByteBuffer direct =
        ByteBuffer.allocateDirect(5).put("hello".getBytes(StandardCharsets.UTF_8)).flip();
    answer(
        RestResponse.of(
            200, HttpHeaders.none(), HttpBody.of("x").map(part -> direct.asReadOnlyBuffer())));
    get().head();
    assertThat(caller.text(5)).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void a_status_without_a_body_discards_it(int status) throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(status, HttpHeaders.of("ETag", "\"1\""), HttpBody.of(parts)));
    assertThat(get().head())
        .startsWith("HTTP/1.1 " + status)
        .contains("ETag: \"1\"")
        .doesNotContainIgnoringCase("Transfer-Encoding", "Content-Length");
    parts.awaitCancelled();
    assertThat(get().head()).as("the next one on the connection").startsWith("HTTP/1.1 " + status);
  }

  @Test
  void the_answer_to_head_has_the_length_of_the_headers_and_no_body() throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.of("Content-Length", "4711"), HttpBody.of(parts)));
    caller.head("HEAD /api/kubernetes/x HTTP/1.1");
    assertThat(caller.head()).containsIgnoringCase("Content-Length: 4711\n");
    parts.awaitCancelled();
    caller.head("HEAD /api/kubernetes/x HTTP/1.1");
    assertThat(caller.head()).startsWith("HTTP/1.1 200");
  }

  @Test
  void what_has_not_changed_has_its_own_length_or_none() throws Exception {
    answer(RestResponse.of(304, HttpHeaders.of("Content-Length", "4711"), HttpBody.none()));
    for (int i = 0; i < 2; i++) {
      assertThat(get().head())
          .startsWith("HTTP/1.1 304")
          .doesNotContainIgnoringCase("Content-Length: 0", "Transfer-Encoding", "close");
    }
  }

  @Test
  void the_answer_to_head_does_not_claim_an_empty_body() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(new Parts())));
    caller.head("HEAD /api/kubernetes/x HTTP/1.1");
    assertThat(caller.head())
        .startsWith("HTTP/1.1 200")
        .doesNotContainIgnoringCase("Content-Length: 0");
    caller.head("HEAD /api/kubernetes/x HTTP/1.1");
    assertThat(caller.head()).startsWith("HTTP/1.1 200");
  }

  @Test
  void framing_headers_of_the_handler_do_not_count() throws Exception {
    answer(
        RestResponse.of(
            200,
            HttpHeaders.of("Content-Length", "99")
                .and("Transfer-Encoding", "gzip")
                .and("Connection", "X-Y"),
            HttpBody.of("abc")));
    assertThat(get().head())
        .containsIgnoringCase("Content-Length: 3\n")
        .doesNotContain("99", "gzip", "X-Y");
    assertThat(caller.text(3)).isEqualTo("abc");
  }

  @Test
  void an_empty_body_is_an_answer_too() throws Exception {
    answer(RestResponse.of(404, HttpHeaders.none(), HttpBody.none()));
    assertThat(get().head()).startsWith("HTTP/1.1 404").containsIgnoringCase("Content-Length: 0");
    assertThat(get().head()).startsWith("HTTP/1.1 404");
  }

  @Test
  void a_body_that_breaks_off_cuts_the_connection() throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    get().head();
    parts.send("half a line");
    assertThat(caller.chunk()).isEqualTo("half a line");
    parts.fail(new IOException("the cluster is gone"));
    assertThatThrownBy(caller::chunk).isInstanceOf(IOException.class);
  }

  @Test
  void what_came_before_a_body_breaks_off_arrives() throws Exception {
    start(
        request ->
            CompletableFuture.completedFuture(
                RestResponse.of(
                    200,
                    HttpHeaders.none(),
                    HttpBody.of(new BreakingOff(1 << 20, new IOException("gone"))))));
    assertThat(get().head()).startsWith("HTTP/1.1 200");
    int taken = 0;
    while (taken < 1 << 20) {
      taken += caller.chunk().length();
    }
    assertThatThrownBy(caller::chunk).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_that_breaks_off_before_its_first_part_cuts_the_connection_if_the_head_is_out()
      throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    get().head();
    parts.fail(new IOException("the cluster is gone"));
    assertThatThrownBy(caller::chunk).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_that_breaks_off_does_not_look_complete_where_the_connection_ends_anyway()
      throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    assertThat(get("Connection: close").head())
        .containsOnlyOnce("chunked")
        .containsIgnoringCase("Connection: close");
    parts.send("half a line");
    assertThat(caller.chunk()).isEqualTo("half a line");
    parts.fail(new IOException("the cluster is gone"));
    assertThatThrownBy(caller::chunk).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_that_breaks_off_does_not_look_complete_where_the_request_is_not_read()
      throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000000000").send("x");
    assertThat(caller.head()).contains("chunked").containsIgnoringCase("Connection: close");
    parts.send("half a line");
    assertThat(caller.chunk()).isEqualTo("half a line");
    parts.fail(new IOException("the cluster is gone"));
    assertThatThrownBy(caller::chunk).isInstanceOf(IOException.class);
  }

  @Test
  void a_whole_body_is_whole_where_the_connection_ends_anyway() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(Many.of(3, "abc"))));
    assertThat(get("Connection: close").head()).contains("chunked");
    StringBuilder text = new StringBuilder();
    for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
      text.append(chunk);
    }
    assertThat(text).hasToString("abcabcabc");
    assertThat(caller.rest()).isEmpty();
  }

  @Test
  void a_body_that_breaks_off_does_not_look_complete_to_http_1_0() throws Exception {
    Parts parts = new Parts();
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    assertThat(caller.head("GET /api/kubernetes/x?q=1 HTTP/1.0").head())
        .doesNotContainIgnoringCase("chunked");
    parts.send("half a line");
    assertThat(caller.text(11)).isEqualTo("half a line");
    parts.fail(new IOException("the cluster is gone"));
    if (container.watchesConnections()) {
      assertThatThrownBy(caller::rest).isInstanceOf(SocketException.class);
    } else {
      assertThat(caller.rest()).isEmpty();
    }
  }

  @Test
  void a_whole_body_is_whole_to_http_1_0() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(Many.of(3, "abc"))));
    caller.head("GET /api/kubernetes/x?q=1 HTTP/1.0").head();
    assertThat(caller.rest()).isEqualTo("abcabcabc");
  }

  @Test
  void a_body_that_is_shorter_than_announced_cuts_the_connection() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), bytes("abc", 10)));
    String answer = get().head();
    if (answer.startsWith("HTTP/1.1 200")) {
      assertThatThrownBy(() -> caller.text(10)).isInstanceOf(EOFException.class);
    } else {
      assertThat(answer).startsWith("HTTP/1.1 500");
    }
  }

  @Test
  void a_body_that_is_longer_than_announced_is_an_error() throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), bytes("abcdef", 3)));
    assertThat(get().head()).startsWith("HTTP/1.1 500");
  }

  @Test
  void a_body_that_fails_at_once_is_a_500_of_backstages_shape() throws Exception {
    answer(
        RestResponse.of(
            200,
            HttpHeaders.of("X-Secret", "1").and("Content-Type", "text/plain"),
            HttpBody.of(new Failing(new IOException("internal detail")))));
    String head = get().head();
    assertThat(head).startsWith("HTTP/1.1 500").doesNotContain("X-Secret", "text/plain");
    assertIsError(caller.text(length(head)));
  }

  @Test
  void a_handler_that_throws_is_a_500_of_backstages_shape() throws Exception {
    start(
        request -> {
          throw new IllegalStateException("internal detail");
        });
    String head = get().head();
    assertThat(head).startsWith("HTTP/1.1 500").containsIgnoringCase("application/json");
    assertIsError(caller.text(length(head)));
  }

  @Test
  void a_failed_stage_is_a_500_of_backstages_shape() throws Exception {
    start(
        request ->
            CompletableFuture.failedFuture(
                new CompletionException(new IllegalStateException("internal detail"))));
    String head = get().head();
    assertThat(head).startsWith("HTTP/1.1 500");
    assertIsError(caller.text(length(head)));
  }

  @Test
  void no_stage_and_no_response_are_a_500() throws Exception {
    start(
        request ->
            request.path().equals("/stage") ? null : CompletableFuture.completedFuture(null));
    for (String path : new String[] {"/stage", "/response"}) {
      try (Caller one = new Caller(running.port())) {
        assertThat(one.head("GET /api/kubernetes" + path + " HTTP/1.1").head())
            .startsWith("HTTP/1.1 500");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 199, 1000})
  void a_status_that_http_does_not_allow_is_a_500(int status) throws Exception {
    answer(RestResponse.of(status, HttpHeaders.none(), HttpBody.of("x")));
    String head = get().head();
    assertThat(head).startsWith("HTTP/1.1 500");
    assertIsError(caller.text(length(head)));
  }

  private static int length(String head) {
    return Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
  }

  private static void assertIsError(String body) {
    assertThat(body)
        .startsWith("{\"error\":{\"name\":\"Error\",\"message\":\"")
        .endsWith(
            "\"},\"request\":{\"method\":\"GET\",\"url\":\"/x?q=1\"},"
                + "\"response\":{\"statusCode\":500}}")
        .doesNotContain("internal detail", "Exception");
  }

  @Test
  void a_late_answer_of_another_thread_is_an_answer() throws Exception {
    CompletableFuture<RestResponse> late = new CompletableFuture<>();
    start(request -> late);
    get();
    assertThat(requests.poll(30, TimeUnit.SECONDS)).isNotNull();
    late.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of("late")));
    caller.head();
    assertThat(caller.text(4)).isEqualTo("late");
  }

  @Test
  void a_small_body_that_nobody_reads_does_not_harm_the_next_request() throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    for (int i = 0; i < 3; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000").send("x".repeat(1000));
      assertThat(caller.head())
          .startsWith("HTTP/1.1 401")
          .doesNotContainIgnoringCase("Connection: close");
      assertThat(caller.text(2)).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304, 401})
  void a_small_body_that_comes_after_the_answer_does_not_harm_the_next_request(int status)
      throws Exception {
    String told = status == 401 ? "no" : "";
    answer(RestResponse.of(status, HttpHeaders.none(), HttpBody.of(told)));
    for (int i = 0; i < 3; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 65536");
      assertThat(caller.head())
          .startsWith("HTTP/1.1 " + status)
          .doesNotContainIgnoringCase("Connection: close");
      assertThat(caller.text(told.length())).isEqualTo(told);
      caller.send("x".repeat(400)).send("x".repeat(65_136));
    }
  }

  @Test
  void a_small_body_is_read_away_for_the_next_request_also_if_the_handler_discards_it()
      throws Exception {
    start(
        request -> {
          request.body().discard();
          return CompletableFuture.completedFuture(
              RestResponse.of(200, HttpHeaders.none(), HttpBody.none()));
        });
    for (int i = 0; i < 3; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000");
      assertThat(caller.head()).doesNotContainIgnoringCase("Connection: close");
      caller.send("x".repeat(1000));
    }
  }

  @Test
  void whoever_begins_to_read_after_having_answered_gets_nothing_but_harms_nobody()
      throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    for (int i = 0; i < 3; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000");
      assertThat(caller.head()).doesNotContainIgnoringCase("Connection: close");
      assertThat(caller.text(2)).isEqualTo("no");
      Received late = new Received(true);
      nextRequest().body().publisher().subscribe(late);
      assertThatThrownBy(late.end::join).hasMessageContaining("has been answered");
      caller.send("x".repeat(1000));
    }
  }

  private RestRequest nextRequest() throws InterruptedException {
    return Objects.requireNonNull(requests.poll(30, TimeUnit.SECONDS), "no request came");
  }

  @Test
  void a_caller_that_leaves_instead_of_sending_a_body_that_nobody_reads_cancels_nothing()
      throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    for (int i = 0; i < 6; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000").send("x");
      assertThat(caller.head()).startsWith("HTTP/1.1 401");
      assertThat(caller.text(2)).isEqualTo("no");
      if (i % 2 == 0) {
        caller.reset();
      } else {
        caller.close();
      }
      caller = new Caller(running.port());
    }
    running.close();
    assertThat(requests).hasSize(6).noneMatch(request -> request.cancellation().isCancelled());
  }

  @Test
  void a_caller_that_never_sends_a_body_that_nobody_reads_loses_its_connection() throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000").send("x");
    assertThat(caller.head()).startsWith("HTTP/1.1 401");
    assertThat(caller.rest()).isEqualTo("no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Expect: 100-continue", "Connection: close"})
  void a_body_that_nobody_wants_is_not_read_away_where_the_caller_waits_or_leaves(String header)
      throws Exception {
    answer(RestResponse.of(200, HttpHeaders.none(), HttpBody.of("no")));
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000", header);
    String head = caller.head();
    if (head.startsWith("HTTP/1.1 100")) {
      head = caller.head(); // Tomcat asks for each body at once.
    }
    assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("Connection: close");
    assertThat(caller.rest()).isEqualTo("no");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_rest_of_a_body_that_is_read_in_part_is_not_taken_for_the_next_request(boolean stops)
      throws Exception {
    CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    start(request -> answer);
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000").send("x");
    Received received = new Received(false);
    nextRequest().body().publisher().subscribe(received);
    received.ask();
    assertThat(received.text(1)).isEqualTo("x");
    if (stops) {
      received.subscription.join().cancel();
    }
    answer.complete(RestResponse.of(403, HttpHeaders.none(), HttpBody.of("no")));
    assertThat(caller.head()).startsWith("HTTP/1.1 403").containsIgnoringCase("Connection: close");
    assertThat(caller.text(2)).isEqualTo("no");
    try {
      caller.head("GET /api/kubernetes/smuggled HTTP/1.1");
    } catch (SocketException e) {
      // The connection has ended already.
    }
    assertThat(caller.isEnded()).isTrue();
    assertThat(requests).isEmpty();
  }

  @Test
  void a_body_that_a_filter_has_read_does_not_hold_the_exchange() throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    for (int i = 0; i < 3; i++) {
      caller
          .head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 4", ReadingFilter.HEADER)
          .send("body");
      assertThat(caller.head()).startsWith("HTTP/1.1 401");
      assertThat(caller.text(2)).isEqualTo("no");
    }
  }

  @Test
  void a_handler_that_reads_what_a_filter_has_read_is_told() throws Exception {
    start(request -> new CompletableFuture<>());
    caller
        .head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 4", ReadingFilter.HEADER)
        .send("body");
    Received received = new Received(true);
    nextRequest().body().publisher().subscribe(received);
    assertThatThrownBy(received.end::join).hasMessageContaining("0 bytes instead of 4");
    assertThat(caller.head()).startsWith("HTTP/1.1 400");
  }

  @Test
  void an_answer_from_within_the_last_part_of_a_body_keeps_the_connection() throws Exception {
    start(
        request -> {
          CompletableFuture<RestResponse> answer = new CompletableFuture<>();
          RestResponse ok = RestResponse.of(200, HttpHeaders.none(), HttpBody.of("ok"));
          request.body().publisher().subscribe(new FirstPart(() -> answer.complete(ok)));
          return answer;
        });
    for (int i = 0; i < 3; i++) {
      caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 4").send("body");
      assertThat(caller.head())
          .startsWith("HTTP/1.1 200")
          .doesNotContainIgnoringCase("Connection: close");
      assertThat(caller.text(2)).isEqualTo("ok");
    }
  }

  @Test
  void a_chunked_body_that_is_read_to_its_end_keeps_the_connection() throws Exception {
    start(
        request -> {
          CompletableFuture<RestResponse> answer = new CompletableFuture<>();
          RestResponse ok = RestResponse.of(200, HttpHeaders.none(), HttpBody.of("ok"));
          request.body().publisher().subscribe(new Unwanted(() -> answer.complete(ok)));
          return answer;
        });
    for (int i = 0; i < 3; i++) {
      caller
          .head("POST /api/kubernetes/x HTTP/1.1", "Transfer-Encoding: chunked")
          .send("4\r\nbody\r\n0\r\n\r\n");
      assertThat(caller.head())
          .startsWith("HTTP/1.1 200")
          .doesNotContainIgnoringCase("Connection: close");
      assertThat(caller.text(2)).isEqualTo("ok");
    }
  }

  @Test
  void a_body_that_nobody_reads_ends_a_connection_of_HTTP_1_0() throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    caller.head(
        "POST /api/kubernetes/x HTTP/1.0", "Connection: keep-alive", "Content-Length: 1000");
    assertThat(caller.head()).doesNotContainIgnoringCase("Connection: keep-alive");
    assertThat(caller.rest()).isEqualTo("no");
  }

  @Test
  void an_answer_that_breaks_off_before_its_first_byte_announces_the_end_all_the_same()
      throws Exception {
    HttpBody broken = HttpBody.of(new BreakingOff(0, new IOException("the cluster went away")));
    answer(RestResponse.of(200, HttpHeaders.none(), broken));
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000");
    assertThat(caller.head()).startsWith("HTTP/1.1 500").containsIgnoringCase("Connection: close");
    assertThat(caller.rest()).contains("the log of the server says why");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 65537", "Transfer-Encoding: chunked"})
  void a_body_of_unknown_or_larger_size_that_nobody_reads_ends_the_connection(String header)
      throws Exception {
    answer(RestResponse.of(204, HttpHeaders.none(), HttpBody.none()));
    caller.head("POST /api/kubernetes/x HTTP/1.1", header);
    assertThat(caller.head()).startsWith("HTTP/1.1 204").containsIgnoringCase("Connection: close");
    assertThat(caller.isEnded()).isTrue();
  }

  @Test
  void a_large_body_that_nobody_reads_ends_the_connection_after_the_answer() throws Exception {
    answer(RestResponse.of(401, HttpHeaders.none(), HttpBody.of("no")));
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 1000000000").send("x");
    assertThat(caller.head()).startsWith("HTTP/1.1 401").containsIgnoringCase("Connection: close");
    assertThat(caller.text(2)).isEqualTo("no");
    assertThat(caller.isEnded()).isTrue();
  }

  @Test
  void without_support_for_asynchronous_processing_the_answer_names_the_cure() throws Exception {
    running =
        container.start(
            request -> CompletableFuture.failedFuture(new AssertionError("not asked")), false);
    caller = new Caller(running.port());
    String head = get().head();
    assertThat(head).startsWith("HTTP/1.1 500");
    assertThat(caller.text(length(head))).contains("async-supported=true", "'followspot'");
  }

  /** Says when something has come. */
  private record FirstPart(Runnable whenThere) implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer part) {
      whenThere.run();
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
