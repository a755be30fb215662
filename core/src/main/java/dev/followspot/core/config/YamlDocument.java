package dev.followspot.core.config;

import java.util.Objects;

/**
 * One document of a YAML file.
 *
 * @param location the file and line at which the document starts, such as {@code
 *     catalog-info.yaml:12}
 * @param value the plain value: {@code Map<String, Object>}, {@code List<Object>}, String, Long,
 *     Double or Boolean; in maps and lists also null. Maps keep the order of the file; maps and
 *     lists cannot be changed
 */
public record YamlDocument(String location, Object value) {

  /** Checks the components. */
  public YamlDocument {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(value, "value");
  }

  /** The location only, since the value may hold secrets. */
  @Override
  public String toString() {
    return "YamlDocument[" + location + "]";
  }
}
