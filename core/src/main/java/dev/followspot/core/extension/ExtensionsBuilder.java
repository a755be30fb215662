package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Collects what extensions are made of. Not safe for use by several threads. */
public final class ExtensionsBuilder {

  final Configuration configuration;
  final List<ExtensionFactory> builtIns = new ArrayList<>();
  final List<ExtensionFactory> explicit = new ArrayList<>();
  @Nullable Boolean discovery;
  @Nullable List<ClassLoader> classLoaders;
  @Nullable Path pluginsDirectory;
  Clock clock = Clock.systemUTC();
  Executor executor = ForkJoinPool.commonPool();

  ExtensionsBuilder(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * Adds factories that come with Followspot.
   *
   * @param factories the factories
   * @return this
   */
  public ExtensionsBuilder builtIn(ExtensionFactory... factories) {
    builtIns.addAll(List.of(factories));
    return this;
  }

  /**
   * Adds factories of the application. One of them replaces every other of the same kind and name.
   *
   * @param factories the factories; one that implements several factory interfaces counts for all
   * @return this
   */
  public ExtensionsBuilder add(List<? extends ExtensionFactory> factories) {
    explicit.addAll(List.copyOf(factories));
    return this;
  }

  /**
   * Whether jars are searched.
   *
   * @param value overrides {@code followspot.extensions.discovery}, which is true by default
   * @return this
   */
  public ExtensionsBuilder discovery(boolean value) {
    discovery = value;
    return this;
  }

  /**
   * Where factories are searched.
   *
   * @param loaders instead of the thread's context class loader and Followspot's own
   * @return this
   */
  public ExtensionsBuilder classLoaders(List<ClassLoader> loaders) {
    classLoaders = List.copyOf(loaders);
    return this;
  }

  /**
   * A folder of jars, which get a class loader of their own.
   *
   * @param folder overrides {@code followspot.extensions.pluginsDirectory}
   * @return this
   */
  public ExtensionsBuilder pluginsDirectory(Path folder) {
    pluginsDirectory = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * The clock of the extensions.
   *
   * @param value the system's by default
   * @return this
   */
  public ExtensionsBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * What runs the extensions' short work.
   *
   * @param value the common pool by default; it is not shut down
   * @return this
   */
  public ExtensionsBuilder executor(Executor value) {
    executor = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Finds the extensions; nothing is created yet.
   *
   * @return the extensions, to be closed
   * @throws ConfigurationException with every mistake below {@code followspot.extensions}, such as
   *     an unknown name, and for a name that is there twice
   * @throws IllegalArgumentException if a factory that was handed over is of no known kind
   */
  public Extensions build() {
    ConfigProblems problems = new ConfigProblems();
    Extensions extensions = build(problems);
    if (!problems.isEmpty()) {
      extensions.close();
    }
    problems.throwIfAny();
    return extensions;
  }

  /**
   * As {@link #build()}, but for those who want to find the mistakes of the rest of the
   * configuration, too.
   *
   * @param problems the mistakes are added here; names that are wrong are left out of the
   *     extensions
   * @return the extensions, to be closed
   * @throws IllegalArgumentException if a factory that was handed over is of no known kind
   */
  public Extensions build(ConfigProblems problems) {
    return new Loading(this, problems).load();
  }
}
