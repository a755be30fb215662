package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;

/** The auth provider {@code google}: the caller's token at {@code auth.google} of the request. */
public final class GoogleAuthFactory implements AuthStrategyFactory {

  /** Used by the engine; there is nothing to set. */
  public GoogleAuthFactory() {}

  @Override
  public String name() {
    return "google";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return (cluster, request) -> CallerToken.of(request, "google");
  }
}
