package dev.followspot.spi;

import java.util.Objects;

/**
 * Something that went wrong, or is likely to be a mistake, as a value: it travels with a result
 * instead of ending the look-up.
 *
 * @param severity how bad it is; an {@link Severity#ERROR} means that something is missing from the
 *     result
 * @param source where it comes from: a cluster, an extension, a file and line
 * @param message what happened and what to do about it; never holds a secret
 */
public record Problem(Severity severity, String source, String message) {

  /** How bad a {@link Problem} is. */
  public enum Severity {
    /** Something is missing from the result. */
    ERROR,
    /** Probably a mistake, but nothing is missing. */
    WARNING,
    /** Worth knowing. */
    INFO
  }

  /** Checks the components. */
  public Problem {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(message, "message");
  }

  /**
   * A problem because of which something is missing.
   *
   * @param source where it comes from
   * @param message what happened and what to do about it
   * @return the problem
   */
  public static Problem error(String source, String message) {
    return new Problem(Severity.ERROR, source, message);
  }

  /**
   * A problem because of which nothing is missing.
   *
   * @param source where it comes from
   * @param message what happened and what to do about it
   * @return the problem
   */
  public static Problem warning(String source, String message) {
    return new Problem(Severity.WARNING, source, message);
  }

  @Override
  public String toString() {
    return severity + " " + source + ": " + message;
  }
}
