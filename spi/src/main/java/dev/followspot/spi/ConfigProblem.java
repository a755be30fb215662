package dev.followspot.spi;

import java.util.Objects;

/**
 * One mistake in a configuration.
 *
 * @param location the file and line, such as {@code app-config.yaml:12}; empty if there is none
 * @param key the whole key, such as {@code kubernetes.clusterLocatorMethods[0].clusters[1].url}
 * @param message what is wrong, the bad value unless it is a secret, and what is allowed
 */
public record ConfigProblem(String location, String key, String message) {

  /** Checks the components. */
  public ConfigProblem {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(message, "message");
  }

  /** The mistake on one line: {@code file:line key: message}. */
  @Override
  public String toString() {
    return location + (location.isEmpty() ? "" : " ") + key + (key.isEmpty() ? "" : ": ") + message;
  }
}
