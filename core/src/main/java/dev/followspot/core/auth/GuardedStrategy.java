package dev.followspot.core.auth;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A strategy whose every misdeed becomes a failure with a message that may be shown. */
final class GuardedStrategy {

  private final AuthStrategy strategy;
  private final Cluster cluster;

  GuardedStrategy(AuthStrategy strategy, Cluster cluster) {
    this.strategy = Objects.requireNonNull(strategy, "strategy");
    this.cluster = cluster;
  }

  /** As the strategy says; true if it fails to, which shares nothing. */
  @SuppressWarnings("CatchingUnchecked") // an extension may throw anything
  boolean dependsOnCaller() {
    try {
      return strategy.dependsOnCaller();
    } catch (Exception | LinkageError e) {
      return true;
    }
  }

  /** Asks; never throws, and fails with a {@link CredentialException} only. */
  @SuppressWarnings("FutureReturnValueIgnored") // the stage that is ignored cannot fail
  CompletableFuture<Credential> ask(RequestContext context) {
    CompletableFuture<Credential> answer = new CompletableFuture<>();
    try {
      @Nullable CompletionStage<Credential> stage = strategy.credential(cluster, context);
      if (stage == null) {
        answer.completeExceptionally(exception("it returned null", null));
      } else {
        stage.whenComplete((credential, failure) -> settle(answer, credential, failure));
      }
    } catch (Throwable e) {
      // Also an Error: whoever waits for the answer would wait for ever.
      answer.completeExceptionally(exception(e));
    }
    return answer;
  }

  private void settle(
      CompletableFuture<Credential> answer,
      @Nullable Credential credential,
      @Nullable Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(exception(failure));
    } else if (credential == null) {
      answer.completeExceptionally(exception("it answered null", null));
    } else {
      answer.complete(credential);
    }
  }

  private CredentialException exception(Throwable failure) {
    Throwable cause = Stages.cause(failure);
    return cause instanceof CredentialException
        ? exception(Objects.requireNonNullElse(cause.getMessage(), "no reason given"), cause)
        : exception("it failed with " + describe(cause), cause);
  }

  private CredentialException exception(String message, @Nullable Throwable cause) {
    return new CredentialException(
        "authProvider '" + cluster.authProvider() + "': " + message, cause);
  }

  /** The type and where it was thrown; the message may hold a secret. */
  private static String describe(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
