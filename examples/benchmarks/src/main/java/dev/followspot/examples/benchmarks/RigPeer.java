package dev.followspot.examples.benchmarks;

import dev.followspot.core.Followspot;
import dev.followspot.core.LookupResult;
import dev.followspot.spi.Cell;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Looks one entity up again and again, as an application would, and prints what it cost: {@code
 * RESULT} and a JSON object on the last line of standard output. Exit code 3 means that a look-up
 * had errors.
 */
@Command(
    name = "rig-peer",
    mixinStandardHelpOptions = true,
    description = "Looks one entity up again and again, and prints what it cost.")
public final class RigPeer implements Callable<Integer> {

  private static final int WRONG_ANSWERS = 3;
  private static final int MOST_TOLD = 10;

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "FILE",
      description = "What to look up.")
  private Path scenario = Path.of("");

  @Option(names = "--warmup", paramLabel = "N", description = "Look-ups before it is measured.")
  private int warmup = 3;

  @Option(names = "--rounds", paramLabel = "N", description = "Look-ups that are measured.")
  private int rounds = 5;

  @Option(names = "--think", paramLabel = "MS", description = "The pause before each look-up.")
  private long think;

  @Option(names = "--label", paramLabel = "NAME", description = "What it is called in the results.")
  private String label = "followspot";

  @Option(names = "--dump", paramLabel = "FILE", description = "Where the last answer goes.")
  private @Nullable Path dump;

  @Option(
      names = "--opt",
      paramLabel = "KEY=VALUE",
      description = "A setting of the configuration, such as followspot.http.requestTimeout=5s.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private RigPeer() {}

  /**
   * Runs the look-ups.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Mistakes of the user are told in a line. */
  static CommandLine commandLine() {
    return new CommandLine(new RigPeer())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof IOException
                  || failure instanceof IllegalArgumentException
                  || failure instanceof ConfigurationException) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              throw failure;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkOptions();
    RigScenario chosen = RigScenario.read(scenario);
    Entity entity = chosen.entity();
    RigReport report = new RigReport(rounds);
    long opening = System.nanoTime();
    try (Followspot followspot = Followspot.from(chosen.configuration(settings))) {
      report.opened(millisSince(opening));
      for (int i = -warmup; i < rounds; i++) {
        if (think > 0) {
          Thread.sleep(think);
        }
        if (i == 0) {
          report.begin();
        }
        round(followspot, entity, report, i);
      }
      report.end();
    }
    System.out.println("RESULT " + report.json(label, chosen, warmup, think));
    return report.errors() == 0 ? 0 : WRONG_ANSWERS;
  }

  private void checkOptions() {
    if (rounds < 1 || warmup < 0 || think < 0) {
      throw new IllegalArgumentException(
          "--rounds is at least 1, --warmup and --think are at least 0");
    }
    Path folder = dump == null ? null : dump.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--dump " + dump + ": there is no such folder");
    }
  }

  private void round(Followspot followspot, Entity entity, RigReport report, int round)
      throws IOException {
    Path file = round == rounds - 1 ? dump : null;
    try (CountingStream out =
        new CountingStream(
            file == null
                ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(file)))) {
      double cpu = Meters.cpuMillis();
      long start = System.nanoTime();
      LookupResult result = followspot.lookup(entity);
      result.writeBackstageJson(out);
      report.round(round, millisSince(start), Meters.cpuMillis() - cpu);
      report.answer(result.cells().size(), out.count(), errors(result));
      if (round == rounds - 1) {
        tellWhatFailed(result);
      }
    }
  }

  private static void tellWhatFailed(LookupResult result) {
    result.problems().forEach(System.err::println);
    result.cells().stream().filter(Cell::failed).limit(MOST_TOLD).forEach(System.err::println);
  }

  private static long errors(LookupResult result) {
    return result.cells().stream().filter(Cell::failed).count()
        + result.problems().stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
