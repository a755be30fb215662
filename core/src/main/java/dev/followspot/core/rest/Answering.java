package dev.followspot.core.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request that is answered once, and always. */
final class Answering {

  private final RestRequest request;
  private final CompletableFuture<RestResponse> response = new CompletableFuture<>();

  Answering(RestRequest request) {
    this.request = request;
  }

  CompletionStage<RestResponse> response() {
    return response.minimalCompletionStage();
  }

  void whenDone(Runnable action) {
    var unused = response.whenComplete((value, failure) -> action.run());
  }

  void follow(CompletionStage<RestResponse> answer) {
    answer.whenComplete(
        (value, failure) -> {
          RestResponse given =
              failure == null
                  ? value
                  : Answers.error(request, RestError.of(failure, "the request"));
          // An answer that comes too late holds a connection to a cluster.
          if (!response.complete(given)) {
            given.body().discard();
          }
        });
  }

  void close() {
    response.complete(Answers.error(request, RestError.closed()));
  }
}
