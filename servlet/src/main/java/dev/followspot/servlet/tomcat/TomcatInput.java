package dev.followspot.servlet.tomcat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** What comes from an upgraded connection; never blocks, so {@link #isReady} has to be asked. */
final class TomcatInput extends ServletInputStream {

  private final SocketWrapperBase<?> socket;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).limit(0);
  private boolean ended;
  private @Nullable IOException failure;
  private volatile @Nullable ReadListener listener;

  TomcatInput(SocketWrapperBase<?> socket) {
    this.socket = socket;
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

  @Override
  public void setReadListener(ReadListener given) {
    listener = given;
    socket.execute(this::wake);
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
    buffer.clear();
    int read = 0;
    try {
      read = socket.read(false, buffer);
      ended = read < 0;
    } catch (EOFException e) {
      ended = true;
    } catch (IOException e) {
      failure = e;
    }
    buffer.flip();
    if (read == 0 && !ended && failure == null) {
      socket.registerReadInterest();
      return false;
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
