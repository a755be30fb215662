package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;

/**
 * The auth provider {@code localKubectlProxy}: requests carry no credential, since {@code kubectl
 * proxy} adds that of its user.
 */
public final class LocalKubectlProxyAuthFactory implements AuthStrategyFactory {

  /** Used by the engine; there is nothing to set. */
  public LocalKubectlProxyAuthFactory() {}

  @Override
  public String name() {
    return "localKubectlProxy";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new NoCredential();
  }
}
