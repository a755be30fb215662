package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handler gets of a request. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestTest {
  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
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
    answer.complete(ok("late"));
    running.close();
  }

  private static RestResponse ok(String text) {
    return RestResponse.of(200, HttpHeaders.none(), HttpBody.of(text));
  }

  private RestRequest request() throws InterruptedException {
    RestRequest request = requests.poll(30, TimeUnit.SECONDS);
    assertThat(request).as("the request").isNotNull();
    return request;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/clusters",
        "/clusters/",
        "/a//b",
        "/a%2Fb",
        "/a%20b;x=1;y/c",
        "/%E2%82%AC/%7e",
        "/a/./b",
        "/a/x/../b",
        "/a+b/:c@d!$&'()*,=",
        "/proxy/api/v1/namespaces/x%2Fy/pods/"
      })
  void the_path_comes_as_the_caller_wrote_it(String path) throws Exception {
    caller.head("GET /api/kubernetes" + path + " HTTP/1.1");
    assertThat(request())
        .returns("/api/kubernetes", RestRequest::mountPoint)
        .returns(path, RestRequest::path)
        .returns("", RestRequest::query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/%6Bubernetes", "/%61pi/kubernetes", "/api/kubernetes;v=1"})
  void another_notation_of_the_mount_point_is_cut_off_too(String mountPoint) throws Exception {
    caller.head("GET " + mountPoint + "/clusters HTTP/1.1");
    assertThat(request())
        .returns(mountPoint, RestRequest::mountPoint)
        .returns("/clusters", RestRequest::path);
  }

  @Test
  void a_path_in_which_the_mount_point_is_not_to_be_found_is_refused() throws Exception {
    caller.head("GET /api/x/../kubernetes/clusters HTTP/1.1", "Connection: close");
    assertThat(caller.rest())
        .startsWith("HTTP/1.1 400")
        .contains("\"name\":\"InputError\"", "without dot segments");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=b&c=%20+d", "labelSelector=app%3Dx&watch=1", "?", "x=%zz", "a=%2F/&&="})
  void the_query_comes_as_the_caller_wrote_it(String query) throws Exception {
    caller.head("GET /api/kubernetes/clusters?" + query + " HTTP/1.1");
    assertThat(request().query()).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PATCH", "OPTIONS", "DELETE", "PROPFIND", "X-Y"})
  void every_method_reaches_the_handler(String method) throws Exception {
    caller.head(method + " /api/kubernetes/proxy/x HTTP/1.1");
    assertThat(request().method()).isEqualTo(method);
  }

  @Test
  void all_headers_come_with_repeats_in_order() throws Exception {
    caller.head(
        "GET /api/kubernetes/clusters HTTP/1.1",
        "X-First: 1",
        "X-Twice: a",
        "x-twice: b, c",
        "X-Empty:",
        "X-Latin: \u00e9",
        "Cookie: a=b",
        "Backstage-Kubernetes-Authorization: Bearer t");
    HttpHeaders headers = request().headers();
    assertThat(headers.names())
        .containsExactly(
            "host",
            "x-first",
            "x-twice",
            "x-empty",
            "x-latin",
            "cookie",
            "backstage-kubernetes-authorization");
    assertThat(headers.all("X-Twice")).containsExactly("a", "b, c");
    assertThat(headers.first("X-Empty")).contains("");
    assertThat(headers.first("X-Latin")).contains("\u00e9");
  }

  @Test
  void the_address_of_the_peer_is_told() throws Exception {
    caller.head("GET /api/kubernetes/clusters HTTP/1.1");
    assertThat(request().remoteAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void a_request_without_a_body_has_none() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 0");
    assertThat(request().body()).isSameAs(HttpBody.none());
  }

  @Test
  void a_body_of_known_length_has_that_length_and_can_be_read() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 11").send("hello world");
    HttpBody body = request().body();
    assertThat(body.length()).hasValue(11);
    assertThat(body.bytes(100).toCompletableFuture().get(30, TimeUnit.SECONDS))
        .asString()
        .isEqualTo("hello world");
  }

  @Test
  void a_chunked_body_has_no_length_and_its_parts_come_at_once() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Transfer-Encoding: chunked");
    HttpBody body = request().body();
    assertThat(body.length()).isEmpty();
    Received received = new Received(true);
    body.publisher().subscribe(received);
    caller.send("3\r\none\r\n");
    assertThat(received.text(3)).isEqualTo("one");
    caller.send("3\r\ntwo\r\n");
    assertThat(received.text(3)).isEqualTo("two");
    assertThat(received.end).isNotDone();
    caller.send("0\r\n\r\n");
    received.end.get(30, TimeUnit.SECONDS);
  }

  @Test
  void a_body_is_read_only_when_it_is_asked_for() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");
    RestRequest request = request();
    Received received = new Received(false);
    request.body().publisher().subscribe(received);
    caller.send("hello");
    received.ask();
    assertThat(received.text(1)).isNotEmpty();
    assertThat(request.cancellation().isCancelled()).isFalse();
  }

  @Test
  void a_body_that_breaks_off_ends_with_an_error() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Content-Length: 100").send("hello");
    RestRequest request = request();
    Received received = new Received(true);
    request.body().publisher().subscribe(received);
    assertThat(received.text(5)).isEqualTo("hello");
    caller.close();
    assertThatThrownBy(() -> received.end.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(received.end).isCompletedExceptionally();
  }

  @Test
  void a_chunked_body_that_breaks_off_ends_with_an_error() throws Exception {
    caller.head("POST /api/kubernetes/x HTTP/1.1", "Transfer-Encoding: chunked");
    RestRequest request = request();
    Received received = new Received(true);
    request.body().publisher().subscribe(received);
    caller.send("5\r\nhello\r\n");
    assertThat(received.text(5)).isEqualTo("hello");
    caller.close();
    assertThatThrownBy(() -> received.end.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(received.end).isCompletedExceptionally();
  }

  @Test
  void a_second_request_on_the_connection_is_answered_in_its_turn() throws Exception {
    caller
        .head("GET /api/kubernetes/1 HTTP/1.1")
        .head("GET /api/kubernetes/2 HTTP/1.1")
        .head("GET /api/kubernetes/3 HTTP/1.1");
    assertThat(request().path()).isEqualTo("/1");
    Thread.sleep(100);
    assertThat(requests).isEmpty();
    answer.complete(ok("one"));
    assertThat(caller.head()).contains("200");
    assertThat(caller.text(3)).isEqualTo("one");
    assertThat(request().path()).isEqualTo("/2");
    assertThat(request().path()).isEqualTo("/3");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 800, 2_000, 7_000})
  void requests_that_are_sent_while_one_waits_lose_nothing(int size) throws Exception {
    String head = "GET /api/kubernetes/%d HTTP/1.1\r\nHost: portal\r\nX-Pad: %s\r\n\r\n";
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      all.append(head.formatted(i, pad(i, size)));
    }
    caller.send(all.toString());
    RestRequest first = request();
    assertThat(first.path()).isEqualTo("/0");
    Thread.sleep(200); // So that a container that looks at the connection meanwhile sees them.
    answer.complete(ok("answer"));
    for (int i = 0; i < 40; i++) {
      RestRequest next = i == 0 ? first : request();
      assertThat(next.path()).isEqualTo("/" + i);
      assertThat(next.headers().first("X-Pad")).contains(pad(i, size));
      assertThat(caller.head()).startsWith("HTTP/1.1 200");
      assertThat(caller.text(6)).isEqualTo("answer");
    }
  }

  private static String pad(int number, int size) {
    return (number + "-").repeat(size).substring(0, size);
  }
}
