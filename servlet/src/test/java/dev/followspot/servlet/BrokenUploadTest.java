package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** Bodies that do not come as they should, of callers that are still there. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenUploadTest {
  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
  private final Received received = new Received(true);
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

  private RestRequest read() throws Exception {
    RestRequest request = requests.poll(30, TimeUnit.SECONDS);
    assertThat(request).as("the request").isNotNull();
    request.body().publisher().subscribe(received);
    return request;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void a_body_that_stalls_is_a_408_of_backstages_shape(String framing) throws Exception {
    caller.head("POST /api/kubernetes/x?q=1 HTTP/1.1", framing).send("5\r\nhello\r\n");
    RestRequest request = read();
    assertIsError(caller.rest(), 408, "RequestTimeoutError");
    assertEnded(request);
  }

  @Test
  void a_chunk_that_is_none_is_a_400_of_backstages_shape() throws Exception {
    assumeTrue(container == Container.JETTY, "Tomcat closes the connection without an answer");
    caller.head("POST /api/kubernetes/x?q=1 HTTP/1.1", "Transfer-Encoding: chunked");
    RestRequest request = read();
    caller.send("5\r\nhello\r\nnothing\r\n");
    assertIsError(caller.rest(), 400, "InputError");
    assertEnded(request);
  }

  @Test
  void the_answer_of_a_handler_that_takes_note_of_it_does_not_count() throws Exception {
    assumeTrue(container == Container.JETTY, "Tomcat closes the connection without an answer");
    caller.head("POST /api/kubernetes/x?q=1 HTTP/1.1", "Transfer-Encoding: chunked");
    Parts parts = new Parts();
    CompletableFuture<?> unused =
        received.end.whenComplete(
            (end, failure) ->
                answer.complete(RestResponse.of(502, HttpHeaders.none(), HttpBody.of(parts))));
    RestRequest request = read();
    caller.send("5\r\nhello\r\nnothing\r\n");
    assertIsError(caller.rest(), 400, "InputError");
    assertEnded(request);
    parts.awaitCancelled();
  }

  private static void assertIsError(String answer, int status, String name) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("\nConnection: close\r\n")
        .contains("{\"error\":{\"name\":\"" + name + "\",\"message\":\"")
        .endsWith(
            "\"},\"request\":{\"method\":\"POST\",\"url\":\"/x?q=1\"},"
                + "\"response\":{\"statusCode\":"
                + status
                + "}}");
  }

  private void assertEnded(RestRequest request) {
    assertThatThrownBy(() -> received.end.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(request.cancellation().isCancelled()).isTrue();
  }
}
