package dev.followspot.examples.backstagebackend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The backend in a JVM of its own, as somebody starts it. */
@SuppressWarnings("try")
final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers = new ArrayList<>();

  private Program(Process process) {
    this.process = process;
    read(reader(process.getInputStream()));
    read(reader(process.getErrorStream()));
  }

  static Program start(String... args) throws IOException {
    return start(List.of(), args);
  }

  /** Starts it with further options of the JVM. */
  static Program start(List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BackstageBackend.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CANARY_TOKEN", "canary-token-of-the-environment");
    return new Program(builder.start());
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private void read(BufferedReader from) {
    Thread thread =
        new Thread(
            () -> {
              try (from) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                  output.add(line);
                }
              } catch (IOException e) {
                output.add(e.toString());
              }
            });
    thread.setDaemon(true);
    thread.start();
    readers.add(thread);
  }

  /** What it has said so far, on both ways. */
  String output() {
    return String.join("\n", output) + "\n";
  }

  /** Waits until it has said something. */
  String await(Predicate<String> said) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!said.test(output())) {
      if (!process.isAlive()) {
        throw new AssertionError("ended with " + exitCode() + ": " + output());
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("said only: " + output());
      }
      Thread.sleep(20);
    }
    return output();
  }

  /** Waits until it listens; where it does. */
  URI url() throws InterruptedException {
    String said = await(text -> text.contains("listening on "));
    String rest = said.substring(said.indexOf("listening on ") + "listening on ".length());
    return URI.create(rest.substring(0, rest.indexOf(": ")));
  }

  /** Waits until it ends by itself or was told to. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end; it said: " + output());
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
