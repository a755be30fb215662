package dev.followspot.spi;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. Its message lists every mistake that was found, one on each line. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /**
   * The configuration has some mistakes.
   *
   * @param problems the mistakes; at least one
   */
  public ConfigurationException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /**
   * The configuration has one mistake.
   *
   * @param location the file and line; empty if there is none
   * @param key the whole key
   * @param message what is wrong, and what is allowed
   */
  public ConfigurationException(String location, String key, String message) {
    this(List.of(new ConfigProblem(location, key, message)));
  }

  /**
   * The mistakes.
   *
   * @return at least one; none after the exception was serialized
   */
  public List<ConfigProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
