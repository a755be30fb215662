package dev.followspot.core.proxy;

import dev.followspot.core.http.ApiStreams;
import dev.followspot.core.http.StreamRequest;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Remembers what it is asked, and answers as the test says. */
final class FakeStreams implements ApiStreams {

  private final List<StreamRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Function<StreamRequest, CompletionStage<StreamResponse>> answer =
      request -> CompletableFuture.completedFuture(response(200, "fine"));

  static StreamResponse response(int status, String body) {
    return new StreamResponse(status, HttpHeaders.none(), HttpBody.of(body), null);
  }

  void answer(Function<StreamRequest, CompletionStage<StreamResponse>> with) {
    answer = with;
  }

  void answer(StreamResponse response) {
    answer(request -> CompletableFuture.completedFuture(response));
  }

  List<StreamRequest> requests() {
    return requests;
  }

  StreamRequest request() {
    return requests.get(requests.size() - 1);
  }

  @Override
  public CompletionStage<StreamResponse> stream(StreamRequest request) {
    requests.add(request);
    return answer.apply(request);
  }
}
