package dev.followspot.examples.backstagebackend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the command line. */
final class Options {

  private static final int MAX_PORT = 65535;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "An app-config.yaml; may be repeated, later ones win.")
  private List<Path> configs = new ArrayList<>();

  @Option(
      names = "--catalog",
      paramLabel = "PATH",
      description = {
        "A catalog-info.yaml or a folder of them; may be repeated.",
        "Wins over files and url of followspot.catalog, whose other settings count."
      })
  private List<Path> catalogs = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on, instead of that of backend.listen; 0 for a free one.",
      converter = PortConverter.class)
  private @Nullable Integer port;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "A folder of jars with extensions.")
  private @Nullable Path plugins;

  List<Path> configs() {
    return configs;
  }

  List<Path> catalogs() {
    return catalogs;
  }

  @Nullable Integer port() {
    return port;
  }

  @Nullable Path plugins() {
    return plugins;
  }

  /** Whether nothing is said of clusters and entities, so that the mock clusters are shown. */
  boolean demo() {
    return configs.isEmpty() && catalogs.isEmpty();
  }

  /** A port, or what is wrong with it. */
  static final class PortConverter implements picocli.CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // as if it were out of range
      }
      throw new picocli.CommandLine.TypeConversionException(
          Texts.quoted(text) + " is no port; wanted a number from 0 to " + MAX_PORT);
    }
  }
}
