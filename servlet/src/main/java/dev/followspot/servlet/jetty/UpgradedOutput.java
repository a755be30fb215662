package dev.followspot.servlet.jetty;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What goes to an upgraded connection; never blocks, so {@link #isReady} has to be asked. What is
 * written is not copied, and must not be changed until it is ready again.
 */
final class UpgradedOutput extends ServletOutputStream implements Callback {

  private final EndPoint endPoint;
  private final Executor executor;
  private boolean writing;
  private boolean waiting;
  private @Nullable WriteListener listener;

  UpgradedOutput(EndPoint endPoint, Executor executor) {
    this.endPoint = endPoint;
    this.executor = executor;
  }

  @Override
  public synchronized void setWriteListener(WriteListener given) {
    listener = given;
    executor.execute(() -> tell(given));
  }

  private static void tell(WriteListener told) {
    try {
      told.onWritePossible();
    } catch (IOException e) {
      told.onError(e);
    }
  }

  @Override
  public synchronized boolean isReady() {
    waiting = writing;
    return !writing;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    synchronized (this) {
      if (writing) {
        throw new IllegalStateException("the last write is not done yet");
      }
      writing = true;
    }
    endPoint.write(this, ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void succeeded() {
    WriteListener told;
    synchronized (this) {
      writing = false;
      told = waiting ? listener : null;
      waiting = false;
    }
    if (told != null) {
      tell(told);
    }
  }

  @Override
  public void failed(Throwable cause) {
    WriteListener told;
    synchronized (this) {
      told = listener;
    }
    if (told != null) {
      told.onError(cause);
    }
  }
}
