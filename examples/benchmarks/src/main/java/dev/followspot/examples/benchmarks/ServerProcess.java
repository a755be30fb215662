package dev.followspot.examples.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that serves HTTP on this machine, and what it uses. */
final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CALM_PATIENCE = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 100;
  private static final int CALM_POLL_MILLIS = 500;

  /** A server that uses less of one core than this does nothing for its callers. */
  private static final double CALM = 0.1;

  private final String name;
  private final Process process;
  private final URI url;
  private final Path log;
  private final Thread end;

  private ServerProcess(String name, Process process, URI url, Path log) {
    this.name = name;
    this.process = process;
    this.url = url;
    this.log = log;
    end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Makes the command line of a server that listens on a port. */
  interface CommandLine {
    List<String> at(int port);
  }

  /**
   * Starts a server, and waits until it is ready.
   *
   * @param name what it is called; its log is in a file of that name
   * @param folder where the log goes
   * @param command how it is started
   * @throws IOException if it does not get ready
   */
  static ServerProcess start(String name, Path folder, CommandLine command)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command.at(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ServerProcess server =
        new ServerProcess(name, process, URI.create("http://127.0.0.1:" + port), log);
    try {
      server.awaitReady();
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest question = HttpRequest.newBuilder(url.resolve("/healthcheck")).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (client.send(question, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException(name + " did not get ready; it said:\n" + Files.readString(log));
  }

  URI url() {
    return url;
  }

  /** Waits until it does nothing any more, and gives whether that was so before long. */
  boolean awaitCalm() throws InterruptedException {
    long end = System.nanoTime() + CALM_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      double before = cpuSeconds();
      long start = System.nanoTime();
      Thread.sleep(CALM_POLL_MILLIS);
      if ((cpuSeconds() - before) / ((System.nanoTime() - start) / 1e9) < CALM) {
        return true;
      }
    }
    return false;
  }

  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The largest resident set in MiB since {@link #forgetPeak}. */
  double peakResidentMebibytes() {
    return Meters.peakResidentMebibytes(Long.toString(process.pid()));
  }

  /** Where the system cannot forget, the peak is that of the whole life. */
  void forgetPeak() throws IOException {
    Path clear = Path.of("/proc/" + process.pid() + "/clear_refs");
    if (Files.isWritable(clear)) {
      Files.writeString(clear, "5");
    }
  }

  @Override
  public void close() {
    forgetEnd();
    process.destroy();
    try {
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void forgetEnd() {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // This program is ending.
    }
  }
}
