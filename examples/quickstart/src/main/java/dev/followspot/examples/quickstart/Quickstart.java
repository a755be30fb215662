package dev.followspot.examples.quickstart;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.LookupRequest;
import dev.followspot.core.LookupResult;
import dev.followspot.core.catalog.CatalogInfo;
import dev.followspot.core.cluster.Kubeconfig;
import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Looks a catalog entity up. Without arguments it tells a story against a mock API server; with
 * {@code --catalog} it asks real clusters.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    version = "Followspot quickstart",
    description = "Finds the Kubernetes objects of a catalog entity.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  the answer is complete",
      "  1  the answer could not be written",
      "  3  there is an answer, but something is missing",
      "  2  the command line, the configuration or the catalog is wrong"
    })
public final class Quickstart implements Callable<Integer> {

  /** How an answer is written. */
  enum Output {
    table,
    backstage,
    matrix
  }

  private static final int COMPLETE = 0;
  private static final int UNWRITTEN = 1;
  private static final int WRONG = 2;
  private static final int MISSING = 3;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "An app-config.yaml; may be repeated, later ones win.")
  private List<Path> configs = new ArrayList<>();

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      required = true,
      description = "A catalog-info.yaml, with one or several entities.")
  private Path catalog = Path.of("");

  @Option(
      names = "--entity",
      paramLabel = "REF",
      description = "Which entity of the catalog, such as component:default/order-service.")
  private @Nullable String entity;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Its contexts are clusters, besides those of the configuration.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "table (default), backstage: Backstage's JSON, or matrix: JSON of all cells.")
  private Output output = Output.table;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "When to give up what was not answered, such as 10s, 500ms or 1m.")
  private @Nullable Duration timeout;

  private boolean contextsLeftOut;

  private Quickstart() {}

  /**
   * Runs the example.
   *
   * @param args none for the story; see {@code --help}
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      new Story(System.out, CommandLine.Help.Ansi.AUTO.enabled()).tell();
      return;
    }
    System.exit(
        new CommandLine(new Quickstart())
            .registerConverter(Duration.class, Quickstart::duration)
            .setExecutionExceptionHandler((e, command, parsed) -> wrong(e))
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Entity chosen = CatalogInfo.select(CatalogInfo.readAll(catalog), entity);
    try (Followspot followspot = start()) {
      followspot.warnings().forEach(warning -> System.err.println("warning: " + warning));
      followspot.issues().forEach(issue -> System.err.println("warning: " + issue));
      LookupRequest request = LookupRequest.of(chosen);
      if (timeout != null) {
        request = request.timeout(timeout);
      }
      LookupResult result = lookup(followspot, request);
      write(result);
      if (System.out.checkError()) {
        System.err.println("the answer could not be written to standard output");
        return UNWRITTEN;
      }
      return result.complete() && !contextsLeftOut ? COMPLETE : MISSING;
    }
  }

  private static LookupResult lookup(Followspot followspot, LookupRequest request) {
    Progress progress = new Progress(System.err, request.entity().ref());
    try {
      return followspot.lookup(request);
    } finally {
      progress.close();
    }
  }

  private Followspot start() {
    if (configs.isEmpty() && kubeconfig == null) {
      throw new ConfigurationException(
          "", "--config", "no cluster is known; give --config FILE or --kubeconfig FILE");
    }
    FollowspotBuilder builder = Followspot.builder();
    if (!configs.isEmpty()) {
      Path[] more = configs.subList(1, configs.size()).toArray(Path[]::new);
      builder.configuration(
          AppConfig.read(configs.get(0), more)
              .only("kubernetes", "followspot")
              .resolve(System.getenv()));
    }
    if (kubeconfig != null) {
      Kubeconfig contexts = Kubeconfig.read(List.of(kubeconfig));
      contexts.problems().forEach(problem -> System.err.println(problem));
      contextsLeftOut = !contexts.problems().isEmpty();
      builder.clusters(contexts.clusters());
    }
    return builder.build();
  }

  private void write(LookupResult result) throws IOException {
    PrintStream out = System.out;
    switch (output) {
      case table -> new Table(out, CommandLine.Help.Ansi.AUTO.enabled()).print(result);
      case backstage -> result.writeBackstageJson(out);
      case matrix -> result.writeMatrixJson(out);
    }
    if (output != Output.table) {
      out.println();
    }
  }

  private static int wrong(Exception e) throws Exception {
    if (e instanceof ConfigurationException || e instanceof IllegalArgumentException) {
      System.err.println(e.getMessage());
      return WRONG;
    }
    throw e;
  }

  /** {@code 10s}, {@code 500ms}, {@code 2m}, {@code 1h}, or ISO 8601 such as {@code PT10S}. */
  private static Duration duration(String text) {
    Duration duration;
    try {
      duration =
          text.endsWith("ms")
              ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
              : Duration.parse(text.startsWith("P") ? text : "PT" + text);
    } catch (RuntimeException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is no duration; write 10s, 500ms, 2m or 1h");
    }
    if (duration.isZero() || duration.isNegative()) {
      throw new CommandLine.TypeConversionException("'" + text + "' is not longer than no time");
    }
    return duration;
  }
}
