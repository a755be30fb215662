package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How callers are noticed that hang up. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangUpTest {
  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
  private final Parts parts = new Parts();
  private Running running;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    running =
        container.start(
            request -> {
              requests.add(request);
              return answer;
            });
    caller = new Caller(running.port());
  }

  @AfterEach
  void stop() throws Exception {
    caller.close();
    running.close();
  }

  private RestRequest request() throws InterruptedException {
    RestRequest request = requests.poll(30, TimeUnit.SECONDS);
    assertThat(request).as("the request").isNotNull();
    return request;
  }

  private void answerWithParts() {
    answer.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
  }

  private RestRequest watch() throws Exception {
    caller.head("GET /api/kubernetes/proxy/pods?watch=1 HTTP/1.1");
    RestRequest request = request();
    answerWithParts();
    caller.head();
    return request;
  }

  private static void awaitCancelled(RestRequest request) throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    request.cancellation().onCancel(cancelled::countDown);
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).as("cancelled").isTrue();
  }

  @Test
  void a_silent_watch_outlives_the_idle_timeout_of_the_container() throws Exception {
    RestRequest request = watch();
    Thread.sleep(Container.IDLE_MILLIS * 5L / 2); // Not just when the time is over again.
    assertThat(request.cancellation().isCancelled()).isFalse();
    parts.send("still here");
    assertThat(caller.chunk()).isEqualTo("still here");
    parts.complete();
    assertThat(caller.chunk()).isEmpty();
  }

  @Test
  void a_slow_answer_outlives_the_idle_timeout_of_the_container() throws Exception {
    caller.head("GET /api/kubernetes/x HTTP/1.1");
    request();
    Thread.sleep(Container.IDLE_MILLIS * 5L / 2); // Not just when the time is over again.
    answer.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of("late")));
    caller.head();
    assertThat(caller.text(4)).isEqualTo("late");
  }

  @Test
  void the_caller_of_a_silent_watch_is_noticed_at_once_where_the_connection_is_watched()
      throws Exception {
    assumeTrue(container.watchesConnections());
    RestRequest request = watch();
    parts.send("line");
    caller.chunk();
    caller.close();
    awaitCancelled(request);
    parts.awaitCancelled();
  }

  @Test
  void a_reset_of_a_silent_watch_is_noticed_at_once_where_the_connection_is_watched()
      throws Exception {
    assumeTrue(container.watchesConnections());
    RestRequest request = watch();
    caller.reset();
    awaitCancelled(request);
    parts.awaitCancelled();
  }

  @Test
  void the_caller_of_a_slow_look_up_is_noticed_at_once_where_the_connection_is_watched()
      throws Exception {
    assumeTrue(container.watchesConnections());
    caller.head("GET /api/kubernetes/x HTTP/1.1");
    RestRequest request = request();
    caller.close();
    awaitCancelled(request);
    answerWithParts();
    parts.awaitCancelled();
  }

  @Test
  void the_caller_of_a_slow_look_up_with_a_body_is_noticed_too() throws Exception {
    assumeTrue(container.watchesConnections());
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 2").send("{}");
    RestRequest request = request();
    assertThat(request.body().bytes(10).toCompletableFuture().get(30, TimeUnit.SECONDS)).hasSize(2);
    caller.close();
    awaitCancelled(request);
  }

  @Test
  void the_caller_is_noticed_after_an_early_second_request_was_answered() throws Exception {
    assumeTrue(container.watchesConnections());
    caller.head("GET /api/kubernetes/1 HTTP/1.1").head("GET /api/kubernetes/2 HTTP/1.1");
    request();
    answer.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of("x")));
    RestRequest second = request();
    assertThat(second.path()).isEqualTo("/2");
    caller.head();
    caller.text(1);
    caller.head();
  }

  @Test
  void a_caller_that_is_gone_is_noticed_with_the_parts_that_come_next() throws Exception {
    RestRequest request = watch();
    caller.reset();
    while (!parts.isCancelled()) {
      if (parts.isAsked()) {
        parts.send("a line");
      }
      Thread.sleep(10);
    }
    awaitCancelled(request);
  }

  @Test
  void a_caller_that_is_gone_is_noticed_while_it_does_not_take_a_large_body() throws Exception {
    caller.head("GET /api/kubernetes/x HTTP/1.1");
    RestRequest request = request();
    CountDownLatch cancelled = new CountDownLatch(1);
    answer.complete(
        RestResponse.of(
            200, HttpHeaders.none(), HttpBody.of(new Endless(64 * 1024, cancelled::countDown))));
    caller.head();
    Thread.sleep(300);
    assertThat(cancelled.getCount()).isEqualTo(1);
    caller.reset();
    awaitCancelled(request);
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_caller_that_breaks_off_its_body_is_noticed() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 100").send("hello");
    RestRequest request = request();
    Received received = new Received(true);
    request.body().publisher().subscribe(received);
    received.text(5);
    caller.close();
    assertThatThrownBy(() -> received.end.get(30, TimeUnit.SECONDS)).isNotNull();
    awaitCancelled(request);
    answerWithParts();
    parts.awaitCancelled();
  }

  @Test
  void an_answer_that_is_complete_cancels_nothing() throws Exception {
    caller.head("GET /api/kubernetes/x HTTP/1.1", "Connection: close");
    RestRequest request = request();
    answer.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of("x")));
    assertThat(caller.rest()).endsWith("x");
    caller.close();
    Thread.sleep(200);
    assertThat(request.cancellation().isCancelled()).isFalse();
  }

  @Test
  void a_stream_of_http_2_that_is_given_up_is_noticed_at_once_where_the_container_tells()
      throws Exception {
    assumeTrue(container.watchesConnections());
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest get =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + running.port() + "/api/kubernetes/a%2Fb?watch=1"))
            .build();
    answerWithParts();
    HttpResponse<java.io.InputStream> response =
        client.send(get, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    RestRequest request = request();
    assertThat(request.path()).isEqualTo("/a%2Fb");
    assertThat(request.body().isEmpty()).isTrue();
    parts.send("line");
    assertThat(response.body().readNBytes(4)).asString().isEqualTo("line");
    response.body().close();
    awaitCancelled(request);
    parts.awaitCancelled();
  }

  @Test
  void a_caller_of_http_2_that_is_gone_is_noticed_with_the_parts_that_come_next() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest get =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + running.port() + "/api/kubernetes/x"))
            .build();
    answerWithParts();
    HttpResponse<java.io.InputStream> response =
        client.send(get, HttpResponse.BodyHandlers.ofInputStream());
    RestRequest request = request();
    response.body().close();
    while (!parts.isCancelled()) {
      if (parts.isAsked()) {
        parts.send("a line");
      }
      Thread.sleep(10);
    }
    awaitCancelled(request);
  }

  @Test
  void a_caller_that_ends_its_direction_only_gets_no_success_that_is_none() throws Exception {
    assumeTrue(container.watchesConnections());
    caller.head("GET /api/kubernetes/x HTTP/1.1");
    RestRequest request = request();
    caller.socket.shutdownOutput();
    awaitCancelled(request);
    assertThat(caller.isEnded()).isTrue();
  }

  @Test
  void a_body_that_is_no_proper_one_gets_no_success() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Transfer-Encoding: chunked");
    RestRequest request = request();
    Received received = new Received(true);
    request.body().publisher().subscribe(received);
    caller.send("5\r\nhello\r\nnothing\r\n");
    assertThatThrownBy(() -> received.end.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(caller.rest()).doesNotStartWith("HTTP/1.1 2");
    awaitCancelled(request);
  }

  @Test
  void a_body_that_breaks_off_resets_the_stream_of_http_2() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest get =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + running.port() + "/api/kubernetes/x"))
            .build();
    answerWithParts();
    HttpResponse<java.io.InputStream> response =
        client.send(get, HttpResponse.BodyHandlers.ofInputStream());
    parts.send("line");
    assertThat(response.body().readNBytes(4)).asString().isEqualTo("line");
    parts.fail(new IOException("the cluster is gone"));
    assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
  }
}
