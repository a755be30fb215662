package dev.followspot.core.extension;

import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.IncomingRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A caller authenticator whose failures name it and let nobody in. */
final class GuardedAuthenticator implements CallerAuthenticator {

  private final CallerAuthenticator authenticator;
  private final Guard guard;

  GuardedAuthenticator(CallerAuthenticator authenticator, Guard guard) {
    this.authenticator = authenticator;
    this.guard = guard;
  }

  @Override
  public CompletionStage<Caller> authenticate(IncomingRequest request) {
    return guard.call(() -> authenticator.authenticate(request), Function.identity());
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
