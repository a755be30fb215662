package dev.followspot.spi;

/** Nobody knows who the caller is; answered with 401. */
public final class AuthenticationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Nobody knows who the caller is.
   *
   * @param message why, for the caller to read, such as {@code Missing credentials}; never with the
   *     credentials
   */
  public AuthenticationException(String message) {
    super(message);
  }
}
