package dev.followspot.spi;

import org.jspecify.annotations.Nullable;

/**
 * No credential can be had for a cluster. An {@link AuthStrategy} completes with it; the cluster's
 * cells become {@link CellStatus#CREDENTIAL} with its message, and no other cluster is harmed.
 */
public final class CredentialException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * No credential can be had.
   *
   * @param message why, and what to do about it; without any secret
   */
  public CredentialException(String message) {
    super(message);
  }

  /**
   * No credential can be had.
   *
   * @param message why, and what to do about it; without any secret
   * @param cause what failed
   */
  public CredentialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
