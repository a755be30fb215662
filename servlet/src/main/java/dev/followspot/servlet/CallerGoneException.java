package dev.followspot.servlet;

import java.io.IOException;

/** The caller hung up, so that its request cannot be read to the end. */
final class CallerGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  CallerGoneException() {
    super("the caller hung up");
  }

  CallerGoneException(String what) {
    super("the caller hung up: " + what);
  }

  CallerGoneException(Throwable cause) {
    super("the caller hung up", cause);
  }
}
