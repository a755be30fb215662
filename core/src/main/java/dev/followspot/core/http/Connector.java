package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.ClientHttp1UpgradeHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections: name, TCP, proxy, TLS, protocol; within the time that the settings allow. */
final class Connector implements ConnectionPool.Opener {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);

  static final int MAX_HEADERS = 200;
  static final int MAX_HEADER_LINE = 16 << 10;
  private static final int MAX_HEADER_BYTES = 64 << 10;

  /** A peer that is gone without a word is found out after {@code 5 + 3 * 5} seconds of silence. */
  private static final int KEEP_ALIVE_SECONDS = 5;

  private static final int KEEP_ALIVE_PROBES = 3;

  private final HttpSettings settings;
  private final HttpThreads threads;
  private final Lane lane;
  private final ConnectionPool pool;
  private volatile DefaultConnectingIOReactor reactor;
  private final Map<String, Opening> sessions = new ConcurrentHashMap<>();
  private final Names names;

  /** Counts the reactors; of an earlier one it does not matter that its threads end. */
  private volatile int generation;

  private volatile boolean broken;
  private volatile boolean closed;

  final HttpProcessor processor = HttpProcessorBuilder.create().build();
  final H2Config h2;
  final ClientHttp1StreamDuplexerFactory http1 =
      new ClientHttp1StreamDuplexerFactory(
          processor,
          Http1Config.custom()
              .setMaxHeaderCount(MAX_HEADERS)
              .setMaxLineLength(MAX_HEADER_LINE)
              .setMaxEmptyLineCount(10)
              .build(),
          CharCodingConfig.DEFAULT);

  Connector(HttpSettings settings, HttpThreads threads, Lane lane, Names names) {
    this.settings = settings;
    this.threads = threads;
    this.lane = lane;
    this.names = names;
    this.pool = new ConnectionPool(this, lane);
    this.h2 =
        H2Config.custom()
            .setPushEnabled(false)
            .setInitialWindowSize(lane.window())
            .setMaxFrameSize(Connection.FRAME)
            .setMaxHeaderListSize(MAX_HEADER_BYTES)
            .build();
    this.reactor = startReactor(0);
  }

  private DefaultConnectingIOReactor startReactor(int number) {
    ThreadFactory factory = threads.factory(lane.threads());
    generation = number;
    DefaultConnectingIOReactor started =
        new DefaultConnectingIOReactor(
            (session, attachment) -> ((Opening) attachment).begin(session),
            IOReactorConfig.custom()
                .setIoThreadCount(settings.ioThreads())
                .setSoTimeout(Timeout.DISABLED)
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .setTcpKeepIdle(KEEP_ALIVE_SECONDS)
                .setTcpKeepInterval(KEEP_ALIVE_SECONDS)
                .setTcpKeepCount(KEEP_ALIVE_PROBES)
                .build(),
            task -> factory.newThread(() -> runUntilItEnds(task, number)),
            null,
            failure -> {},
            new Sessions(),
            session -> session.close(CloseMode.IMMEDIATE));
    started.start();
    return started;
  }

  /**
   * An error, such as one that there is no memory, ends a thread, which nobody else would notice.
   */
  private void runUntilItEnds(Runnable task, int of) {
    try {
      task.run();
    } finally {
      if (of == generation && !closed) {
        broken = true;
      }
    }
  }

  /** Keeps connections in order, and starts anew when a thread has ended. To be called often. */
  void sweep() {
    if (broken) {
      restart();
    }
    pool.sweep();
  }

  private void restart() {
    DefaultConnectingIOReactor ended;
    List<Opening> lost;
    synchronized (this) {
      if (!broken || closed) {
        return;
      }
      LOG.error("a thread that reads and writes has ended: all connections are opened anew");
      ended = reactor;
      reactor = startReactor(generation + 1);
      broken = false;
      lost = List.copyOf(sessions.values());
      sessions.clear();
    }
    ended.close(CloseMode.IMMEDIATE);
    lost.forEach(Opening::abandoned);
  }

  ConnectionPool pool() {
    return pool;
  }

  HttpSettings settings() {
    return settings;
  }

  /** From now on HTTP/1.1 is spoken. */
  void startHttp1(ProtocolIOSession session) {
    if (lane.brief()) {
      new ClientHttp1UpgradeHandler(http1).upgrade(session, null);
    } else {
      Http1Duplexer.start(session, processor);
    }
  }

  @Override
  public void open(Origin origin) {
    Opening opening = new Opening(this, origin);
    try {
      opening.watch(
          threads
              .timer()
              .schedule(
                  opening::timeOut, settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS));
      URI proxy = origin.proxy();
      if (proxy != null && !"http".equalsIgnoreCase(proxy.getScheme())) {
        opening.fail(
            new Trouble(
                CellStatus.UNREACHABLE,
                "the proxy of "
                    + origin.hostAndPort()
                    + " is a '"
                    + proxy.getScheme()
                    + "' proxy; only http:// is supported",
                null));
        return;
      }
      Trouble refused = Reach.beyondProxy(origin);
      if (refused != null) {
        opening.fail(refused);
        return;
      }
      String host = proxy == null ? origin.host() : Origin.hostOf(proxy);
      var unused =
          names
              .addresses(host)
              .whenComplete(
                  (found, failure) -> {
                    if (found == null) {
                      opening.fail(failure == null ? new UnknownHostException(host) : failure);
                    } else {
                      connect(opening, found);
                    }
                  });
    } catch (RejectedExecutionException e) {
      opening.fail(ConnectionPool.closedTrouble());
    }
  }

  private void connect(Opening opening, List<InetAddress> found) {
    List<InetAddress> allowed = Reach.allowed(opening.origin(), found);
    if (allowed.isEmpty()) {
      opening.fail(Reach.refused(opening.origin(), found));
    } else {
      connect(opening, allowed, 0);
    }
  }

  /** Tries one address after the other; each gets its share of the time. */
  private void connect(Opening opening, List<InetAddress> addresses, int index) {
    if (opening.isDone()) {
      return;
    }
    Origin origin = opening.origin();
    URI proxy = origin.proxy();
    int port = proxy == null ? origin.port() : Origin.portOf(proxy);
    long share = Math.max(1, settings.connectTimeout().toMillis() / addresses.size());
    NamedEndpoint endpoint = new Endpoint(origin.host(), origin.port());
    FutureCallback<IOSession> callback =
        new FutureCallback<>() {
          @Override
          public void completed(IOSession session) {}

          @Override
          public void failed(Exception failure) {
            if (index + 1 < addresses.size()) {
              connect(opening, addresses, index + 1);
            } else {
              opening.fail(failure);
            }
          }

          @Override
          public void cancelled() {
            opening.fail(ConnectionPool.closedTrouble());
          }
        };
    try {
      opening.connecting(
          reactor.connect(
              endpoint,
              new InetSocketAddress(addresses.get(index), port),
              null,
              Timeout.ofMilliseconds(share),
              opening,
              callback));
    } catch (RuntimeException e) {
      opening.fail(ConnectionPool.closedTrouble());
    }
  }

  /** The name and port that TLS asks for. */
  record Endpoint(String host, int port) implements NamedEndpoint {
    @Override
    public String getHostName() {
      return host;
    }

    @Override
    public int getPort() {
      return port;
    }
  }

  void register(IOSession session, Opening opening) {
    sessions.put(session.getId(), opening);
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    pool.close();
    reactor.close(CloseMode.IMMEDIATE);
    sessions.values().forEach(Opening::closeSession);
  }

  /** Tells connections what happens to their sockets, whichever protocol reads them. */
  private final class Sessions implements IOSessionListener {

    @Override
    public void exception(IOSession session, Exception failure) {
      Opening opening = sessions.get(session.getId());
      if (opening != null) {
        opening.broken(failure);
      }
    }

    @Override
    public void disconnected(IOSession session) {
      Opening opening = sessions.remove(session.getId());
      if (opening != null) {
        opening.disconnected();
      }
    }

    @Override
    public void connected(IOSession session) {}

    @Override
    public void startTls(IOSession session) {}

    @Override
    public void inputReady(IOSession session) {}

    @Override
    public void outputReady(IOSession session) {}

    @Override
    public void timeout(IOSession session) {}
  }
}
