package dev.followspot.envtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real kube-apiserver with its etcd, on loopback, with RBAC. There is no scheduler, controller
 * manager or kubelet: what is created stays as it was created, and a namespace is deleted only as
 * far as Terminating, so every test should use namespaces of its own. Safe for use by several
 * threads.
 *
 * <pre>{@code
 * RealApiServer server = RealApiServer.shared();
 * server.apply(yaml);
 * String token = server.createServiceAccountToken("backstage-ns", "backstage-sa");
 * }</pre>
 */
public final class RealApiServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final SecureRandom RANDOM = new SecureRandom();

  private static @Nullable RealApiServer shared;

  private final Path folder;
  private final ServerProcess etcd;
  private final ServerProcess apiServer;
  private final ServiceAccountKey serviceAccountKey;
  private final String adminToken;
  private final URI url;
  private final ApiCalls calls;

  private RealApiServer(Binaries binaries, Path folder) throws IOException {
    this.folder = folder;
    serviceAccountKey = ServiceAccountKey.create();
    serviceAccountKey.writeTo(folder.resolve("sa.key"), folder.resolve("sa.pub"));
    adminToken = randomHex();
    Files.writeString(folder.resolve("tokens.csv"), adminToken + ",admin,admin,system:masters\n");
    int etcdPort = freePort();
    etcd = ServerProcess.start(binaries.etcd(), folder, etcdFlags(etcdPort, freePort()));
    int port = freePort();
    url = URI.create("https://127.0.0.1:" + port);
    try {
      apiServer = ServerProcess.start(binaries.apiServer(), folder, serverFlags(etcdPort, port));
    } catch (IOException | RuntimeException e) {
      etcd.close();
      throw e;
    }
    try {
      calls = awaitReady();
    } catch (IOException | RuntimeException e) {
      stopProcesses();
      throw e;
    }
  }

  /**
   * The server that all tests of this JVM share; started by the first call, stopped with the JVM.
   *
   * @return the server, ready
   * @throws org.opentest4j.TestAbortedException if the environment variable {@code
   *     KUBEBUILDER_ASSETS} is not set: the test is skipped
   * @throws IllegalStateException if it is set, and the server does not start
   */
  public static synchronized RealApiServer shared() {
    RealApiServer server = shared;
    if (server == null) {
      server = start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop kube-apiserver"));
      shared = server;
    }
    return server;
  }

  /**
   * A server of one's own, for tests that stop it.
   *
   * @return the server, ready; has to be closed
   * @throws org.opentest4j.TestAbortedException as {@link #shared()} does
   * @throws IllegalStateException as {@link #shared()} does
   */
  public static RealApiServer start() {
    Binaries binaries = Binaries.in(System.getenv(Binaries.VARIABLE));
    IllegalStateException last = null;
    // A port that was free may be taken by another process before the server binds it.
    for (int attempt = 0; attempt < 3; attempt++) {
      Path folder = temporaryFolder();
      try {
        return new RealApiServer(binaries, folder);
      } catch (IOException e) {
        delete(folder);
        throw new UncheckedIOException(e);
      } catch (IllegalStateException e) {
        delete(folder);
        last = e;
      }
    }
    throw new IllegalStateException("kube-apiserver did not start", last);
  }

  private static List<String> etcdFlags(int port, int peerPort) {
    return List.of(
        "--name=envtest",
        "--data-dir=etcd-data",
        "--unsafe-no-fsync",
        "--log-level=error",
        "--listen-client-urls=http://127.0.0.1:" + port,
        "--advertise-client-urls=http://127.0.0.1:" + port,
        "--listen-peer-urls=http://127.0.0.1:" + peerPort,
        "--initial-advertise-peer-urls=http://127.0.0.1:" + peerPort,
        "--initial-cluster=envtest=http://127.0.0.1:" + peerPort);
  }

  private static List<String> serverFlags(int etcdPort, int port) {
    return List.of(
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=10.0.0.0/24",
        // Makes a certificate for 127.0.0.1 of its own.
        "--cert-dir=pki",
        "--token-auth-file=tokens.csv",
        "--authorization-mode=RBAC",
        "--anonymous-auth=true",
        "--service-account-issuer=" + ServiceAccountKey.ISSUER,
        "--api-audiences=" + ServiceAccountKey.ISSUER,
        "--service-account-key-file=sa.pub",
        "--service-account-signing-key-file=sa.key",
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged=true",
        "--v=1");
  }

  private ApiCalls awaitReady() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    ApiCalls ready = null;
    while (Instant.now().isBefore(end)) {
      etcd.checkAlive();
      apiServer.checkAlive();
      if (ready == null && Files.exists(caFile()) && Files.size(caFile()) > 0) {
        ready = new ApiCalls(url, caFile(), adminToken);
      }
      if (ready != null && ready.isReady()) {
        return ready;
      }
      ApiCalls.pause();
    }
    throw new IllegalStateException(
        "kube-apiserver is not ready after " + PATIENCE + ":\n" + apiServer.endOfLog());
  }

  /**
   * Where it listens.
   *
   * @return {@code https://127.0.0.1:port}
   */
  public URI url() {
    return url;
  }

  /**
   * The authority of its certificate, which is for {@code 127.0.0.1}.
   *
   * @return a PEM file
   */
  public Path caFile() {
    return folder.resolve("pki").resolve("apiserver.crt");
  }

  /**
   * The authority of its certificate.
   *
   * @return PEM
   */
  public String caCertificate() {
    try {
      return Files.readString(caFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The token of a cluster administrator, member of {@code system:masters}.
   *
   * @return the token
   */
  public String adminToken() {
    return adminToken;
  }

  /**
   * Creates or changes objects, as {@code kubectl apply --server-side} does. A document with a
   * {@code status} has that set, too.
   *
   * @param yamlOrJson one or several documents, each with apiVersion, kind and name
   * @throws IllegalStateException if the server refuses one, with its answer
   */
  public void apply(String yamlOrJson) {
    calls.apply(yamlOrJson);
  }

  /**
   * Creates namespaces; those that there are stay.
   *
   * @param names their names
   */
  public void createNamespaces(String... names) {
    for (String name : names) {
      apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    }
  }

  /**
   * Deletes an object at once, or all objects of a collection.
   *
   * @param path such as {@code /api/v1/namespaces/dev/pods/one}
   * @throws IllegalStateException if the server refuses, with its answer
   */
  public void delete(String path) {
    calls.require("DELETE", path + "?gracePeriodSeconds=0", "application/json", null);
  }

  /**
   * Changes an object by a JSON merge patch.
   *
   * @param path such as {@code /api/v1/namespaces/dev/pods/one}
   * @param json the patch
   * @throws IllegalStateException if the server refuses, with its answer
   */
  public void patch(String path, String json) {
    calls.require("PATCH", path, "application/merge-patch+json", json);
  }

  /**
   * Creates whatever JSON is posted.
   *
   * @param path such as {@code /api/v1/namespaces/dev/pods}
   * @param json the object
   * @return the server's answer
   * @throws IllegalStateException if the server refuses, with its answer
   */
  public String post(String path, String json) {
    return calls.require("POST", path, "application/json", json).body();
  }

  /**
   * Asks as somebody.
   *
   * @param pathAndQuery such as {@code /api/v1/pods?limit=1}
   * @param token the bearer token, null for none
   * @param headers names and values, in turn
   * @return the answer, whatever its status
   */
  public HttpResponse<String> get(String pathAndQuery, @Nullable String token, String... headers) {
    return calls.send("GET", pathAndQuery, token, null, null, headers);
  }

  /**
   * A token of a service account, by TokenRequest. Creates the namespace and the account if need
   * be.
   *
   * @param namespace the account's namespace
   * @param name the account's name
   * @return a token that is good for an hour
   */
  public String createServiceAccountToken(String namespace, String name) {
    createServiceAccount(namespace, name);
    Map<String, ?> answer =
        Yaml.object(
            post(
                accountPath(namespace, name) + "/token",
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                 "spec": {"expirationSeconds": 3600}}"""));
    String token = Yaml.text(answer, "status", "token");
    awaitKnown(token);
    return token;
  }

  /** A token is refused until the server has heard of the account that it has just created. */
  private void awaitKnown(String token) {
    calls.await("/api", token, status -> status != 401);
  }

  /**
   * Waits until an account may do what a new Role allows, or may no longer: the server hears of
   * changed roles only a little later.
   *
   * @param pathAndQuery such as {@code /api/v1/namespaces/dev/pods}
   * @param token the account's bearer token, null for none
   * @param status the status to wait for
   * @throws IllegalStateException if it does not come
   */
  public void awaitStatus(String pathAndQuery, @Nullable String token, int status) {
    calls.await(pathAndQuery, token, actual -> actual == status);
  }

  /**
   * A token of a service account as the server would sign it, for any time. Creates the namespace
   * and the account if need be.
   *
   * @param namespace the account's namespace
   * @param name the account's name
   * @param from when it begins to be valid
   * @param until when it expires, which may be long ago
   * @return the token
   */
  public String signServiceAccountToken(
      String namespace, String name, Instant from, Instant until) {
    createServiceAccount(namespace, name);
    Map<String, ?> account = Yaml.object(calls.require(accountPath(namespace, name)));
    String uid = Yaml.text(account, "metadata", "uid");
    Instant now = Instant.now();
    awaitKnown(
        serviceAccountKey.sign(namespace, name, uid, now.minusSeconds(60), now.plusSeconds(60)));
    return serviceAccountKey.sign(namespace, name, uid, from, until);
  }

  private void createServiceAccount(String namespace, String name) {
    createNamespaces(namespace);
    apply(
        "{apiVersion: v1, kind: ServiceAccount, metadata: {namespace: %s, name: %s}}"
            .formatted(namespace, name));
  }

  private static String accountPath(String namespace, String name) {
    return "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name;
  }

  /** Stops both processes and deletes what they wrote. */
  @Override
  public void close() {
    stopProcesses();
    delete(folder);
  }

  private void stopProcesses() {
    apiServer.close();
    etcd.close();
  }

  private static String randomHex() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("followspot-envtest");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
