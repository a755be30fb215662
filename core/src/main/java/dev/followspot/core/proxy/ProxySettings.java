package dev.followspot.core.proxy;

import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import java.time.Duration;

/**
 * The settings of the proxy: those below {@code followspot.proxy}.
 *
 * @param timeout how long the head of an answer may take, counted from the last part of the
 *     request's body; 60 s by default. The body of an answer may take for ever
 */
public record ProxySettings(Duration timeout) {

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(1);

  /** What counts without configuration. */
  public static final ProxySettings DEFAULT = new ProxySettings(Duration.ofSeconds(60));

  /** Checks the components. */
  public ProxySettings {
    if (!isTimeout(timeout)) {
      throw new IllegalArgumentException("timeout is " + timeout + "; 1 ms to 1 day is allowed");
    }
  }

  /**
   * Reads the settings.
   *
   * @param proxy {@code followspot.proxy}, possibly without keys
   * @return the settings, with defaults for what is absent
   * @throws ConfigurationException if a setting is wrong
   */
  public static ProxySettings from(ExtensionConfig proxy) {
    Duration timeout = proxy.optionalDuration("timeout").orElse(DEFAULT.timeout);
    if (!isTimeout(timeout)) {
      throw proxy.problem("timeout", "is " + timeout + "; a time from 1ms to 24h is expected");
    }
    return new ProxySettings(timeout);
  }

  private static boolean isTimeout(Duration timeout) {
    return timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0;
  }
}
