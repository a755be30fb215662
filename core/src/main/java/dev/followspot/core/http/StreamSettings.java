package dev.followspot.core.http;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;

/**
 * Limits of requests whose bodies stream.
 *
 * @param maxConcurrentRequests how many are under way at most in all clusters, open watches and
 *     upgraded connections included; 1024 by default. One more fails at once
 */
public record StreamSettings(int maxConcurrentRequests) {

  /** The key of {@link #maxConcurrentRequests()}, for messages. */
  static final String KEY = "followspot.proxy.maxConcurrentRequests";

  private static final int MOST = 100_000;

  /** What counts without configuration. */
  public static final StreamSettings DEFAULT = new StreamSettings(1024);

  /** Checks the components. */
  public StreamSettings {
    if (maxConcurrentRequests < 1 || maxConcurrentRequests > MOST) {
      throw new IllegalArgumentException(
          "maxConcurrentRequests is " + maxConcurrentRequests + "; 1 to " + MOST + " is allowed");
    }
  }

  /**
   * Reads {@code followspot.proxy}.
   *
   * @param section the section, possibly without keys
   * @return the settings
   * @throws dev.followspot.spi.ConfigurationException with every mistake
   */
  public static StreamSettings from(ConfigSection section) {
    ConfigProblems problems = new ConfigProblems();
    Long most =
        problems.read(
            () ->
                section
                    .optionalInteger("maxConcurrentRequests", 1, MOST)
                    .orElse((long) DEFAULT.maxConcurrentRequests));
    problems.throwIfAny();
    return most == null ? DEFAULT : new StreamSettings(most.intValue());
  }
}
