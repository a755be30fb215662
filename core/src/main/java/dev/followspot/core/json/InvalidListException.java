package dev.followspot.core.json;

/**
 * The answer to a list request is not a list that Kubernetes would send. Its message says what came
 * instead, and shows at most a few printable characters of it.
 */
public final class InvalidListException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidListException(String message) {
    super(message);
  }
}
