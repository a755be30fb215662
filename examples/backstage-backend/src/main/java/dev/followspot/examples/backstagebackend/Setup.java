package dev.followspot.examples.backstagebackend;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.catalog.CatalogConfig;
import dev.followspot.core.catalog.Catalogs;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.catalog.FileCatalog;
import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that was read, and the engine that was made of it.
 *
 * @param settings the settings of the web server
 * @param followspot the engine
 * @param files the catalog of the command line; null if there is another one
 */
record Setup(ServerSettings settings, Followspot followspot, @Nullable FileCatalog files)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Setup.class);

  /** What is read of the configuration; the rest is for other programs. */
  private static final String[] KEYS = {
    "backend.auth",
    "backend.baseUrl",
    "backend.cors",
    "backend.https",
    "backend.listen",
    "kubernetes",
    "followspot"
  };

  /**
   * Reads files, and starts an engine.
   *
   * @param options the files
   * @param environment the variables that the configuration may use
   * @throws ConfigurationException with every mistake of every file
   */
  static Setup read(Options options, Map<String, String> environment) {
    ConfigProblems problems = new ConfigProblems();
    Configuration configuration =
        problems.read(() -> configuration(options.configs(), environment));
    FileCatalog files = null;
    if (!options.catalogs().isEmpty()) {
      files = problems.read(() -> files(options.catalogs(), configuration));
    } else if (configuration != null && !hasCatalog(configuration)) {
      problems.add(
          new ConfigProblem(
              "",
              "--catalog",
              "no entity is known; give --catalog catalog-info.yaml, or set followspot.catalog"));
    }
    // After mistakes in the catalog, those of the configuration are still to be found.
    EntityCatalog catalog =
        files != null || options.catalogs().isEmpty() ? files : EntityCatalog.of(List.of());
    return start(problems, configuration, catalog, files, options);
  }

  /**
   * Starts an engine with what a program has.
   *
   * @throws ConfigurationException with every mistake
   */
  static Setup of(Supplier<Configuration> configuring, EntityCatalog catalog, Options options) {
    ConfigProblems problems = new ConfigProblems();
    return start(problems, problems.read(configuring), catalog, null, options);
  }

  private static Setup start(
      ConfigProblems problems,
      @Nullable Configuration configuration,
      @Nullable EntityCatalog catalog,
      @Nullable FileCatalog files,
      Options options) {
    ServerSettings settings = null;
    Followspot followspot = null;
    if (configuration != null) {
      settings = problems.read(() -> ServerSettings.from(configuration.root()));
      FollowspotBuilder builder = Followspot.builder().configuration(configuration);
      Optional.ofNullable(catalog).ifPresent(builder::catalog);
      Optional.ofNullable(options.plugins()).ifPresent(builder::pluginsDirectory);
      followspot = problems.read(builder::build);
    }
    if (settings == null || followspot == null || !problems.isEmpty()) {
      closeAll(followspot, files);
      problems.throwIfAny();
      throw new IllegalStateException("something is missing and no problem");
    }
    return new Setup(settings.withPort(options.port()), followspot, files);
  }

  private static Configuration configuration(List<Path> files, Map<String, String> environment) {
    if (files.isEmpty()) {
      throw new ConfigurationException(
          "", "--config", "no cluster is known; give --config app-config.yaml");
    }
    return AppConfig.read(files.get(0), files.subList(1, files.size()).toArray(Path[]::new))
        .only(KEYS)
        .resolve(environment);
  }

  private static boolean hasCatalog(Configuration configuration) {
    return configuration
        .root()
        .optionalSection("followspot")
        .flatMap(followspot -> followspot.raw("catalog"))
        .isPresent();
  }

  private static FileCatalog files(List<Path> paths, @Nullable Configuration configuration) {
    List<String> names = paths.stream().map(Path::toString).toList();
    if (configuration == null) {
      return Catalogs.files(names).open();
    }
    ConfigSection section = configuration.root().section("followspot").section("catalog");
    if (section.keys().contains("url")) {
      LOG.warn("followspot.catalog.url is not asked, since --catalog names what counts instead");
    }
    return CatalogConfig.open(section, names);
  }

  /** What the catalog is, on a few words. */
  String describeCatalog() {
    return files == null ? "the catalog of the configuration" : entities(files.size());
  }

  static String entities(int number) {
    return number == 1 ? "1 entity" : number + " entities";
  }

  @Override
  public void close() {
    closeAll(followspot, files);
  }

  private static void closeAll(@Nullable Followspot followspot, @Nullable FileCatalog files) {
    if (followspot != null) {
      followspot.close();
    }
    if (files != null) {
      files.close();
    }
  }
}
