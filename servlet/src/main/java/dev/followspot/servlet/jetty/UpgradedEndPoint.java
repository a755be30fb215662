package dev.followspot.servlet.jetty;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A connection that Jetty has given away after status 101, with the streams of the servlet API. */
final class UpgradedEndPoint extends AbstractConnection
    implements Connection.UpgradeTo, WebConnection {

  /** How long the caller may take to end its direction after the other one has ended. */
  private static final long LINGER_SECONDS = 5;

  /** What is read away at most before the connection is closed. */
  private static final int READ_AWAY = 1024 * 1024;

  private final Scheduler scheduler;
  private final HttpUpgradeHandler handler;
  private final UpgradedInput input;
  private final UpgradedOutput output;
  private volatile boolean opened;
  private final AtomicBoolean closing = new AtomicBoolean();
  private int unread = READ_AWAY;
  private volatile Scheduler.@Nullable Task deadline;

  UpgradedEndPoint(
      EndPoint endPoint, Executor executor, Scheduler scheduler, HttpUpgradeHandler handler) {
    super(endPoint, executor);
    this.scheduler = scheduler;
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
    if (closing.get()) {
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
  public void onClose(Throwable cause) {
    super.onClose(cause);
    cancelDeadline();
    handler.destroy();
  }

  private void cancelDeadline() {
    Scheduler.Task set = deadline;
    if (set != null) {
      set.cancel();
    }
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
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    EndPoint endPoint = getEndPoint();
    endPoint.shutdownOutput();
    if (input.isFinished()) {
      endPoint.close();
      return;
    }
    deadline = scheduler.schedule(endPoint::close, LINGER_SECONDS, TimeUnit.SECONDS);
    if (!endPoint.isOpen()) {
      cancelDeadline();
    } else if (!endPoint.isFillInterested()) {
      // This may be a thread in which a cluster is read.
      getExecutor().execute(this::readAway);
    }
  }

  /** To close a connection with something unread in it would take away what was sent last. */
  private void readAway() {
    ByteBuffer buffer = BufferUtil.allocate(16 * 1024);
    // The input may just be reading, too.
    synchronized (input) {
      try {
        int filled = getEndPoint().fill(buffer);
        while (filled > 0 && unread > 0) {
          unread -= filled;
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
    }
    getEndPoint().close();
  }

  /** Reads on. */
  private final class FillableAgain implements Callback {
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
