package dev.followspot.core.http;

import dev.followspot.spi.Cancellation;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API servers of all clusters over shared connections: HTTP/2 where the server speaks it,
 * else HTTP/1.1.
 *
 * <p>Streams have connections and I/O threads of their own, from the first one on: a watch or a
 * slow upload never takes anything from a look-up. Of an answer that nobody reads, 256 KiB are held
 * at most over HTTP/2, and 128 KiB over HTTP/1.1; of the body of a request, one part. A request
 * that may do harm when it comes twice never goes over an HTTP/1.1 connection that was used before.
 * A request with {@link StreamRequest#upgrade()} gets an HTTP/1.1 connection of its own. A peer
 * that is gone without a word is found out by TCP after 20 seconds of silence, where the system has
 * these options.
 *
 * <p>Requests share connections only if host, port, proxy, trust, server name and client
 * certificate are the same. Certificate files are read again when they change. No cookies, no
 * redirects. All threads are daemons whose names start with {@code followspot-http}: {@link
 * HttpSettings#ioThreads()} that read and write, as many more once there was a stream, one that
 * watches the time, and up to four that resolve names, read files and load classes at the start,
 * and that end when idle. Safe for use by several threads.
 */
public final class HttpEngine implements ApiClient, ApiStreams, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);
  private static final long SWEEP_MILLIS = 250;
  private static final AtomicBoolean WARM = new AtomicBoolean();

  private final HttpSettings settings;
  private final HttpThreads threads = new HttpThreads();
  private final TlsIdentities identities = new TlsIdentities();
  private final OriginFinder origins = new OriginFinder(threads, identities);
  private final Slots slots;
  private final Room room;
  private final Connector connector;
  private final Streams streams;
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
    this(settings, StreamSettings.DEFAULT);
  }

  /**
   * Starts the threads; nothing is connected yet.
   *
   * @param settings limits and times
   * @param streaming limits of streams
   */
  public HttpEngine(HttpSettings settings, StreamSettings streaming) {
    this(settings, streaming, Names.SYSTEM);
  }

  HttpEngine(HttpSettings settings, StreamSettings streaming, Names.Resolver resolver) {
    this(settings, streaming, resolver, Room.ofHeap());
  }

  HttpEngine(HttpSettings settings, StreamSettings streaming, Names.Resolver resolver, Room room) {
    this.room = room;
    this.settings = Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(streaming, "streaming");
    slots = new Slots(settings.maxConcurrentRequests(), settings.maxConcurrentRequestsPerCluster());
    Names names = new Names(threads.blocking(), resolver);
    connector = new Connector(settings, threads, Lane.lookUps(settings), names);
    userAgent = "followspot/" + version();
    streams = new Streams(settings, streaming, threads, origins, names, userAgent);
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
      connector.sweep();
      streams.sweep();
    } catch (RuntimeException | OutOfMemoryError e) {
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
   * {@inheritDoc}
   *
   * <p>Above {@link StreamSettings#maxConcurrentRequests()} it fails at once with {@code
   * THROTTLED}, after {@link #close} with {@code CANCELLED}, and with {@code INVALID} if method,
   * path, query or headers hold what HTTP does not allow. A body of the request that breaks off or
   * is not as long as it says is a failure with {@code CANCELLED}. {@code Expect} is not sent: the
   * body goes out at once. Informational answers and trailers are left out.
   */
  @Override
  public CompletionStage<StreamResponse> stream(StreamRequest request) {
    return streams.stream(Objects.requireNonNull(request, "request"));
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
    Predicate<Connection> gone = c -> c.origin.port() == port && c.origin.host().equals(host);
    connector.pool().closeIdle(gone);
    streams.closeIdle(gone);
    identities.forget(
        cluster.tls(), identity -> connector.pool().uses(identity) || streams.uses(identity));
  }

  /**
   * Loads what look-ups will need, TLS and more, on a helper thread, so that the first look-up does
   * not wait for it. Only the first engine does so.
   *
   * @param more loads what is not of this package
   */
  public void warmUp(Runnable more) {
    if (WARM.compareAndSet(false, true)) {
      threads.blocking().execute(TlsWarmUp::run);
      threads.blocking().execute(more);
    }
  }

  /**
   * A look-up begins: until it ends, what was read of its answers while they came counts as memory
   * in use. Where that is scarce, it is kept packed.
   *
   * @param cancelledBy what cancels this look-up, and no other; that of {@link
   *     ApiRequest#context()}
   */
  public void beginLookUp(Cancellation cancelledBy) {
    room.begin(cancelledBy);
  }

  /**
   * A look-up has ended. Later calls do nothing.
   *
   * @param cancelledBy what {@link #beginLookUp} was given
   */
  public void endLookUp(Cancellation cancelledBy) {
    room.end(cancelledBy);
  }

  /**
   * How many connections are open.
   *
   * @return the connections of all clusters, idle ones and those of streams included
   */
  public int connections() {
    return connector.pool().size() + streams.connections();
  }

  /**
   * How many streams are under way.
   *
   * @return the streams of all clusters, from the request until the last byte of the answer is
   *     taken or its failure known
   */
  public int streams() {
    return streams.count();
  }

  /**
   * How many look-ups are under way.
   *
   * @return those that have begun, by {@link #beginLookUp}, and not ended
   */
  public int lookUps() {
    return room.lookUps();
  }

  /**
   * How many requests of look-ups are under way.
   *
   * @return the requests of all clusters that hold a slot, without streams
   */
  public int requests() {
    return slots.inUse();
  }

  /**
   * Ends everything: calls under way and bodies of streams fail with {@code CANCELLED}, connections
   * are closed, and all threads end; this waits for them, unless it runs on one of them. Later
   * calls do nothing.
   */
  @Override
  public void close() {
    closed = true;
    sweeping.cancel(false);
    calls.forEach(call -> call.fail(ConnectionPool.closedTrouble()));
    streams.close();
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

  OriginFinder origins() {
    return origins;
  }

  Room room() {
    return room;
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

  TlsIdentities identities() {
    return identities;
  }

  void ended(Call call) {
    calls.remove(call);
  }
}
