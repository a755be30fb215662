package dev.followspot.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The runnable jar in a JVM of its own, started as somebody who follows the README starts it. */
@SuppressWarnings("try")
final class Backend implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final List<Thread> readers = new ArrayList<>();

  private Backend(Process process) {
    this.process = process;
    read(process.getInputStream());
    read(process.getErrorStream());
  }

  /**
   * Starts it with this configuration and catalog, on a port that it chooses.
   *
   * @param folder where the files are written
   * @param config the text of app-config.yaml
   * @param catalog the text of catalog-info.yaml
   * @param jvm options of the JVM, such as {@code -Xmx64m}
   */
  static Backend start(Path folder, String config, String catalog, String... jvm)
      throws IOException {
    Path configFile = Files.writeString(folder.resolve("app-config.yaml"), config);
    Path catalogFile = Files.writeString(folder.resolve("catalog-info.yaml"), catalog);
    return start(
        List.of(jvm),
        Map.of(),
        "--config",
        configFile.toString(),
        "--catalog",
        catalogFile.toString(),
        "--port",
        "0");
  }

  static Backend start(List<String> jvm, Map<String, String> environment, String... args)
      throws IOException {
    Path jar = Path.of(System.getProperty("followspot.backend.jar")).normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IOException(jar + " is not there: build it with mvn -DskipTests package");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new Backend(builder.start());
  }

  private void read(InputStream in) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
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

  /** Waits until it listens; the address without a path. */
  URI url() throws InterruptedException {
    String said = await(text -> text.contains("listening on "));
    String rest = said.substring(said.indexOf("listening on ") + "listening on ".length());
    return URI.create(rest.substring(0, rest.indexOf(": ")));
  }

  /** The process, for what the operating system tells of it. */
  Process process() {
    return process;
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

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
