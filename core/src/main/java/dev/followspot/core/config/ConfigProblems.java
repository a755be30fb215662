package dev.followspot.core.config;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the mistakes of a configuration, so that all of them are reported at once.
 *
 * <pre>{@code
 * ConfigProblems problems = new ConfigProblems();
 * URI url = problems.read(() -> cluster.uri("url"));
 * String name = problems.read(() -> cluster.string("name"));
 * problems.throwIfAny();
 * }</pre>
 *
 * <p>The same mistake twice is kept once. Not safe for use by several threads.
 */
public final class ConfigProblems {

  private final Set<ConfigProblem> problems = new LinkedHashSet<>();

  /** Nothing is wrong yet. */
  public ConfigProblems() {}

  /**
   * Reads a value, and keeps the mistakes if that fails.
   *
   * @param reader reads the value
   * @param <T> the type of the value
   * @return what the reader gives, or null if it threw a {@link ConfigurationException}; any other
   *     exception goes on
   */
  public <T extends @Nullable Object> @Nullable T read(Supplier<? extends T> reader) {
    try {
      return reader.get();
    } catch (ConfigurationException e) {
      add(e);
      return null;
    }
  }

  /**
   * Adds a mistake.
   *
   * @param problem the mistake
   */
  public void add(ConfigProblem problem) {
    problems.add(problem);
  }

  /**
   * Adds the mistakes of an exception.
   *
   * @param exception holds the mistakes
   */
  public void add(ConfigurationException exception) {
    problems.addAll(exception.problems());
  }

  /**
   * Whether nothing is wrong so far.
   *
   * @return true if there is no mistake
   */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * The mistakes so far.
   *
   * @return a copy, in the order they were added
   */
  public List<ConfigProblem> all() {
    return List.copyOf(problems);
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigurationException with every mistake, if there is one
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(all());
    }
  }
}
