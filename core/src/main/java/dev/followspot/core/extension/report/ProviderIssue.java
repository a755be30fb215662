package dev.followspot.core.extension.report;

import dev.followspot.spi.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a provider of extensions that the configuration does not name: it is left out,
 * and nothing else is harmed.
 *
 * @param severity {@link Problem.Severity#ERROR} if an extension is missing for it, {@link
 *     Problem.Severity#WARNING} if none is
 * @param point what it would extend; null if that is unknown, as for a jar that cannot be read
 * @param provider the class of the factory; the line of a services file that names none; empty for
 *     a jar or folder as a whole
 * @param name the extension's name; null if it is unknown
 * @param location the jar, folder or services file; empty if unknown
 * @param message what is wrong, and the cure
 * @param causeClass the class of the exception behind it; null if there is none
 */
public record ProviderIssue(
    Problem.Severity severity,
    @Nullable ExtensionPoint point,
    String provider,
    @Nullable String name,
    String location,
    String message,
    @Nullable String causeClass) {

  /** Checks the components. */
  public ProviderIssue {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(message, "message");
  }

  /**
   * What is concerned, in words.
   *
   * @return such as {@code fetcher 'stamping' (com.example.StampingFactory in /plugins/a.jar)}
   */
  public String subject() {
    StringBuilder text = new StringBuilder();
    if (point != null) {
      text.append(point.displayName()).append(' ');
    }
    if (name != null) {
      text.append('\'').append(name).append("' (").append(provider);
      text.append(location.isEmpty() ? "" : " in " + location);
      return text.append(')').toString();
    }
    text.append(provider);
    if (!location.isEmpty()) {
      text.append(provider.isEmpty() ? "" : " in ").append(location);
    }
    return text.toString();
  }

  /**
   * The issue as a problem of the engine.
   *
   * @return the problem
   */
  public Problem toProblem() {
    return new Problem(severity, subject(), message);
  }

  /** The issue on one line: what is concerned, what is wrong, and the cure. */
  @Override
  public String toString() {
    return subject() + ": " + message;
  }
}
