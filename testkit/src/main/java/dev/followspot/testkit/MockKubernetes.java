package dev.followspot.testkit;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A mock Kubernetes API server for unit tests: real sockets and TLS, the answers of a real API
 * server, and whatever should go wrong.
 *
 * <pre>{@code
 * static @RegisterExtension final MockKubernetes kubernetes =
 *     MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");
 * }</pre>
 *
 * <p>As a JUnit extension it starts before the first test and closes after the last one. What a
 * test changes is gone in the next one: each begins with what the field's initializer and
 * {@code @BeforeAll} methods declared. Without JUnit, call {@link #start()} and {@link #close()}.
 *
 * <p>Everything may be changed while it runs, and counts from the next request on. A token that was
 * never mentioned is answered 401; a token may do only what was allowed, else it is answered 403,
 * in the words of the real server; no token is {@code system:anonymous}. There are all built-in
 * types that Followspot asks for, discovery, and pod metrics once there are some; no watches, no
 * writing.
 *
 * <p>Safe for use by several threads; tests that run at the same time need servers of their own.
 */
public final class MockKubernetes
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AutoCloseable {

  private final World world = new World();
  private final FaultRules faults = new FaultRules();
  private final ApiServer api = new ApiServer(world);
  private final RequestHandler handler = new RequestHandler(world, api, faults);
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable Certificates certificates = Certificates.create();
  private @Nullable Listener listener;
  private @Nullable Path caFile;
  private @Nullable World declared;
  private int port;
  private int users;

  private MockKubernetes() {}

  /**
   * A mock API server whose cluster has some namespaces. It does not run yet.
   *
   * @param names the namespaces, possibly none
   * @return the server
   */
  public static MockKubernetes withNamespaces(String... names) {
    return new MockKubernetes().namespaces(names);
  }

  /**
   * Speaks plain HTTP instead of TLS.
   *
   * @return this server
   * @throws IllegalStateException if it runs already
   */
  public synchronized MockKubernetes http() {
    if (port != 0) {
      throw new IllegalStateException("the mock API server runs already; call http() before");
    }
    certificates = null;
    return this;
  }

  /**
   * Adds namespaces.
   *
   * @param names their names
   * @return this server
   */
  public MockKubernetes namespaces(String... names) {
    for (String name : names) {
      world.addNamespace(name);
    }
    return this;
  }

  /**
   * Serves a custom resource. Its version becomes known beside those that it has.
   *
   * @param group its API group
   * @param version its version
   * @param plural its plural name, as in paths
   * @param kind its kind
   * @return this server
   */
  public MockKubernetes crd(String group, String version, String plural, String kind) {
    world.addType(new ServedType(group, List.of(version), plural, kind, true, true));
    return this;
  }

  /**
   * Serves a custom resource that does not live in namespaces.
   *
   * @param group its API group
   * @param version its version
   * @param plural its plural name, as in paths
   * @param kind its kind
   * @return this server
   */
  public MockKubernetes clusterScopedCrd(String group, String version, String plural, String kind) {
    world.addType(new ServedType(group, List.of(version), plural, kind, false, true));
    return this;
  }

  /**
   * Lets a token read in a namespace, as a Role and a RoleBinding do.
   *
   * @param token the bearer token
   * @param namespace the namespace, which has to be there
   * @param types what it may read: {@code pods}, {@code deployments.apps}, {@code
   *     pods.metrics.k8s.io}; everything if none is named
   * @return this server
   * @throws IllegalArgumentException if there is no such namespace or type
   */
  public MockKubernetes allow(String token, String namespace, String... types) {
    world.allow(token, namespace, types);
    return this;
  }

  /**
   * Lets a token read everywhere, as a ClusterRole and a ClusterRoleBinding do.
   *
   * @param token the bearer token
   * @param types what it may read; everything if none is named
   * @return this server
   * @throws IllegalArgumentException if there is no such type
   */
  public MockKubernetes allowClusterWide(String token, String... types) {
    world.allow(token, null, types);
    return this;
  }

  /**
   * Takes back what a token was allowed in a namespace. What it was allowed cluster-wide stays.
   *
   * @param token the bearer token
   * @param namespace the namespace
   * @return this server
   */
  public MockKubernetes revoke(String token, String namespace) {
    world.revoke(token, namespace);
    return this;
  }

  /**
   * Makes a token unknown, as if it had expired: it is answered 401.
   *
   * @param token the bearer token
   * @return this server
   */
  public MockKubernetes expireToken(String token) {
    world.forget(token);
    return this;
  }

  /**
   * Names the owner of a token, and makes it known even if it was allowed nothing yet. The name
   * stands in the messages of 403.
   *
   * @param token the bearer token
   * @param user such as {@code system:serviceaccount:backstage-ns:backstage-sa}
   * @return this server
   */
  public MockKubernetes user(String token, String user) {
    world.account(token, user);
    return this;
  }

  /**
   * Adds objects to a namespace, or replaces those of the same type and name.
   *
   * @param namespace the namespace, which has to be there
   * @param objects each is YAML or JSON text with one or several documents, a {@link Path} to such
   *     a file, a {@code Map}, a {@link KubernetesObject}, a typed model of client-java such as
   *     {@code V1Pod}, or a collection of those
   * @return this server
   * @throws IllegalArgumentException if there is no such namespace, or one of the objects is
   *     nothing of the kind, of an unknown kind, without a name, or says that it is elsewhere
   */
  public MockKubernetes add(String namespace, Object... objects) {
    world.checkNamespace(namespace);
    return addAll(namespace, objects);
  }

  /**
   * Adds or replaces objects as {@code kubectl apply} does: in the namespace that each says, else
   * in {@code default}; or in none.
   *
   * @param objects as in {@link #add}
   * @return this server
   * @throws IllegalArgumentException as in {@link #add}
   */
  public MockKubernetes apply(Object... objects) {
    return addAll(null, objects);
  }

  private MockKubernetes addAll(@Nullable String namespace, Object... objects) {
    for (Object source : objects) {
      Documents.objects(source).forEach(object -> world.add(namespace, object));
    }
    return this;
  }

  /**
   * Removes an object.
   *
   * @param namespace its namespace; null if it is in none
   * @param type its plural: {@code pods}, {@code deployments} or {@code deployments.apps}
   * @param name its name
   * @return this server
   * @throws IllegalArgumentException if there is no such object
   */
  public MockKubernetes remove(@Nullable String namespace, String type, String name) {
    if (!world.remove(world.typeCalled(type), namespace, name)) {
      throw new IllegalArgumentException(
          "there is no " + type + " '" + name + "' in namespace '" + namespace + "'");
    }
    return this;
  }

  /**
   * Removes all objects of a namespace.
   *
   * @param namespace the namespace
   * @return this server
   */
  public MockKubernetes removeAll(String namespace) {
    world.checkNamespace(namespace);
    world.removeAll(namespace);
    return this;
  }

  /**
   * Tells the usage of a container. With the first one the metrics API is served; until then it is
   * absent, as in a cluster without a metrics server.
   *
   * @param namespace the pod's namespace
   * @param pod the pod's name
   * @param container the container's name
   * @param cpu a quantity such as {@code 250m}
   * @param memory a quantity such as {@code 64Mi}
   * @return this server
   */
  public MockKubernetes metrics(
      String namespace, String pod, String container, String cpu, String memory) {
    world.checkNamespace(namespace);
    world.addType(BuiltInTypes.POD_METRICS);
    PodMetrics.add(world, namespace, pod, JsonText.object("cpu", cpu, "memory", memory), container);
    return this;
  }

  /**
   * Spoils the answers for a type in a namespace. Of several faults that concern a request, the
   * last one that was declared counts.
   *
   * @param namespace the namespace; null for every one and for cluster-wide requests
   * @param type the plural: {@code pods}, {@code deployments} or {@code deployments.apps}
   * @param fault what goes wrong
   * @return this server
   * @throws IllegalArgumentException if there is no such type
   */
  public MockKubernetes fault(@Nullable String namespace, String type, Fault fault) {
    String qualified =
        type.equals("pods.metrics.k8s.io") ? type : world.typeCalled(type).qualifiedName();
    faults.add(rawPath -> concerns(ApiPath.parse(rawPath), namespace, qualified), fault);
    return this;
  }

  private static boolean concerns(
      @Nullable ApiPath path, @Nullable String namespace, String qualified) {
    return path != null
        && path.qualifiedName().equals(qualified)
        && (namespace == null || namespace.equals(path.namespace()));
  }

  /**
   * Spoils the answers for some paths.
   *
   * @param path a regular expression that the whole path has to match, without the query
   * @param fault what goes wrong
   * @return this server
   */
  public MockKubernetes fault(String path, Fault fault) {
    Predicate<String> matches = Pattern.compile(path).asMatchPredicate();
    faults.add(matches, fault);
    return this;
  }

  /**
   * Ends all faults.
   *
   * @return this server
   */
  public MockKubernetes clearFaults() {
    faults.clear();
    return this;
  }

  /**
   * Expires the continue tokens that were handed out: they are answered 410.
   *
   * @return this server
   */
  public MockKubernetes expireContinueTokens() {
    api.expireContinueTokens();
    return this;
  }

  /**
   * Starts listening on a free port of loopback; does nothing if it runs.
   *
   * @return this server
   */
  public synchronized MockKubernetes start() {
    if (listener == null) {
      Certificates own = certificates;
      listener = Listener.open(port, own == null ? null : own.keyStore(), handler, connections);
      port = listener.port();
    }
    return this;
  }

  /** Stops listening: connections are refused until {@link #up()}. */
  public synchronized void down() {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  /** Listens again, on the same port. */
  public void up() {
    start();
  }

  /** Stops it; it can be started again. */
  @Override
  public synchronized void close() {
    down();
    port = 0;
    Path file = caFile;
    caFile = null;
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Where it listens.
   *
   * @return such as {@code https://127.0.0.1:34567}; the same as long as it is not closed
   * @throws IllegalStateException if it was not started
   */
  public synchronized URI url() {
    if (port == 0) {
      throw new IllegalStateException(
          "the mock API server does not run; call start(), or make it a @RegisterExtension");
    }
    return URI.create((certificates == null ? "http" : "https") + "://127.0.0.1:" + port);
  }

  /**
   * The authority of its certificate, which is for {@code localhost}, {@code 127.0.0.1} and {@code
   * ::1}. Every server has one of its own.
   *
   * @return PEM, as for {@code caData}
   * @throws IllegalStateException if it speaks plain HTTP
   */
  public synchronized String caCertificate() {
    if (certificates == null) {
      throw new IllegalStateException("the mock API server speaks plain HTTP; it has no CA");
    }
    return certificates.caPem();
  }

  /**
   * The authority of its certificate in a file that is deleted by {@link #close()}.
   *
   * @return a PEM file
   * @throws IllegalStateException if it speaks plain HTTP
   */
  public synchronized Path caFile() {
    String pem = caCertificate();
    if (caFile == null) {
      try {
        caFile = Files.writeString(Files.createTempFile("mock-kubernetes-ca", ".pem"), pem);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return caFile;
  }

  /**
   * A cluster for Followspot: the URL, the authority, and the auth provider {@code serviceAccount}.
   *
   * @param name the cluster's name
   * @param token the bearer token
   * @return a builder, for whatever else is to be set
   * @throws IllegalStateException if it was not started
   */
  public synchronized Cluster.Builder cluster(String name, String token) {
    Cluster.Builder cluster =
        Cluster.named(name)
            .url(url())
            .authProvider("serviceAccount")
            .serviceAccountToken(Secret.of(token))
            .origin("MockKubernetes");
    return certificates == null ? cluster : cluster.caData(caCertificate());
  }

  /**
   * A fetcher that lists what this server has, without a connection and so without running: the
   * delegate for a test of a fetcher that decorates. Faults that have an answer count, others do
   * not.
   *
   * @return the fetcher
   */
  public KubernetesFetcher fetcher() {
    return new MockFetcher(handler);
  }

  /**
   * What it was asked since the test began, in the order in which the requests came.
   *
   * @return an immutable list
   */
  public List<MockRequest> requests() {
    return handler.requests();
  }

  /**
   * How many connections were opened since the test began.
   *
   * @return the number
   */
  public int connections() {
    return connections.get();
  }

  /**
   * Forgets the requests and connections so far.
   *
   * @return this server
   */
  public MockKubernetes clearRequests() {
    handler.clearRequests();
    connections.set(0);
    return this;
  }

  /**
   * Back to the beginning of the test: ends all faults, forgets all requests, and undoes whatever
   * the test changed. Without JUnit, back to an empty cluster.
   *
   * @return this server
   */
  public synchronized MockKubernetes reset() {
    world.takeFrom(declared == null ? new World() : declared);
    clearFaults();
    expireContinueTokens();
    return clearRequests();
  }

  /** Called by JUnit: starts it. Nested test classes share it. */
  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    users++;
    start();
  }

  /** Called by JUnit: begins a test. */
  @Override
  public synchronized void beforeEach(ExtensionContext context) {
    users++;
    start();
    if (declared == null) {
      declared = world.copy();
    }
    reset();
  }

  /** Called by JUnit: ends a test. */
  @Override
  public synchronized void afterEach(ExtensionContext context) {
    release();
  }

  /** Called by JUnit: closes it after the last test. */
  @Override
  public synchronized void afterAll(ExtensionContext context) {
    release();
  }

  private void release() {
    users--;
    if (users == 0) {
      close();
      reset();
      declared = null;
    }
  }
}
