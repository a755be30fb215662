package dev.followspot.servlet.tomcat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** What goes to an upgraded connection; never blocks, so {@link #isReady} has to be asked. */
final class TomcatOutput extends ServletOutputStream {

  private final SocketWrapperBase<?> socket;
  private boolean flushing;
  private boolean waiting;
  private volatile @Nullable WriteListener listener;

  TomcatOutput(SocketWrapperBase<?> socket) {
    this.socket = socket;
  }

  /** When the socket takes something again. */
  void wake() {
    WriteListener told = listener;
    try {
      synchronized (this) {
        flush();
        if (flushing || !waiting) {
          return;
        }
        waiting = false;
      }
      tell(told);
    } catch (IOException e) {
      if (told != null) {
        told.onError(e);
      }
    }
  }

  private static void tell(@Nullable WriteListener told) throws IOException {
    if (told != null) {
      told.onWritePossible();
    }
  }

  @Override
  public synchronized void setWriteListener(WriteListener given) {
    listener = given;
    waiting = true;
    socket.execute(this::wake);
  }

  @Override
  public synchronized boolean isReady() {
    waiting = flushing || !socket.isReadyForWrite();
    return !waiting;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    socket.write(false, bytes, offset, length);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public synchronized void flush() throws IOException {
    flushing = socket.flush(false);
    if (flushing) {
      socket.registerWriteInterest();
    }
  }
}
