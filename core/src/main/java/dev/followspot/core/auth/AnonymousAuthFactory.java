package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;

/** The auth provider {@code anonymous}: requests carry no credential. */
public final class AnonymousAuthFactory implements AuthStrategyFactory {

  /** Used by the engine; there is nothing to set. */
  public AnonymousAuthFactory() {}

  @Override
  public String name() {
    return "anonymous";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new NoCredential();
  }
}
