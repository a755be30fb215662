package dev.followspot.servlet.jetty;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** What comes from an upgraded connection; never blocks, so {@link #isReady} has to be asked. */
final class UpgradedInput extends ServletInputStream {

  private static final int BUFFER = 16 * 1024;

  private final EndPoint endPoint;
  private final Executor executor;
  private final Runnable interest;
  private ByteBuffer buffer = BufferUtil.EMPTY_BUFFER;
  private boolean ended;
  private @Nullable IOException failure;
  private volatile @Nullable ReadListener listener;

  /**
   * Nothing is read yet.
   *
   * @param interest has {@link #wake} called once when there is something
   */
  UpgradedInput(EndPoint endPoint, Executor executor, Runnable interest) {
    this.endPoint = endPoint;
    this.executor = executor;
    this.interest = interest;
  }

  /** What was read before it was clear that the connection is given away. */
  synchronized void keep(ByteBuffer early) {
    ByteBuffer copy = BufferUtil.allocate(early.remaining());
    BufferUtil.append(copy, early);
    buffer = copy;
  }

  void wake() {
    ReadListener told = listener;
    if (told != null) {
      try {
        told.onDataAvailable();
      } catch (IOException e) {
        told.onError(e);
      }
    }
  }

  void fail(Throwable cause) {
    ReadListener told = listener;
    if (told != null) {
      told.onError(cause);
    }
  }

  @Override
  public void setReadListener(ReadListener given) {
    listener = given;
    executor.execute(this::wake);
  }

  @Override
  public synchronized boolean isFinished() {
    return ended && !buffer.hasRemaining();
  }

  @Override
  public synchronized boolean isReady() {
    if (buffer.hasRemaining() || ended || failure != null) {
      return true;
    }
    ByteBuffer fresh = BufferUtil.allocate(BUFFER);
    try {
      int filled = endPoint.fill(fresh);
      if (filled == 0) {
        interest.run();
        return false;
      }
      ended = filled < 0;
      buffer = fresh;
    } catch (IOException e) {
      failure = e;
    }
    return true;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
    IOException broken = failure;
    if (broken != null) {
      throw broken;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count == 0 && ended ? -1 : count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    if (count == 0) {
      throw new IllegalStateException("nothing is there yet");
    }
    return count < 0 ? -1 : one[0] & 0xff;
  }
}
