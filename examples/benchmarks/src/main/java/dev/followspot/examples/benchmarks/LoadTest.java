package dev.followspot.examples.benchmarks;

import dev.followspot.examples.benchmarks.LoadedServer.Question;
import dev.followspot.examples.benchmarks.LoadedServer.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Has many callers ask the backend of the examples at the same time, and beside it the original:
 * look-ups per second, how long they take, and what the servers use. Exit code 3 means that
 * something failed.
 */
@Command(
    name = "load-test",
    mixinStandardHelpOptions = true,
    description = "Has many callers ask two backends, and prints what came of it as a table.")
public final class LoadTest implements Callable<Integer> {

  private static final int WRONG = 2;
  private static final int FAILED = 3;

  /** The warm-up of a server takes as long as so many measurements. */
  private static final int WARM_UP = 2;

  /** The types that are looked up by default. */
  private static final int TYPES = 13;

  @Option(names = "--bench", paramLabel = "DIR", description = "The rig with the mock clusters.")
  private Path bench = Path.of("../shared/bench");

  @Option(names = "--backend", paramLabel = "JAR", description = "The backend of the examples.")
  private Path backend = Path.of("examples/backstage-backend/target/backstage-backend.jar");

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "NAME",
      description = "followspot, original.")
  private List<Target> servers = List.of(Target.FOLLOWSPOT, Target.ORIGINAL);

  @Option(names = "--scenarios", split = ",", paramLabel = "NAME", description = "Of the rig.")
  private List<String> scenarios = List.of("S1", "S2");

  @Option(names = "--callers", split = ",", paramLabel = "N", description = "How many at a time.")
  private List<Integer> callers = List.of(1, 10, 50, 200);

  @Option(names = "--seconds", paramLabel = "S", description = "How long they call in all.")
  private int seconds = 60;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "A look-up that takes longer has failed.")
  private int timeout = 30;

  @Option(names = "--objects", paramLabel = "N", description = "Objects in each list of a cluster.")
  private int objects = 10;

  @Option(
      names = "--entities",
      paramLabel = "N",
      description = "How many entities they ask for in turn, all with the same objects.")
  private int entities = 1;

  /** Which server is asked. */
  enum Target {
    FOLLOWSPOT,
    ORIGINAL
  }

  private LoadTest() {}

  /**
   * Runs the test.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new LoadTest())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(LoadTest::tell)
            .execute(args));
  }

  /** A server that does not start has said why: nothing that a stack trace could add. */
  private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult options)
      throws Exception {
    if (failure instanceof IOException) {
      command.getErr().println(failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      System.err.println(missing.get());
      return WRONG;
    }
    Path folder = Files.createTempDirectory("load-test");
    Thread cleaning = new Thread(() -> delete(folder));
    Runtime.getRuntime().addShutdownHook(cleaning);
    boolean failed = false;
    try (RigServers clusters =
        RigServers.start(bench.toAbsolutePath(), scenarios, folder.resolve("rig.log"))) {
      System.out.println(Row.HEADER);
      for (Path file : clusters.scenarios()) {
        failed |= load(file, RigScenario.read(file), folder);
      }
    }
    System.out.printf(
        "%nThe callers, which share the machine, used %.1f s of CPU.%n", Meters.cpuMillis() / 1000);
    return failed ? FAILED : 0;
  }

  /** What there has to be before, and how to get it. */
  private Optional<String> missing() {
    if (entities < 1 || seconds < 1 || callers.stream().anyMatch(number -> number < 1)) {
      return Optional.of("--entities, --seconds and --callers are at least 1");
    }
    Path node = bench.resolve("peers/node");
    if (!Files.exists(bench.resolve("run"))) {
      return Optional.of(bench + " is not the folder of the rig; name it with --bench");
    }
    if (servers.contains(Target.ORIGINAL) && !Files.exists(node.resolve("node_modules"))) {
      return Optional.of(
          "the original is not installed: npm install --ignore-scripts --no-package-lock in "
              + node
              + ", or leave it out with --servers followspot");
    }
    if (servers.contains(Target.FOLLOWSPOT) && !Files.exists(backend)) {
      return Optional.of(
          backend + " is not built: mvn -q -DskipTests -pl examples/backstage-backend -am package");
    }
    return Optional.empty();
  }

  /** Prints the lines of one scenario, and gives whether something failed. */
  private boolean load(Path file, RigScenario scenario, Path parent)
      throws IOException, InterruptedException {
    Path folder = parent.resolve(scenario.name());
    Files.createDirectories(folder.resolve("catalog"));
    Files.writeString(
        folder.resolve("catalog/catalog-info.yaml"),
        IntStream.range(0, entities)
            .mapToObj(scenario::catalogInfo)
            .collect(Collectors.joining("---\n")));
    Files.writeString(
        folder.resolve("app-config.yaml"),
        scenario.appConfig() + "backend: {auth: {dangerouslyDisableDefaultAuthPolicy: true}}\n");
    Duration part =
        Duration.ofSeconds(seconds)
            .dividedBy((long) scenarios.size() * servers.size() * (callers.size() + WARM_UP));
    Question question =
        new Question(
            "/api/kubernetes/services/order-service",
            IntStream.range(0, entities).mapToObj(scenario::servicesRequest).toList(),
            TYPES * scenario.namespaces().size() * scenario.clusters().size() * objects,
            Duration.ofSeconds(timeout),
            part.multipliedBy(WARM_UP));
    List<LoadedServer> running = new ArrayList<>();
    boolean failed = false;
    try {
      for (Target server : servers) {
        String name = server.name().toLowerCase(Locale.ROOT);
        running.add(
            new LoadedServer(
                name,
                () ->
                    ServerProcess.start(name, folder, port -> command(server, file, folder, port)),
                question));
      }
      for (int number : callers) {
        for (LoadedServer server : running) {
          Row row = server.measure(number, part);
          System.out.println(row.line(scenario.name()));
          row.measured()
              .failures()
              .forEach((what, count) -> System.err.println("  " + count + " x " + what));
          failed |= row.measured().failed() > 0;
        }
      }
    } finally {
      running.forEach(LoadedServer::close);
    }
    return failed;
  }

  private List<String> command(Target server, Path file, Path folder, int port) {
    String number = Integer.toString(port);
    return switch (server) {
      case FOLLOWSPOT ->
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-jar",
              backend.toString(),
              "--config",
              folder.resolve("app-config.yaml").toString(),
              "--catalog",
              folder.resolve("catalog").toString(),
              "--port",
              number);
      case ORIGINAL ->
          List.of(
              "node",
              script(folder).toString(),
              bench.resolve("peers/node").toAbsolutePath().toString(),
              file.toString(),
              number);
    };
  }

  private static Path script(Path folder) {
    Path script = folder.resolve("original.js");
    try (InputStream source = LoadTest.class.getResourceAsStream("original.js")) {
      if (source == null) {
        throw new IllegalStateException("original.js is not beside " + LoadTest.class.getName());
      }
      Files.write(script, source.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script;
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("not deleted: " + folder + ": " + e);
    }
  }
}
