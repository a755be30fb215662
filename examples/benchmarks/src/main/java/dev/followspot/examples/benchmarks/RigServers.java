package dev.followspot.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The mock clusters of the rig, until they are closed. */
final class RigServers implements AutoCloseable {

  private static final String SCENARIO_FILE = "scenario file: ";

  private final Process process;
  private final List<Path> scenarios = new ArrayList<>();

  private RigServers(Process process) {
    this.process = process;
  }

  /**
   * Starts them.
   *
   * @param rig the folder of the rig
   * @param names which scenarios they serve
   * @param log where the rig's messages go
   * @throws IOException if they do not start
   */
  static RigServers start(Path rig, List<String> names, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                // A signal to the whole group, as of a terminal, would end it without its servers.
                "setsid",
                rig.resolve("run").toString(),
                "--no-build",
                "--serve",
                "--scenarios",
                String.join(",", names),
                "--nets",
                "lo",
                "--peers",
                "node")
            .redirectError(log.toFile())
            .start();
    RigServers servers = new RigServers(process);
    try {
      servers.readScenarios(names.size());
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
    if (servers.scenarios.size() < names.size()) {
      servers.close();
      throw new IOException(
          "the mock clusters did not start; the rig said:\n" + Files.readString(log));
    }
    return servers;
  }

  private void readScenarios(int count) throws IOException {
    // Not to be closed: the rig would fail at its next line.
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(SCENARIO_FILE)) {
        scenarios.add(Path.of(line.substring(SCENARIO_FILE.length())));
      }
      if (scenarios.size() == count) {
        return;
      }
    }
  }

  /** The files of the scenarios, in their order. */
  List<Path> scenarios() {
    return List.copyOf(scenarios);
  }

  /** Ends its input, at which it ends its servers; a signal would leave them. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
  }
}
