package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRequestsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
  private final List<RestRequest> passedOn = new ArrayList<>();
  private final OpenRequests requests =
      new OpenRequests(
          request -> {
            passedOn.add(request);
            return answer;
          });

  private static RestRequest request(String query, Cancellation cancellation) {
    return new RestRequest(
        "GET",
        "/api/kubernetes",
        "/proxy/api/v1/pods",
        query,
        HttpHeaders.none(),
        HttpBody.none(),
        "",
        cancellation);
  }

  @ParameterizedTest
  @CsvSource({
    "watch=true, true",
    "watch=1, true",
    "watch, true",
    "watch=, true",
    "a=b&watch=true&c=d, true",
    "follow=true, true",
    "watch=false, false",
    "watch=False&a=b, false",
    "watch=0, false",
    "follow=0&watch=1, true",
    "unwatch=true, false",
    "watchful=true, false",
    "labelSelector=watch%3Dtrue, false",
    "'', false",
  })
  void knows_what_has_no_end(String query, boolean endless) {
    assertThat(OpenRequests.isEndless(request(query, Cancellation.NEVER))).isEqualTo(endless);
  }

  @Test
  void passes_a_response_on_and_forgets_it_when_it_is_over() {
    var response = requests.handle(request("", Cancellation.NEVER)).toCompletableFuture();
    assertThat(requests.count()).isEqualTo(1);
    answer.complete(RestResponse.of(200, HttpHeaders.of("A", "b"), HttpBody.of("text")));

    HttpBody body = response.join().body();
    assertThat(requests.count()).isEqualTo(1);
    assertThat(body.length()).hasValue(4);
    assertThat(body.bytes(10).toCompletableFuture().join()).asString().isEqualTo("text");
    assertThat(response.join().headers().first("A")).hasValue("b");
    assertThat(requests.count()).isZero();
  }

  @Test
  void forgets_a_response_without_a_body() {
    requests.handle(request("", Cancellation.NEVER));
    answer.complete(RestResponse.of(204, HttpHeaders.none(), HttpBody.none()));
    assertThat(requests.count()).isZero();
  }

  @Test
  void a_hang_up_reaches_the_handler() {
    CancellationSource caller = new CancellationSource();
    requests.handle(request("", caller.token()));
    assertThat(passedOn.get(0).cancellation().isCancelled()).isFalse();
    caller.cancel();
    assertThat(passedOn.get(0).cancellation().isCancelled()).isTrue();
  }

  @Test
  void ends_a_watch_as_if_it_were_complete() {
    try (SubmissionPublisher<ByteBuffer> parts = new SubmissionPublisher<>(Runnable::run, 8)) {
      var watched = receive("watch=true", parts);
      requests.endEndless();
      assertThat(watched).succeedsWithin(PATIENCE).isEqualTo(new byte[] {'a'});
      assertThat(requests.count()).isZero();
    }
  }

  @Test
  void lets_a_download_go_on_for_a_while_and_then_breaks_it_off() {
    try (SubmissionPublisher<ByteBuffer> parts = new SubmissionPublisher<>(Runnable::run, 8)) {
      var loaded = receive("", parts);
      requests.endEndless();
      assertThat(loaded).isNotDone();
      requests.endAll();
      assertThat(loaded).failsWithin(PATIENCE);
      assertThat(requests.count()).isZero();
    }
  }

  @Test
  void a_body_that_cannot_be_read_is_a_failure_and_no_silence() {
    HttpBody body = HttpBody.of(new SubmissionPublisher<>());
    body.discard();
    var response = requests.handle(request("", Cancellation.NEVER)).toCompletableFuture();
    answer.complete(RestResponse.of(200, HttpHeaders.none(), body));
    assertThat(response).failsWithin(PATIENCE);
    assertThat(requests.count()).isZero();
  }

  /** A response whose first part is there, and that goes on. */
  private CompletableFuture<byte[]> receive(String query, SubmissionPublisher<ByteBuffer> parts) {
    var response = requests.handle(request(query, Cancellation.NEVER)).toCompletableFuture();
    answer.complete(RestResponse.of(200, HttpHeaders.none(), HttpBody.of(parts)));
    assertThat(response).succeedsWithin(PATIENCE);
    var body = response.join().body().bytes(100).toCompletableFuture();
    parts.submit(ByteBuffer.wrap(new byte[] {'a'}));
    return body;
  }

  @Test
  void cancels_what_is_not_answered_yet_with_503() {
    var lookup = requests.handle(request("", Cancellation.NEVER)).toCompletableFuture();
    requests.endEndless();
    assertThat(lookup).isNotDone();
    requests.endAll();

    assertThat(lookup.join().status()).isEqualTo(503);
    assertThat(passedOn.get(0).cancellation().isCancelled()).isTrue();
    assertThat(requests.count()).isZero();
  }

  @Test
  void takes_no_request_once_it_ends() {
    requests.endEndless();
    RestRequest refused = request("limit=1", Cancellation.NEVER);
    var late = requests.handle(refused).toCompletableFuture();
    assertThat(late.join().status()).isEqualTo(503);
    assertThat(late.join().body().bytes(1000).toCompletableFuture().join())
        .asString()
        .isEqualTo(
            "{\"error\":{\"name\":\"ServiceUnavailableError\",\"message\":\"the server shuts"
                + " down\"},\"request\":{\"method\":\"GET\",\"url\":\""
                + refused.path()
                + "?limit=1\"},\"response\":{\"statusCode\":503}}");
    assertThat(passedOn).isEmpty();
    assertThat(requests.count()).isZero();
  }
}
