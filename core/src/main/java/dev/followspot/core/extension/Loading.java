package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code followspot.extensions}, finds the candidates and chooses among them. */
final class Loading {

  private final ExtensionsBuilder builder;
  private final IssueLog issues = new IssueLog();
  private final ConfigProblems problems;
  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * Loads what a builder says.
   *
   * @param problems where mistakes of the configuration go; what they are about is left out
   */
  Loading(ExtensionsBuilder builder, ConfigProblems problems) {
    this.builder = builder;
    this.problems = problems;
  }

  Extensions load() {
    ConfigSection followspot = section(builder.configuration.root(), "followspot");
    ConfigSection section = section(followspot, "extensions");
    Boolean configured = problems.read(() -> section.optionalBoolean("discovery").orElse(true));
    boolean discovery =
        builder.discovery != null ? builder.discovery : !Boolean.FALSE.equals(configured);
    Path folder = problems.read(() -> section.optionalPath("pluginsDirectory").orElse(null));
    if (builder.pluginsDirectory != null) {
      folder = builder.pluginsDirectory;
    }

    Discovery search = new Discovery(issues);
    builder.builtIns.forEach(factory -> add(factory, Origin.BUILT_IN, search));
    builder.explicit.forEach(factory -> add(factory, Origin.EXPLICIT, search));
    Selection selection = new Selection(section, discovery, issues, problems);
    PluginsDirectory plugins = PluginsDirectory.none();
    try {
      if (discovery) {
        List<ClassLoader> loaders = classLoaders();
        loaders.forEach(loader -> search.search(loader, Origin.DISCOVERED));
        if (folder != null) {
          plugins = PluginsDirectory.open(folder, loaders, issues);
          plugins.loader().ifPresent(each -> search.search(each, Origin.PLUGINS_DIRECTORY));
        }
        candidates.addAll(search.found());
      } else if (folder != null) {
        issues.add(
            new ProviderIssue(
                Problem.Severity.WARNING,
                null,
                "",
                null,
                folder.toString(),
                "its jars are not searched, since discovery is off"
                    + " (followspot.extensions.discovery)",
                null));
      }
      selection.choose(candidates, problems);
      askForSections(followspot, selection);
    } catch (RuntimeException | Error e) {
      plugins.close();
      throw e;
    }
    Contexts.Shared shared =
        new Contexts.Shared(builder.clock, builder.executor, builder.configuration.environment());
    Creation creation = new Creation(followspot, shared, new Created());
    return new Extensions(selection, creation, issues, candidates, plugins);
  }

  private ConfigSection section(ConfigSection of, String key) {
    ConfigSection section = problems.read(() -> of.section(key));
    return section == null ? ConfigSection.empty(key) : section;
  }

  private void add(ExtensionFactory factory, Origin origin, Discovery search) {
    boolean known = false;
    search.known(factory.getClass());
    String location = Places.of(factory.getClass());
    for (ExtensionPoint point : ExtensionPoint.values()) {
      if (point.factoryType().isInstance(factory)) {
        known = true;
        try {
          candidates.add(Door.check(point, factory, origin, location));
        } catch (Door.Refused e) {
          problems.add(
              new ConfigProblem("", "", e.issue() + " (it was handed over to the builder)"));
        }
      }
    }
    if (!known) {
      throw new IllegalArgumentException(
          factory.getClass().getName()
              + " implements no factory that Followspot knows, such as KubernetesFetcherFactory");
    }
  }

  private List<ClassLoader> classLoaders() {
    if (builder.classLoaders != null) {
      return builder.classLoaders;
    }
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    addLoader(Thread.currentThread().getContextClassLoader(), loaders);
    addLoader(Extensions.class.getClassLoader(), loaders);
    return List.copyOf(loaders);
  }

  private static void addLoader(@Nullable ClassLoader loader, Set<ClassLoader> loaders) {
    Optional.ofNullable(loader).ifPresent(loaders::add);
  }

  /**
   * The settings of an extension that is known but not used are no unknown keys. Auth strategies
   * may be asked for at any time, so theirs count as known from the start.
   */
  private void askForSections(ConfigSection followspot, Selection selection) {
    for (ExtensionPoint point : ExtensionPoint.values()) {
      if (point.wrapping() || point == ExtensionPoint.AUTH) {
        ConfigSection settings = problems.read(() -> followspot.section(point.key()));
        for (Candidate candidate : candidates) {
          boolean unused = point == ExtensionPoint.AUTH || selection.notes().containsKey(candidate);
          if (settings != null && candidate.point() == point && unused) {
            settings.raw(candidate.name());
          }
        }
      }
    }
  }
}
