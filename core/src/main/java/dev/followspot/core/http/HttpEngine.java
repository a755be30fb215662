package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API servers of all clusters over shared connections: HTTP/2 where the server speaks it,
 * else HTTP/1.1.
 *
 * <p>Requests share connections only if host, port, proxy, trust, server name and client
 * certificate are the same. Certificate files are read again when they change. No cookies, no
 * redirects. All threads are daemons whose names start with {@code followspot-http}: {@link
 * HttpSettings#ioThreads()} that read and write, one that watches the time, and up to four that
 * resolve names and read files and that end when idle. Safe for use by several threads.
 */
public final class HttpEngine implements ApiClient, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);
  private static final long SWEEP_MILLIS = 250;

  private final HttpSettings settings;
  private final HttpThreads threads = new HttpThreads();
  private final TlsIdentities identities = new TlsIdentities();
  private final Slots slots;
  private final Connector connector;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final String userAgent;
  private final Future<?> sweeping;
  private volatile boolean closed;

  /**
   * Starts the threads; nothing is connected yet.
   *
   * @param settings limits and times
   */
  public HttpEngine(HttpSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    slots = new Slots(settings.maxConcurrentRequests(), settings.maxConcurrentRequestsPerCluster());
    connector = new Connector(settings, threads);
    userAgent = "followspot/" + version();
    long sweep = Math.max(1, Math.min(SWEEP_MILLIS, settings.idleTimeout().toMillis() / 2));
    sweeping =
        threads.timer().scheduleWithFixedDelay(this::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = HttpEngine.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      LOG.debug("the version is not known", e);
    }
    return properties.getProperty("version", "unknown");
  }

  private void sweep() {
    try {
      slots.sweep();
      connector.pool().sweep();
    } catch (RuntimeException e) {
      // Thrown on, it would end all later sweeps.
      LOG.warn("keeping connections and requests in order failed", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>After {@link #close} it fails with {@code CANCELLED}.
   */
  @Override
  public CompletionStage<ApiResponse> get(ApiRequest request) {
    Call call = new Call(this, Objects.requireNonNull(request, "request"));
    calls.add(call);
    if (closed) {
      call.fail(ConnectionPool.closedTrouble());
    }
    return call.start();
  }

  /**
   * A cluster is not used any more: its unused connections are closed now instead of later, unless
   * another cluster has the same host and port and opens them again.
   *
   * @param cluster the cluster
   */
  public void forget(Cluster cluster) {
    String host = Origin.hostOf(cluster.url());
    int port = Origin.portOf(cluster.url());
    connector.pool().closeIdle(c -> c.origin.port() == port && c.origin.host().equals(host));
    identities.forget(cluster.tls(), connector.pool()::uses);
  }

  /**
   * How many connections are open.
   *
   * @return the connections of all clusters, idle ones included
   */
  public int connections() {
    return connector.pool().size();
  }

  /**
   * How many requests are under way.
   *
   * @return the requests of all clusters that hold a slot
   */
  public int requests() {
    return slots.inUse();
  }

  /**
   * Ends everything: calls under way fail with {@code CANCELLED}, connections are closed, and all
   * threads end; this waits for them, unless it runs on one of them. Later calls do nothing.
   */
  @Override
  public void close() {
    closed = true;
    sweeping.cancel(false);
    calls.forEach(call -> call.fail(ConnectionPool.closedTrouble()));
    connector.close();
    threads.shutdown();
    threads.join();
  }

  HttpSettings settings() {
    return settings;
  }

  HttpThreads threads() {
    return threads;
  }

  TlsIdentities identities() {
    return identities;
  }

  Slots slots() {
    return slots;
  }

  ConnectionPool pool() {
    return connector.pool();
  }

  String userAgent() {
    return userAgent;
  }

  void ended(Call call) {
    calls.remove(call);
  }
}
