package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpTunnel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Flow.Publisher;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection after status 101: bytes in both directions, each as fast as its reader takes them.
 *
 * <p>The end of one direction is passed on and leaves the other one open. With TLS it cannot be
 * said properly in one direction only: when the server ends, the whole connection does, and the end
 * of the caller is a TCP FIN without {@code close_notify}.
 */
final class UpgradedConnection implements IOEventHandler, HttpTunnel, Upload.Owner, Upload.Sink {

  /** The server is read no further while more than this waits for the caller. */
  private static final int MOST_WAITING = 64 << 10;

  /** So often the socket has to be ready after the last byte, so that TLS has sent it as well. */
  private static final int ROUNDS = 4;

  /** The shortest time after which a reactor calls back. */
  private static final Timeout SOON = Timeout.ofMilliseconds(1);

  private final StreamExchange exchange;
  private final ProtocolIOSession session;
  private final ResponseBody body;
  private final boolean tls;
  private final ByteBuffer scratch = ByteBuffer.allocate(16 << 10);
  private volatile @Nullable Upload upload;
  private boolean stopped;
  private boolean paused;
  private boolean inputEnded;
  private boolean outputEnded;
  private int roundsToEnd;

  UpgradedConnection(StreamExchange exchange, Connection connection, ResponseBody body) {
    this.exchange = exchange;
    this.session = connection.session;
    this.body = body;
    this.tls = exchange.origin.tls() != null;
  }

  /** The first bytes came together with the head. */
  void start(ByteBuffer first) {
    body.add(first);
    pauseIfFull();
  }

  // To the server.

  @Override
  public void send(Publisher<ByteBuffer> fromCaller) {
    Upload made = new Upload(HttpBody.of(fromCaller), this);
    synchronized (this) {
      if (upload != null) {
        throw new IllegalStateException("the tunnel has what it sends already");
      }
      upload = made;
    }
    wake();
  }

  /** The publisher is subscribed to on the I/O thread. */
  @Override
  public void wake() {
    boolean late;
    synchronized (this) {
      late = stopped;
      if (!late) {
        setEvent(EventMask.WRITE);
      }
    }
    if (late) {
      stop();
    }
  }

  @Override
  public void outputReady(IOSession current) throws IOException {
    Upload sending = upload;
    if (sending != null) {
      sending.writeTo(this);
    }
    boolean end;
    synchronized (this) {
      boolean ending = roundsToEnd > 0 && --roundsToEnd == 0;
      end = ending && !outputEnded;
      outputEnded |= ending;
      if (roundsToEnd == 0 && (sending == null || !sending.isReady())) {
        session.clearEvent(EventMask.WRITE);
      }
    }
    if (end) {
      endOutput();
    }
  }

  @Override
  public int write(ByteBuffer part) throws IOException {
    return session.write(part);
  }

  @Override
  public synchronized void end() {
    roundsToEnd = tls ? ROUNDS : 1;
  }

  private void endOutput() {
    boolean both;
    synchronized (this) {
      both = inputEnded;
    }
    if (both) {
      finish();
    } else if (tls) {
      // TLS writes once more after this event, so it has to be another one.
      session.setSocketTimeout(SOON);
    } else {
      shutDownOutput();
    }
  }

  private void shutDownOutput() {
    try {
      if (session.channel() instanceof SocketChannel socket) {
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      // It is being closed, which is told otherwise.
      stop();
    }
  }

  @Override
  public void timeout(IOSession current, Timeout after) {
    session.setSocketTimeout(Timeout.DISABLED);
    shutDownOutput();
  }

  @Override
  public void broken(String why, @Nullable Throwable cause) {
    exchange.broken(why, cause);
  }

  // From the server.

  @Override
  public void inputReady(IOSession current, @Nullable ByteBuffer decrypted) throws IOException {
    if (decrypted != null) {
      body.add(decrypted);
    }
    int count = 0;
    while (!pauseIfFull()) {
      scratch.clear();
      count = session.read(scratch);
      if (count <= 0) {
        break;
      }
      body.add(scratch.flip());
    }
    if (count < 0) {
      endInput();
    }
  }

  private void endInput() {
    boolean both;
    synchronized (this) {
      if (inputEnded) {
        return;
      }
      inputEnded = true;
      session.clearEvent(EventMask.READ);
      both = outputEnded || tls;
    }
    if (both) {
      finish();
    } else {
      body.complete();
    }
  }

  /** True if the server is not read for now. */
  private boolean pauseIfFull() {
    synchronized (this) {
      if (body.backlog() < MOST_WAITING) {
        return false;
      }
      paused = true;
      session.clearEvent(EventMask.READ);
      return true;
    }
  }

  /** The caller has taken something. */
  void taken() {
    synchronized (this) {
      if (paused && !stopped && body.backlog() < MOST_WAITING / 2) {
        paused = false;
        setEvent(EventMask.READ);
      }
    }
  }

  private void setEvent(int event) {
    try {
      session.setEvent(event);
    } catch (CancelledKeyException e) {
      // It is being closed, which is told otherwise.
      stopped = true;
    }
  }

  // The end.

  private void finish() {
    exchange.tunnelEnded();
    stop();
  }

  /** Nothing is sent any more. */
  void stop() {
    Upload sending;
    synchronized (this) {
      stopped = true;
      sending = upload;
    }
    if (sending != null) {
      sending.discard();
    }
  }

  @Override
  public void exception(IOSession current, Exception cause) {
    exchange.reject(
        new Trouble(
            CellStatus.UNREACHABLE,
            "the upgraded connection to " + exchange.origin.shown() + " broke",
            cause));
    stop();
  }

  @Override
  public void disconnected(IOSession current) {
    exchange.reject(
        new Trouble(
            CellStatus.UNREACHABLE,
            "the upgraded connection to " + exchange.origin.shown() + " was closed",
            null));
    stop();
  }

  @Override
  public void connected(IOSession current) {}
}
