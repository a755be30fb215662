package dev.followspot.core.catalog;

import dev.followspot.core.auth.TokenFiles;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.http.CaFiles;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalog that {@code followspot.catalog} chooses: {@code files} with {@code refreshInterval}
 * and {@code targetsOutside}, or {@code url} with {@code token} or {@code tokenFile}, {@code
 * caFile}, {@code cacheTtl}, {@code maxStale} and {@code requestTimeout}.
 */
public final class CatalogConfig {

  private static final List<String> OF_FILES = List.of("refreshInterval", "targetsOutside");
  private static final List<String> OF_URL =
      List.of("token", "tokenFile", "caFile", "cacheTtl", "maxStale", "requestTimeout");

  /**
   * A catalog that is to be closed.
   *
   * @param catalog the catalog
   * @param closing closes it
   */
  public record Opened(EntityCatalog catalog, AutoCloseable closing) {}

  private final ConfigSection section;
  private final ConfigProblems problems = new ConfigProblems();

  private CatalogConfig(ConfigSection section) {
    this.section = section;
  }

  /**
   * Opens the catalog. Files are read, a remote catalog is not asked yet.
   *
   * @param section {@code followspot.catalog}, possibly without keys
   * @return the catalog, empty if none is configured
   * @throws dev.followspot.spi.ConfigurationException with every mistake of the section, or of the
   *     files
   */
  public static Optional<Opened> open(ConfigSection section) {
    return new CatalogConfig(section).open();
  }

  /**
   * Opens files that are named elsewhere, such as on a command line, with the settings of a
   * section. They take the place of its {@code files} and {@code url}.
   *
   * @param section {@code followspot.catalog}, possibly without keys
   * @param files as in {@link Catalogs#files(List)}
   * @return the catalog, to be closed
   * @throws dev.followspot.spi.ConfigurationException with every mistake of the section and of the
   *     files
   */
  public static FileCatalog open(ConfigSection section, List<String> files) {
    CatalogConfig config = new CatalogConfig(section);
    FileCatalogBuilder builder = config.read(files).ofFiles;
    FileCatalog catalog = config.problems.read(builder::open);
    if (catalog != null && !config.problems.isEmpty()) {
      catalog.close();
    }
    config.problems.throwIfAny();
    return Objects.requireNonNull(catalog);
  }

  private record Builders(
      List<String> files, FileCatalogBuilder ofFiles, BackstageCatalogBuilder ofUrl) {}

  private Optional<Opened> open() {
    Builders builders = read(List.of());
    problems.throwIfAny();
    if (section.keys().contains("url")) {
      BackstageCatalog remote = builders.ofUrl.open();
      return Optional.of(new Opened(remote, remote));
    }
    if (builders.files.isEmpty()) {
      return Optional.empty();
    }
    FileCatalog local = builders.ofFiles.open();
    return Optional.of(new Opened(local, local));
  }

  /**
   * Reads the section.
   *
   * @param instead what takes the place of its files; empty for nothing
   */
  private Builders read(List<String> instead) {
    List<Path> paths = value(() -> section.optionalPaths("files").orElse(List.of()), List.of());
    List<String> files =
        instead.isEmpty() ? paths.stream().map(Path::toString).toList() : List.copyOf(instead);
    URI url = optional(() -> section.optionalUri("url"));
    FileCatalogBuilder ofFiles = Catalogs.files(files);
    duration("refreshInterval", Duration.ofMillis(50), true).ifPresent(ofFiles::refreshInterval);
    ofFiles.targetsOutside(
        value(() -> section.optionalBoolean("targetsOutside").orElse(false), false));
    BackstageCatalogBuilder ofUrl =
        Catalogs.backstage(url == null ? URI.create("https://invalid") : checked(url));
    Secret token = optional(() -> section.optionalSecret("token"));
    Path tokenFile = optional(() -> section.optionalPath("tokenFile"));
    ofUrl.token(token).tokenFile(tokenFile);
    Path caFile = optional(() -> section.optionalPath("caFile"));
    ofUrl.caFile(caFile);
    duration("cacheTtl", Duration.ZERO, true).ifPresent(ofUrl::cacheTtl);
    duration("maxStale", Duration.ZERO, true).ifPresent(ofUrl::maxStale);
    duration("requestTimeout", Duration.ofMillis(1), false).ifPresent(ofUrl::requestTimeout);
    if (token != null && tokenFile != null) {
      problems.add(section.problem("tokenFile", "is there beside token; remove one of them"));
    }
    checkFiles(tokenFile, caFile);
    Set<String> keys = section.keys();
    boolean hasUrl = keys.contains("url");
    boolean hasFiles = keys.contains("files") || (!instead.isEmpty() && !hasUrl);
    if (hasFiles && hasUrl) {
      problems.add(section.problem("url", "is there beside files; remove one of them"));
    } else {
      foreign(keys, hasUrl ? OF_FILES : OF_URL, hasUrl || hasFiles, hasUrl ? "files" : "url");
      if (!hasFiles && !hasUrl) {
        foreign(keys, OF_FILES, false, "files");
      }
    }
    return new Builders(files, ofFiles, ofUrl);
  }

  /** They may change later, but what is not there at the start is more likely a slip. */
  private void checkFiles(@Nullable Path tokenFile, @Nullable Path caFile) {
    if (tokenFile != null) {
      try {
        var unused = new TokenFiles().token(tokenFile);
      } catch (CredentialException e) {
        problems.add(section.problem("tokenFile", String.valueOf(e.getMessage())));
      }
    }
    if (caFile != null) {
      CaFiles.problem(caFile)
          .ifPresent(problem -> problems.add(section.problem("caFile", problem)));
    }
  }

  private void foreign(Set<String> keys, List<String> wrong, boolean other, String owner) {
    for (String key : wrong) {
      if (keys.contains(key)) {
        problems.add(
            section.problem(
                key,
                other
                    ? "has no meaning here: it belongs to a catalog with " + owner
                    : "is there without " + owner + ", which it belongs to"));
      }
    }
  }

  private URI checked(URI url) {
    try {
      var unused = Catalogs.backstage(url);
      return url;
    } catch (IllegalArgumentException e) {
      // Its text is not shown: it may hold a password.
      problems.add(
          section.problem(
              "url",
              "is no address of a Backstage backend, such as https://backstage.example.com;"
                  + " a user name, a password, dot segments, a query and a fragment are not allowed in it"));
      return URI.create("https://invalid");
    }
  }

  private Optional<Duration> duration(String key, Duration least, boolean zero) {
    Duration value = optional(() -> section.optionalDuration(key));
    if (value == null || (zero && value.isZero())) {
      return Optional.ofNullable(value);
    }
    if (value.compareTo(least) < 0 || value.compareTo(BackstageCatalogBuilder.LONGEST) > 0) {
      problems.add(
          section.problem(
              key,
              "is "
                  + value
                  + "; allowed is "
                  + (zero ? "0 and " : "")
                  + Math.max(1, least.toMillis())
                  + "ms to 24h"));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private <T> T value(Supplier<T> reader, T otherwise) {
    T value = problems.read(reader);
    return value == null ? otherwise : value;
  }

  private <T> @Nullable T optional(Supplier<Optional<T>> reader) {
    Optional<T> value = problems.read(reader);
    return value == null ? null : value.orElse(null);
  }
}
