package dev.followspot.acceptance;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The client that Backstage's front end uses, in Node: the published file, as it is. */
@SuppressWarnings("try")
final class BackstageClient implements AutoCloseable {

  private static final String PLUGIN = "@backstage/plugin-kubernetes-react@0.6.2";

  /** What that file imports. The plugin depends on much more, for its pages. */
  private static final String[] IMPORTED = {
    "@backstage/catalog-model@1.10.3", "@backstage/errors@1.4.0"
  };

  /** Kept for the run after this one. */
  private static final Path FOLDER = Path.of("target", "backstage-client-0.6.2").toAbsolutePath();

  private final Process node;
  private final BufferedReader answers;

  private BackstageClient(Process node) {
    this.node = node;
    this.answers = node.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it, and installs it before if it is not there. */
  static BackstageClient start(URI backend) throws IOException, InterruptedException {
    // Node takes files of a package without a type for CommonJS, bundlers do not.
    Path file = FOLDER.resolve("KubernetesBackendClient.mjs");
    if (!Files.exists(file)) {
      install(file);
    }
    Path script = Path.of("src", "test", "js", "backstage-client.mjs").toAbsolutePath();
    return new BackstageClient(
        process("node", script.toString(), file.toString(), backend.toString()));
  }

  private static void install(Path file) throws IOException, InterruptedException {
    if (Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "npm")))) {
      throw new TestAbortedException("npm is not on the PATH");
    }
    Files.createDirectories(FOLDER);
    String quiet = "--ignore-scripts --no-audit --no-fund --no-package-lock";
    run("npm install --no-save --prefix=. " + quiet + " " + String.join(" ", IMPORTED));
    run("npm pack --ignore-scripts " + PLUGIN);
    String published = "package/dist/api/KubernetesBackendClient.esm.js";
    run("tar -xzf backstage-plugin-kubernetes-react-*.tgz " + published);
    Files.move(FOLDER.resolve(published), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(String command) throws IOException, InterruptedException {
    Process process = process("sh", "-c", command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed: " + said);
    }
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
  }

  /**
   * What a method gives, or {@code thrown} and {@code message}.
   *
   * @param portalToken who is signed in
   * @param clusterTokens what the auth providers give
   */
  JsonElement call(
      String portalToken, Map<String, String> clusterTokens, String method, Object argument)
      throws IOException {
    Map<String, Object> call = new HashMap<>();
    call.put("portalToken", portalToken);
    call.put("clusterTokens", clusterTokens);
    call.put("method", method);
    call.put("argument", argument);
    node.getOutputStream().write((new Gson().toJson(call) + "\n").getBytes(StandardCharsets.UTF_8));
    node.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null || !(answer.startsWith("{") || answer.startsWith("["))) {
      throw new IOException("node says: " + answer);
    }
    return JsonParser.parseString(answer);
  }

  /** The same for somebody who is signed in as they should. */
  JsonElement call(String method, Object argument) throws IOException {
    return call(Portal.TOKEN, Map.of(), method, argument);
  }

  @Override
  public void close() throws InterruptedException {
    node.destroyForcibly().waitFor();
  }
}
