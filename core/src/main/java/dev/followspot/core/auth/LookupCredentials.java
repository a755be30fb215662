package dev.followspot.core.auth;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the requests of one look-up share: one answer, and one refresh of each refused answer. */
final class LookupCredentials implements CredentialSource {

  /** Gets credentials; never throws. */
  interface Origin {

    /** The credential to begin with. */
    CompletableFuture<Credential> first();

    /** The credential after one was refused. */
    CompletableFuture<Credential> after(Credential rejected);
  }

  private final Origin origin;
  private final Object lock = new Object();
  private @Nullable CompletableFuture<Credential> current;
  private @Nullable Credential lastRejected;

  LookupCredentials(Origin origin) {
    this.origin = origin;
  }

  @Override
  public CompletionStage<Credential> credential() {
    CompletableFuture<Credential> mine;
    synchronized (lock) {
      if (current != null) {
        return current.copy();
      }
      mine = new CompletableFuture<>();
      current = mine;
    }
    forward(origin.first(), mine);
    return mine.copy();
  }

  @Override
  public CompletionStage<Credential> refresh(Credential rejected) {
    CompletableFuture<Credential> mine;
    synchronized (lock) {
      if (current != null && (rejected.equals(lastRejected) || !isKnownToBe(current, rejected))) {
        return current.copy();
      }
      mine = new CompletableFuture<>();
      current = mine;
      lastRejected = rejected;
    }
    forward(origin.after(rejected), mine);
    return mine.copy();
  }

  /** Whether the answer is there and is this one; if not, somebody has asked for a newer one. */
  private static boolean isKnownToBe(CompletableFuture<Credential> answer, Credential credential) {
    return answer.isDone()
        && !answer.isCompletedExceptionally()
        && answer.join().equals(credential);
  }

  /** Outside of the lock, since the origin runs an extension, and completing runs whoever waits. */
  @SuppressWarnings("FutureReturnValueIgnored") // its failure is handed on
  private static void forward(
      CompletableFuture<Credential> from, CompletableFuture<Credential> to) {
    from.whenComplete(
        (credential, failure) -> {
          if (failure == null) {
            to.complete(credential);
          } else {
            to.completeExceptionally(Stages.cause(failure));
          }
        });
  }
}
