package dev.followspot.spi;

/** The caller may not do this; answered with 403. */
public final class NotAllowedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * The caller may not do this.
   *
   * @param message why, for the caller to read; never with a secret
   */
  public NotAllowedException(String message) {
    super(message);
  }
}
