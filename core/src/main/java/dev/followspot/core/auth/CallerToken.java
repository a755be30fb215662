package dev.followspot.core.auth;

import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A token that the caller sent along, as the credential. */
final class CallerToken {

  private CallerToken() {}

  static CompletionStage<Credential> of(RequestContext context, String... path) {
    String key = "auth." + String.join(".", path);
    Optional<Secret> token = context.auth().token(path);
    return token.isEmpty()
        ? failed(
            key
                + " is missing: this cluster takes the caller's own token, which the request has to"
                + " bring along")
        : bearer(token.get(), key);
  }

  /** The token as a credential, or a failure that names where it came from and not what it is. */
  static CompletionStage<Credential> bearer(Secret token, String origin) {
    try {
      return CompletableFuture.completedFuture(Credential.bearer(token));
    } catch (IllegalArgumentException e) {
      return failed(origin + " cannot be used: " + e.getMessage());
    }
  }

  static CompletionStage<Credential> failed(String message) {
    return CompletableFuture.failedFuture(new CredentialException(message));
  }
}
