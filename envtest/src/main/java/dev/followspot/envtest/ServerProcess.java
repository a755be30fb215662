package dev.followspot.envtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the two programs, writing its log to a file. */
final class ServerProcess implements AutoCloseable {

  private final String name;
  private final Path log;
  private final Process process;

  private ServerProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static ServerProcess start(Path program, Path folder, List<String> flags) throws IOException {
    String name = String.valueOf(program.getFileName());
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(flags);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // Proxies of the machine have no business on loopback, and etcd would read its own variables.
    builder.environment().keySet().removeIf(key -> key.startsWith("ETCD_") || isProxy(key));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return new ServerProcess(name, log, process);
  }

  private static boolean isProxy(String key) {
    return key.equalsIgnoreCase("http_proxy") || key.equalsIgnoreCase("https_proxy");
  }

  /** Throws with the end of the log if the program has ended. */
  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          name + " ended with code " + process.exitValue() + ":\n" + endOfLog());
    }
  }

  String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it: on a polite request kube-apiserver waits for its watchers, and nothing is kept. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
