package dev.followspot.core.rest;

import dev.followspot.core.extension.ExtensionException;
import dev.followspot.core.stage.Stages;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.NotAllowedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is answered with an error, and with which one. */
final class RestError extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(BackstageApi.class);
  private static final int MAX_MESSAGE = 1000;

  private final int status;
  private final String name;
  private final String text;

  RestError(int status, String name, String message) {
    super(message, null, false, false);
    this.status = status;
    this.name = name;
    this.text = Shortened.text(message, MAX_MESSAGE);
  }

  static RestError input(String message) {
    return new RestError(400, "InputError", message);
  }

  static RestError syntax(String message) {
    return new RestError(400, "SyntaxError", message);
  }

  static RestError notAllowed(String message) {
    return new RestError(403, "NotAllowedError", message);
  }

  static RestError internal(String message) {
    return new RestError(500, "Error", message);
  }

  static RestError closed() {
    return new RestError(
        503, "ServiceUnavailableError", "Followspot is closed; try again when it runs");
  }

  static RestError late(String message) {
    return new RestError(504, "GatewayTimeoutError", message);
  }

  int status() {
    return status;
  }

  String name() {
    return name;
  }

  /** The message, on one line and not too long. */
  String text() {
    return text;
  }

  /**
   * The answer to a failure. What is not made for callers is logged instead of told.
   *
   * @param what failed, as a part of a message
   */
  static RestError of(Throwable failure, String what) {
    Throwable cause = Stages.cause(failure);
    if (cause instanceof RestError error) {
      return error;
    }
    if (cause instanceof AuthenticationException) {
      return new RestError(401, "AuthenticationError", String.valueOf(cause.getMessage()));
    }
    if (cause instanceof NotAllowedException) {
      return notAllowed(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof ExtensionException) {
      LOG.error("{} failed: {}", what, cause.getMessage());
    } else {
      LOG.error("{} failed", what, cause);
    }
    return internal(what + " failed; the log of the backend says why");
  }
}
