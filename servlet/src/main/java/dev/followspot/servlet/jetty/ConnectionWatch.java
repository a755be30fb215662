package dev.followspot.servlet.jetty;

import dev.followspot.servlet.CallerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
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

  private final AbstractEndPoint endPoint;
  private final Buffered buffered;
  private final Runnable onHangUp;
  private boolean closed;

  /** What Jetty has read of a connection, and how much it has room for. */
  private record Buffered(Connection.UpgradeFrom from, Connection.UpgradeTo to, int size) {

    /** Whether there is something. Jetty tells only by giving it away. */
    boolean isUsed() {
      ByteBuffer held = from.onUpgradeFrom();
      if (held == null) {
        return false;
      }
      to.onUpgradeTo(held);
      return true;
    }
  }

  private ConnectionWatch(AbstractEndPoint endPoint, Buffered buffered, Runnable onHangUp) {
    this.endPoint = endPoint;
    this.buffered = buffered;
    this.onHangUp = onHangUp;
  }

  static CallerConnection.Watch start(Request request, Runnable onHangUp) {
    Connection connection = request.getConnectionMetaData().getConnection();
    EndPoint endPoint = connection.getEndPoint();
    if (endPoint instanceof AbstractEndPoint watched
        && connection instanceof AbstractConnection sized
        && connection instanceof Connection.UpgradeFrom from
        && connection instanceof Connection.UpgradeTo to) {
      Buffered buffered = new Buffered(from, to, sized.getInputBufferSize());
      ConnectionWatch watch = new ConnectionWatch(watched, buffered, onHangUp);
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

  /**
   * Looks once. Anything that was read is kept for Jetty, which drops what it has no room for: so
   * nothing is read if a part of the next request is there already.
   */
  private boolean isEnded() {
    if (buffered.isUsed()) {
      return false;
    }
    ByteBuffer buffer = BufferUtil.allocate(buffered.size());
    try {
      int filled = endPoint.fill(buffer);
      if (filled > 0) {
        buffered.to().onUpgradeTo(buffer);
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
