package dev.followspot.core.cluster;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import java.time.Duration;

/**
 * How lists of clusters are kept: the settings below {@code followspot.clusters}.
 *
 * @param refreshInterval how often a list is asked for again, give or take a tenth; at least a
 *     second
 * @param loadTimeout how long a supplier may take; more than nothing
 */
public record ClusterSettings(Duration refreshInterval, Duration loadTimeout) {

  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(365);

  /** Every five minutes, and half a minute at most. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(Duration.ofMinutes(5), Duration.ofSeconds(30));

  /** Checks the components. */
  public ClusterSettings {
    if (!isInterval(refreshInterval)) {
      throw new IllegalArgumentException("the refresh interval is " + refreshInterval);
    }
    if (!isTimeout(loadTimeout)) {
      throw new IllegalArgumentException("the load time-out is " + loadTimeout);
    }
  }

  /**
   * Reads the settings.
   *
   * @param clusters {@code followspot.clusters}, possibly without keys
   * @return the settings, with defaults for what is absent
   * @throws ConfigurationException with every setting that is wrong
   */
  public static ClusterSettings from(ExtensionConfig clusters) {
    ConfigProblems problems = new ConfigProblems();
    Duration interval = DEFAULT.refreshInterval;
    Duration timeout = DEFAULT.loadTimeout;
    Duration readInterval =
        problems.read(() -> clusters.optionalDuration("refreshInterval").orElse(interval));
    Duration readTimeout =
        problems.read(() -> clusters.optionalDuration("loadTimeout").orElse(timeout));
    if (readInterval != null && !isInterval(readInterval)) {
      problems.add(
          clusters.problem(
              "refreshInterval", "is " + readInterval + "; allowed is 1s to 365 days, as in 5m"));
    }
    if (readTimeout != null && !isTimeout(readTimeout)) {
      problems.add(
          clusters.problem(
              "loadTimeout", "is " + readTimeout + "; allowed is 1ms to 365 days, as in 30s"));
    }
    problems.throwIfAny();
    return new ClusterSettings(
        readInterval == null ? interval : readInterval,
        readTimeout == null ? timeout : readTimeout);
  }

  private static boolean isInterval(Duration interval) {
    return interval.compareTo(LEAST_INTERVAL) >= 0 && interval.compareTo(MOST) <= 0;
  }

  private static boolean isTimeout(Duration timeout) {
    return timeout.toMillis() > 0 && timeout.compareTo(MOST) <= 0;
  }
}
