package dev.followspot.core.config;

import dev.followspot.core.config.Node.Fields;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration that can be read, with the variables that it was made with.
 *
 * <p>Safe for use by several threads. It cannot be changed, but its sections remember what was
 * asked for, so that {@link ConfigSection#unusedKeys()} can tell what nobody knows.
 */
public final class Configuration {

  private final ConfigSection root;
  private final Map<String, String> environment;
  private final List<Path> files;
  private final List<ConfigProblem> unsetVariables;

  Configuration(
      Fields root,
      Map<String, String> environment,
      List<Path> files,
      List<ConfigProblem> unsetVariables) {
    this.root = new ConfigSection("", root.place(), root);
    this.environment = Map.copyOf(environment);
    this.files = List.copyOf(files);
    this.unsetVariables = List.copyOf(unsetVariables);
  }

  /**
   * A configuration without keys and variables.
   *
   * @return a new one
   */
  public static Configuration empty() {
    return of(Map.of(), Map.of());
  }

  /**
   * A configuration from a program instead of files. Nothing is substituted.
   *
   * @param plainValues maps, collections, texts, numbers, booleans, {@code Secret}, {@code URI},
   *     {@code Path}, {@code Duration} and null; as deep as files may be
   * @param environment the variables, for those who read them
   * @return the configuration
   * @throws ConfigurationException if a value is of another type
   */
  public static Configuration of(Map<String, ?> plainValues, Map<String, String> environment) {
    return new Configuration(PlainValues.fromPlain(plainValues), environment, List.of(), List.of());
  }

  /**
   * The whole configuration.
   *
   * @return the top level; always the same section
   */
  public ConfigSection root() {
    return root;
  }

  /**
   * The variables that the configuration was resolved with.
   *
   * @return the values by name; they may be secrets
   */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * The files that {@code $file} and {@code $include} read.
   *
   * @return absolute paths, in the order they were read
   */
  public List<Path> files() {
    return files;
  }

  /**
   * The keys that are absent, or keep the value of an earlier file, because a variable is not set.
   *
   * @return a warning for each, with its file, line, key and variable
   */
  public List<ConfigProblem> unsetVariables() {
    return unsetVariables;
  }

  /** Nothing of the values. */
  @Override
  public String toString() {
    return "Configuration" + root.keys();
  }
}
