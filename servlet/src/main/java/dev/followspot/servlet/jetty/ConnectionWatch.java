package dev.followspot.servlet.jetty;

import dev.followspot.servlet.CallerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Is interested in what can be read of a connection while its request is answered. The end of the
 * connection is a hang-up. A next request that comes early is handed to Jetty's connection, where
 * it waits for its turn; after that, the connection is not looked at any more.
 */
final class ConnectionWatch implements CallerConnection.Watch, Callback {

  /** As much as Jetty reads at once of a request's head. */
  private static final int EARLY = 8 * 1024;

  private final AbstractEndPoint endPoint;
  private final Connection.UpgradeTo connection;
  private final Runnable onHangUp;
  private boolean closed;

  private ConnectionWatch(
      AbstractEndPoint endPoint, Connection.UpgradeTo connection, Runnable onHangUp) {
    this.endPoint = endPoint;
    this.connection = connection;
    this.onHangUp = onHangUp;
  }

  static CallerConnection.Watch start(Request request, Runnable onHangUp) {
    Connection connection = request.getConnectionMetaData().getConnection();
    EndPoint endPoint = connection.getEndPoint();
    if (endPoint instanceof AbstractEndPoint watched
        && connection instanceof Connection.UpgradeTo taker) {
      ConnectionWatch watch = new ConnectionWatch(watched, taker, onHangUp);
      watched.tryFillInterested(watch);
      return watch;
    }
    return () -> {};
  }

  @Override
  public void succeeded() {
    boolean ended;
    synchronized (this) {
      if (closed) {
        return;
      }
      ended = isEnded();
      closed = ended;
    }
    if (ended) {
      endPoint.close(new EOFException("the caller hung up"));
      onHangUp.run();
    }
  }

  /** Looks once. Anything that was read is kept for Jetty. */
  private boolean isEnded() {
    ByteBuffer buffer = BufferUtil.allocate(EARLY);
    try {
      int filled = endPoint.fill(buffer);
      if (filled > 0) {
        connection.onUpgradeTo(buffer);
        return false;
      }
      if (filled == 0) {
        endPoint.tryFillInterested(this);
        return false;
      }
      return true;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void failed(Throwable cause) {
    boolean ended;
    synchronized (this) {
      ended = !closed;
      closed = true;
    }
    if (ended) {
      onHangUp.run();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    endPoint.getFillInterest().onFail(new IOException("the response is complete"));
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
