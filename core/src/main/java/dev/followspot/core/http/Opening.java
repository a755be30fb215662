package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.impl.nio.ClientH2UpgradeHandler;
import org.apache.hc.core5.http2.impl.nio.ClientHttp1UpgradeHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One connection from its first packet until its protocol is known and it goes to the pool. */
final class Opening implements IOEventHandler {

  private final Connector connector;
  private final Origin origin;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile @Nullable Future<?> timer;
  private volatile @Nullable Future<?> connect;
  private volatile @Nullable Connection connection;
  private volatile boolean pooled;
  private boolean tunnelled;

  Opening(Connector connector, Origin origin) {
    this.connector = connector;
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }

  boolean isDone() {
    return done.get();
  }

  void watch(Future<?> task) {
    timer = task;
  }

  void connecting(Future<IOSession> attempt) {
    connect = attempt;
    if (done.get() && connection == null) {
      attempt.cancel(true);
    }
  }

  /** There is a socket. */
  IOEventHandler begin(ProtocolIOSession session) {
    Connection made = new Connection(origin, session);
    connection = made;
    connector.register(session, this);
    if (done.get()) {
      made.close();
    } else if (origin.tls() != null && origin.proxy() == null) {
      startTls(made, origin.tls(), null);
    }
    return this;
  }

  private void startTls(
      Connection made, TlsIdentity tls, @Nullable FutureCallback<TransportSecurityLayer> callback) {
    made.session.startTls(
        tls.context(),
        new Connector.Endpoint(tls.nameOr(origin.host()), origin.port()),
        SSLBufferMode.STATIC,
        (endpoint, engine) ->
            tls.prepare(engine, origin.host(), connector.settings().http2() && !origin.upgrade()),
        null,
        Timeout.of(connector.settings().connectTimeout()),
        callback);
  }

  /** TCP is there and, unless there is a proxy, TLS as well. */
  @Override
  public void connected(IOSession session) {
    Connection made = connection;
    if (made == null) {
      return;
    }
    if (origin.tunnelled() && !tunnelled) {
      tunnelled = true;
      new ClientHttp1UpgradeHandler(connector.http1).upgrade(made.session, null);
      made.session.enqueue(
          new RequestExecutionCommand(new Tunnel(this, origin), HttpCoreContext.create()),
          Command.Priority.NORMAL);
    } else {
      startHttp(made);
    }
  }

  /** The proxy has made a way to the API server. */
  void throughProxy() {
    Connection made = connection;
    TlsIdentity tls = origin.tls();
    if (made == null) {
      return;
    }
    if (tls == null) {
      startHttp(made);
      return;
    }
    made.session.upgrade(this);
    startTls(
        made,
        tls,
        new FutureCallback<>() {
          @Override
          public void completed(TransportSecurityLayer layer) {
            startHttp(made);
          }

          @Override
          public void failed(Exception failure) {
            fail(failure);
          }

          @Override
          public void cancelled() {
            fail(new ConnectionClosedException());
          }
        });
    made.session.setEvent(EventMask.READ_WRITE);
  }

  private void startHttp(Connection made) {
    TlsDetails details = made.session.getTlsDetails();
    if (details == null || !"h2".equals(details.getApplicationProtocol())) {
      connector.startHttp1(made.session);
      succeed(made);
      return;
    }
    made.http2 = true;
    ClientH2StreamMultiplexerFactory factory =
        new ClientH2StreamMultiplexerFactory(
            connector.processor,
            null,
            connector.h2,
            // Bytes as they are. With any charset, HttpCore enlarges a buffer with each header, as
            // long as the connection lasts: 700 requests took 1.3 GB after 100,000 others.
            CharCodingConfig.DEFAULT,
            made.listener(() -> succeed(made), () -> connector.pool().retire(made)),
            made.frames);
    new ClientH2UpgradeHandler(factory, this::broken).upgrade(made.session, null);
  }

  private void succeed(Connection made) {
    if (done.compareAndSet(false, true)) {
      stopTimer();
      pooled = true;
      connector.pool().connected(made);
    }
  }

  void fail(Throwable failure) {
    if (done.compareAndSet(false, true)) {
      stopTimer();
      closeSession();
      Future<?> attempt = connect;
      if (attempt != null && connection == null) {
        attempt.cancel(true);
      }
      connector.pool().unconnected(origin, Failures.connecting(origin, failure));
    }
  }

  void timeOut() {
    boolean tcp = connection != null;
    fail(
        new Trouble(
            CellStatus.UNREACHABLE,
            "no connection to "
                + origin.shown()
                + " within "
                + connector.settings().connectTimeout().toMillis()
                + " ms"
                + (tcp ? ": it accepts connections, but does not go on" : "")
                + "; check the url and the network, or raise followspot.http.connectTimeout",
            null));
  }

  private void stopTimer() {
    Future<?> task = timer;
    if (task != null) {
      task.cancel(false);
    }
  }

  /** The socket, TLS or HTTP failed, at any time. */
  void broken(Exception failure) {
    Connection made = connection;
    if (made != null) {
      if (made.failure == null) {
        made.failure = failure;
      }
    }
    fail(failure);
  }

  void disconnected() {
    Connection made = connection;
    Exception failure = made == null ? null : made.failure;
    if (pooled && made != null) {
      connector.pool().disconnected(made);
    } else {
      fail(failure == null ? new ConnectionClosedException() : failure);
    }
  }

  /** Nobody reads or writes the socket any more. */
  void abandoned() {
    Connection made = connection;
    if (made != null) {
      made.session.close(CloseMode.IMMEDIATE);
      made.exchanges.forEach(exchange -> exchange.failed(new ConnectionClosedException()));
    }
    disconnected();
  }

  void closeSession() {
    Connection made = connection;
    if (made != null) {
      made.close();
    }
  }

  @Override
  public void inputReady(IOSession session, @Nullable ByteBuffer source) {}

  @Override
  public void outputReady(IOSession session) {
    session.clearEvent(EventMask.WRITE);
  }

  @Override
  public void timeout(IOSession session, Timeout after) {
    timeOut();
  }

  @Override
  public void exception(IOSession session, Exception failure) {
    broken(failure);
    session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void disconnected(IOSession session) {}
}
