package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;

/** The auth provider {@code aks}: the caller's token at {@code auth.aks} of the request. */
public final class AksAuthFactory implements AuthStrategyFactory {

  /** Used by the engine; there is nothing to set. */
  public AksAuthFactory() {}

  @Override
  public String name() {
    return "aks";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return (cluster, request) -> CallerToken.of(request, "aks");
  }
}
