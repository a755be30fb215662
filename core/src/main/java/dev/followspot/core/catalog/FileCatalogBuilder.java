package dev.followspot.core.catalog;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens a {@link FileCatalog}. Not safe for use by several threads. */
public final class FileCatalogBuilder {

  private static final Duration LEAST_INTERVAL = Duration.ofMillis(50);
  private static final Duration MOST_INTERVAL = Duration.ofDays(1);

  private final List<String> files;
  private Duration refreshInterval = Duration.ofSeconds(5);
  private boolean targetsOutside;

  FileCatalogBuilder(List<String> files) {
    this.files = List.copyOf(files);
  }

  /**
   * How often it is looked whether files changed.
   *
   * @param value 50 ms to a day; five seconds by default. Zero for never: then {@link
   *     FileCatalog#refresh} is the way to read them again
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public FileCatalogBuilder refreshInterval(Duration value) {
    if (!isInterval(value)) {
      throw new IllegalArgumentException("the refresh interval is " + value);
    }
    refreshInterval = value;
    return this;
  }

  static boolean isInterval(Duration value) {
    return value.isZero()
        || (value.compareTo(LEAST_INTERVAL) >= 0 && value.compareTo(MOST_INTERVAL) <= 0);
  }

  /**
   * Whether an entity of kind {@code Location} may name files outside the folders of the catalog,
   * which are those of the files, folders and globs that it was given.
   *
   * @param value true to allow it; by default such a target is a mistake, so that whoever may edit
   *     a file of the catalog cannot have others read
   * @return this builder
   */
  public FileCatalogBuilder targetsOutside(boolean value) {
    targetsOutside = value;
    return this;
  }

  /**
   * Reads the files, and goes on looking at them. Blocks until they are read.
   *
   * @return the catalog, to be closed
   * @throws ConfigurationException with every mistake of every file, if there is one
   */
  public FileCatalog open() {
    List<FilePattern> roots = new ArrayList<>();
    List<ConfigProblem> mistakes = new ArrayList<>();
    if (files.isEmpty()) {
      mistakes.add(new ConfigProblem("the catalog", "", "has no files; name one at least"));
    }
    for (String file : files) {
      try {
        roots.add(FilePattern.of(Path.of(""), file));
      } catch (InvalidPathException e) {
        mistakes.add(new ConfigProblem(Shortened.text(file), "", "is no path"));
      } catch (IllegalArgumentException e) {
        mistakes.add(new ConfigProblem(Shortened.text(file), "", "" + e.getMessage()));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return new FileCatalog(roots, targetsOutside, refreshInterval);
  }
}
