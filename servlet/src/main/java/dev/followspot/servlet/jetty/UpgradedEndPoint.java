package dev.followspot.servlet.jetty;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/** A connection that Jetty has given away after status 101, with the streams of the servlet API. */
final class UpgradedEndPoint extends AbstractConnection
    implements Connection.UpgradeTo, WebConnection {

  /** How long the caller may take to end its direction after the other one has ended. */
  private static final long LINGER_MILLIS = 5_000;

  private final HttpUpgradeHandler handler;
  private final UpgradedInput input;
  private final UpgradedOutput output;
  private volatile boolean opened;
  private volatile boolean closing;

  UpgradedEndPoint(EndPoint endPoint, Executor executor, HttpUpgradeHandler handler) {
    super(endPoint, executor);
    this.handler = handler;
    this.input = new UpgradedInput(endPoint, executor, this::fillInterested);
    this.output = new UpgradedOutput(endPoint, executor);
  }

  @Override
  public void onUpgradeTo(ByteBuffer early) {
    input.keep(early);
  }

  @Override
  public void onOpen() {
    opened = true;
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    handler.init(this);
    if (!getEndPoint().isOpen()) {
      // It may have told the connection before this one.
      handler.destroy();
    }
  }

  /** After that, Jetty does not open it any more. */
  void requestCompleted() {
    if (!opened) {
      handler.destroy();
    }
  }

  @Override
  public void onFillable() {
    if (closing) {
      readAway();
    } else {
      input.wake();
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    input.fail(cause);
  }

  @Override
  public boolean onIdleExpired(TimeoutException timeout) {
    return closing;
  }

  @Override
  public void onClose(Throwable cause) {
    super.onClose(cause);
    handler.destroy();
  }

  @Override
  public ServletInputStream getInputStream() {
    return input;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return output;
  }

  /** Ends this direction, and the connection as soon as the caller has ended its own. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    EndPoint endPoint = getEndPoint();
    endPoint.setIdleTimeout(LINGER_MILLIS);
    endPoint.shutdownOutput();
    if (input.isFinished()) {
      endPoint.close();
    } else if (!endPoint.isFillInterested()) {
      readAway();
    }
  }

  /** To close a connection with something unread in it would take away what was sent last. */
  private void readAway() {
    ByteBuffer buffer = BufferUtil.allocate(16 * 1024);
    try {
      int filled = getEndPoint().fill(buffer);
      while (filled > 0) {
        BufferUtil.clear(buffer);
        filled = getEndPoint().fill(buffer);
      }
      if (filled == 0) {
        getEndPoint().tryFillInterested(new FillableAgain());
        return;
      }
    } catch (IOException e) {
      // It is gone already.
    }
    getEndPoint().close();
  }

  /** Reads on. */
  private final class FillableAgain implements org.eclipse.jetty.util.Callback {
    @Override
    public void succeeded() {
      readAway();
    }

    @Override
    public void failed(Throwable cause) {
      getEndPoint().close(cause);
    }
  }
}
