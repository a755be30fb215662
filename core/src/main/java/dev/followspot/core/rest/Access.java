package dev.followspot.core.rest;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.IncomingRequest;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out who calls and whether they may, and tells the auditor of each decision. */
final class Access {

  private static final String UNAUTHORIZED = "Unauthorized";

  private final CallerAuthenticator authenticator;
  private final PermissionPolicy policy;
  private final AuditSink audit;
  private final Clock clock;
  private final Limits limits;

  Access(BackstageApi.Parts parts, Limits limits) {
    this.authenticator = parts.authenticator();
    this.policy = parts.policy();
    this.audit = parts.audit();
    this.clock = parts.clock();
    this.limits = limits;
  }

  static IncomingRequest head(RestRequest request) {
    return new IncomingRequest(
        request.method(),
        request.path().isEmpty() ? "/" : request.path(),
        request.headers(),
        request.remoteAddress());
  }

  /** Who calls; fails with a {@link RestError}. */
  CompletionStage<Caller> caller(IncomingRequest head) {
    Decision decision = new Decision(AuditEvent.Action.AUTHENTICATION, "", head);
    return limited(() -> authenticator.authenticate(head), "the authentication of the caller")
        .handle(
            (caller, failure) -> {
              if (failure != null) {
                RestError error = RestError.of(failure, "the authentication of the caller");
                decision.failed(Caller.ANONYMOUS, failure, error);
                throw error;
              }
              decision.allowed(caller);
              return caller;
            });
  }

  /** Gives the caller if they may; fails with a {@link RestError}. */
  CompletionStage<Caller> permitted(Caller caller, Permission permission, IncomingRequest head) {
    Decision decision = new Decision(AuditEvent.Action.PERMISSION, permission.key(), head);
    PermissionRequest request = new PermissionRequest(caller, permission, head);
    return limited(() -> policy.isAllowed(request), "the decision about the permission")
        .handle(
            (allowed, failure) -> {
              if (failure != null) {
                RestError error = RestError.of(failure, "the decision about the permission");
                decision.failed(caller, failure, error);
                throw error;
              }
              if (!Boolean.TRUE.equals(allowed)) {
                RestError error = RestError.notAllowed(UNAUTHORIZED);
                decision.failed(caller, new NotAllowedException(UNAUTHORIZED), error);
                throw error;
              }
              decision.allowed(caller);
              return caller;
            });
  }

  private <T> CompletionStage<T> limited(Supplier<CompletionStage<T>> call, String what) {
    return limits.within(
        attempt(call), () -> RestError.late(what + " took too long; " + limits.cure()));
  }

  /** A call that throws, or gives no stage, is a failed stage. */
  static <T> CompletionStage<T> attempt(Supplier<? extends @Nullable CompletionStage<T>> call) {
    try {
      CompletionStage<T> stage = call.get();
      return stage == null
          ? CompletableFuture.failedFuture(new IllegalStateException("null instead of a stage"))
          : stage;
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private final class Decision {
    private final AuditEvent.Action action;
    private final String permission;
    private final IncomingRequest head;
    private final Instant time = clock.instant();
    private final long start = System.nanoTime();

    private Decision(AuditEvent.Action action, String permission, IncomingRequest head) {
      this.action = action;
      this.permission = permission;
      this.head = head;
    }

    void allowed(Caller caller) {
      record(caller, AuditEvent.Outcome.ALLOWED, null);
    }

    void failed(Caller caller, Throwable failure, RestError error) {
      Throwable cause = Stages.cause(failure);
      boolean denied =
          cause instanceof AuthenticationException || cause instanceof NotAllowedException;
      record(caller, denied ? AuditEvent.Outcome.DENIED : AuditEvent.Outcome.FAILED, error);
    }

    private void record(Caller caller, AuditEvent.Outcome outcome, @Nullable RestError error) {
      audit.record(
          new AuditEvent(
              time,
              action,
              caller,
              permission,
              head.method(),
              head.path(),
              "",
              outcome,
              error == null ? 0 : error.status(),
              Duration.ofNanos(System.nanoTime() - start)));
    }
  }
}
