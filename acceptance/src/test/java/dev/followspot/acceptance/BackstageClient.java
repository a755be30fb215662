package dev.followspot.acceptance;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The client that Backstage's front end uses, in Node: the published file, as it is. */
final class BackstageClient {

  private static final String PLUGIN = "@backstage/plugin-kubernetes-react@0.6.2";

  /** What that file imports. The plugin depends on much more, for its pages. */
  private static final List<String> IMPORTED =
      List.of("@backstage/catalog-model@1.10.3", "@backstage/errors@1.4.0");

  /** Kept for the run after this one. */
  private static final Path FOLDER = Path.of("target", "backstage-client-0.6.2").toAbsolutePath();

  private final Path file;
  private final Portal portal;
  private final String portalToken;
  private final Map<String, String> clusterTokens;

  private BackstageClient(
      Path file, Portal portal, String portalToken, Map<String, String> clusterTokens) {
    this.file = file;
    this.portal = portal;
    this.portalToken = portalToken;
    this.clusterTokens = clusterTokens;
  }

  /** Installs it if it is not there. */
  static synchronized BackstageClient of(Portal portal) throws IOException, InterruptedException {
    // Node takes files of a package without a type for CommonJS, bundlers do not.
    Path file = FOLDER.resolve("KubernetesBackendClient.mjs");
    if (!Files.exists(file)) {
      if (Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, "npm")))) {
        throw new TestAbortedException("npm is not on the PATH");
      }
      Files.createDirectories(FOLDER);
      npm("install", "--no-save", "--no-package-lock", IMPORTED.get(0), IMPORTED.get(1));
      npm("pack", PLUGIN);
      String published = "package/dist/api/KubernetesBackendClient.esm.js";
      run(Map.of(), "sh", "-c", "tar -xzf *.tgz " + published);
      Files.move(FOLDER.resolve(published), file, StandardCopyOption.ATOMIC_MOVE);
    }
    return new BackstageClient(file, portal, Portal.TOKEN, Map.of());
  }

  private static void npm(String command, String... args) throws IOException, InterruptedException {
    List<String> line =
        new java.util.ArrayList<>(
            List.of("npm", command, "--prefix=.", "--ignore-scripts", "--no-audit", "--no-fund"));
    line.addAll(List.of(args));
    run(Map.of(), line.toArray(new String[0]));
  }

  /** The same client for somebody else. */
  BackstageClient signedIn(String token) {
    return new BackstageClient(file, portal, token, clusterTokens);
  }

  /** The same client with what an auth provider gives. */
  BackstageClient credentials(String provider, String token) {
    return new BackstageClient(file, portal, portalToken, Map.of(provider, token));
  }

  /** What a method gives, or {@code thrown} and {@code message}. */
  JsonElement call(String method, Object argument) throws IOException, InterruptedException {
    Gson gson = new Gson();
    String said =
        run(
            Map.of("PORTAL_TOKEN", portalToken, "CLUSTER_TOKENS", gson.toJson(clusterTokens)),
            "node",
            Path.of("src", "test", "js", "backstage-client.mjs").toAbsolutePath().toString(),
            file.toString(),
            portal.url().toString(),
            method,
            gson.toJson(argument));
    return JsonParser.parseString(said);
  }

  private static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
    builder.environment().putAll(environment);
    Path errors = FOLDER.resolve("stderr.txt");
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(command[0] + " failed: " + out + Files.readString(errors));
    }
    return out;
  }
}
