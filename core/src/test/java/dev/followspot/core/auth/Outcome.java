package dev.followspot.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.Secret;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.Assertions;

/** What became of a question for a credential. */
final class Outcome {

  private Outcome() {}

  /** The bearer token, or the message of the failure. */
  static String of(CompletionStage<Credential> stage) {
    try {
      return stage
          .toCompletableFuture()
          .join()
          .bearerToken()
          .map(Secret::reveal)
          .orElse("no credential");
    } catch (CompletionException e) {
      return failure(stage).getMessage();
    }
  }

  static CredentialException failure(CompletionStage<Credential> stage) {
    assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
    return Assertions.catchThrowableOfType(
        CredentialException.class,
        () -> {
          try {
            stage.toCompletableFuture().join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
  }
}
