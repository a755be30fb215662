package dev.followspot.servlet;

import java.io.IOException;

/**
 * Makes the container cut a connection whose response cannot be completed. It goes to the
 * container's log, so it has no stack, since where it is thrown says nothing, and not the text of
 * what was thrown, which may hold secrets.
 */
final class CutException extends IOException {
  private static final long serialVersionUID = 1L;

  CutException(Throwable reason) {
    super(
        "the connection is cut, so that the caller sees that the response is not complete: "
            + Untold.of(reason).getMessage());
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
