package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Short ways to ask, and to wait for what comes of it. */
final class Asking {

  static final CredentialSource ANONYMOUS = of(Credential.none());

  private Asking() {}

  static CredentialSource of(Credential credential) {
    return new CredentialSource() {
      @Override
      public CompletionStage<Credential> credential() {
        return CompletableFuture.completedStage(credential);
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return CompletableFuture.completedStage(rejected);
      }
    };
  }

  static Cluster.Builder cluster(String url) {
    return Cluster.named("test").url(url).authProvider("anonymous");
  }

  static RequestContext within(Duration time) {
    return RequestContext.create().withDeadline(Deadline.after(time));
  }

  static CompletableFuture<ApiResponse> ask(HttpEngine engine, Cluster cluster) {
    return ask(engine, cluster, ANONYMOUS, within(Duration.ofSeconds(30)));
  }

  static CompletableFuture<ApiResponse> ask(
      HttpEngine engine, Cluster cluster, CredentialSource credentials, RequestContext context) {
    return engine
        .get(new ApiRequest(cluster, credentials, "/api/v1/pods", "limit=500", context))
        .toCompletableFuture();
  }

  static ApiResponse answer(CompletableFuture<ApiResponse> stage) throws Exception {
    return stage.get(30, TimeUnit.SECONDS);
  }

  static String text(CompletableFuture<ApiResponse> stage) throws Exception {
    ApiResponse response = answer(stage);
    return new String(response.body(), 0, response.length(), StandardCharsets.UTF_8);
  }

  static ApiFailure failure(CompletableFuture<ApiResponse> stage) throws Exception {
    try {
      ApiResponse response = stage.get(30, TimeUnit.SECONDS);
      throw new AssertionError("an answer came where none was expected: " + response);
    } catch (ExecutionException e) {
      return (ApiFailure) e.getCause();
    }
  }

  static CellStatus status(CompletableFuture<ApiResponse> stage) throws Exception {
    return failure(stage).status();
  }
}
