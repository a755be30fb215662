package dev.followspot.servlet;

import org.jspecify.annotations.Nullable;

/**
 * What a log may show of a failure: its kind and where it arose. Texts of failures may hold secrets
 * of those who made them.
 */
final class Untold extends Exception {
  private static final long serialVersionUID = 1L;

  /** Causes may go round in a circle. */
  private static final int MAX_DEPTH = 5;

  private Untold(Throwable failure, int depth) {
    super(
        failure.getClass().getName() + " (its text is not shown, since it may hold secrets)",
        causeOf(failure, depth));
    setStackTrace(failure.getStackTrace());
  }

  static Untold of(Throwable failure) {
    return new Untold(failure, 1);
  }

  private static @Nullable Untold causeOf(Throwable failure, int depth) {
    Throwable cause = failure.getCause();
    return cause == null || depth == MAX_DEPTH ? null : new Untold(cause, depth + 1);
  }
}
