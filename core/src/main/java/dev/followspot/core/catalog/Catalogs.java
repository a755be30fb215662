package dev.followspot.core.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens catalogs.
 *
 * <pre>{@code
 * try (FileCatalog catalog = Catalogs.files("catalog-info.yaml", "teams/").open();
 *     Followspot followspot = Followspot.builder().catalog(catalog).build()) { … }
 * }</pre>
 */
public final class Catalogs {

  private Catalogs() {}

  /**
   * A catalog of files.
   *
   * @param files paths of files, of folders, in which every {@code .yaml} and {@code .yml} counts
   *     at any depth, and globs with {@code *}, {@code **}, {@code ?}, {@code [a-z]} and {@code
   *     {a,b}}, such as <code>catalog/**&#47;*.yaml</code>. Folders and files whose names start
   *     with a dot are left out of folders and globs. Relative paths start at the working directory
   * @return a builder
   */
  public static FileCatalogBuilder files(List<String> files) {
    return new FileCatalogBuilder(files);
  }

  /**
   * A catalog of files.
   *
   * @param files as in {@link #files(List)}
   * @return a builder
   */
  public static FileCatalogBuilder files(String... files) {
    return files(List.of(files));
  }

  /**
   * A catalog of files.
   *
   * @param first as in {@link #files(List)}
   * @param more as in {@link #files(List)}
   * @return a builder
   */
  public static FileCatalogBuilder files(Path first, Path... more) {
    return files(Stream.concat(Stream.of(first), Stream.of(more)).map(Path::toString).toList());
  }

  /**
   * The catalog of a Backstage backend, asked over HTTP.
   *
   * @param url the address of the backend, below which there is {@code /api/catalog}; http or https
   * @return a builder
   * @throws IllegalArgumentException if it is no such address
   */
  public static BackstageCatalogBuilder backstage(URI url) {
    return new BackstageCatalogBuilder(url);
  }
}
