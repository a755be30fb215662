package dev.followspot.servlet;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/** The caller is there, but does not go on sending the body. */
final class StalledBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_DEPTH = 20;

  private StalledBodyException(Throwable cause) {
    super("the body came too slowly", cause);
  }

  /**
   * What it means that a container cannot read on. All that is not a time limit is the caller's
   * end: Jetty says of a malformed body, too, that it ended early.
   */
  static IOException orGone(Throwable cause) {
    Throwable at = cause;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (at instanceof TimeoutException || at instanceof SocketTimeoutException) {
        return new StalledBodyException(cause);
      }
      at = at.getCause();
    }
    return new CallerGoneException(cause);
  }
}
