package dev.followspot.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A kubectl that runs. */
@SuppressWarnings("try")
final class Kubectl implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Queue<String> out = new ConcurrentLinkedQueue<>();
  private final Queue<String> err = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers = new ArrayList<>();

  private Kubectl(Process process) {
    this.process = process;
    read(process.getInputStream(), out);
    read(process.getErrorStream(), err);
  }

  /**
   * Starts it for an API server at this address, as somebody without a kubeconfig.
   *
   * @param home a folder for what it caches
   */
  static Kubectl start(Path home, String server, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getenv("KUBEBUILDER_ASSETS"), "kubectl").toString());
    command.add("--server=" + server);
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("KUBECONFIG", home.resolve("none").toString());
    builder.environment().putAll(environment);
    return new Kubectl(builder.start());
  }

  private void read(InputStream in, Queue<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add(e.toString());
              }
            });
    thread.setDaemon(true);
    thread.start();
    readers.add(thread);
  }

  /** Gives it this as its input, and nothing more. */
  Kubectl type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    return this;
  }

  String out() {
    return String.join("\n", out);
  }

  String err() {
    return String.join("\n", err);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits until its output has this. */
  void await(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!out().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("no " + text + " in: " + out() + "\n" + err());
      }
      Thread.sleep(20);
    }
  }

  /** Waits until it ends by itself. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end; it said: " + out() + "\n" + err());
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  /** Waits until it ends, as it should; what it said. */
  String succeeded() throws InterruptedException {
    if (exitCode() != 0) {
      throw new AssertionError("ended with " + exitCode() + ": " + out() + "\n" + err());
    }
    return out();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
