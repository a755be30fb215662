package dev.followspot.servlet.tomcat;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * An upgraded connection of Tomcat, with streams of the servlet API that are told what happens on
 * the socket. Where another container makes an instance, it only passes on what it gets.
 */
public final class TomcatUpgrade implements InternalHttpUpgradeHandler, WebConnection {

  private static final long FOR_EVER = -1;

  /** What is read away at most before a connection is closed. */
  private static final int READ_AWAY = 1024 * 1024;

  private @Nullable HttpUpgradeHandler handler;
  private @Nullable SocketWrapperBase<?> socket;
  private @Nullable TomcatInput input;
  private @Nullable TomcatOutput output;
  private volatile boolean closing;

  /** For the container. */
  public TomcatUpgrade() {}

  /**
   * Says who gets the connection, before the container gives it.
   *
   * @param given is initialised with this connection
   */
  public void serve(HttpUpgradeHandler given) {
    handler = given;
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    socket = wrapper;
    wrapper.setReadTimeout(FOR_EVER);
    wrapper.setWriteTimeout(FOR_EVER);
    input = new TomcatInput(wrapper);
    output = new TomcatOutput(wrapper);
  }

  @Override
  public void init(WebConnection given) {
    HttpUpgradeHandler served = handler;
    if (served != null) {
      served.init(socket == null ? given : this);
    }
  }

  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    TomcatInput in = input;
    TomcatOutput out = output;
    if (closing || in == null || out == null) {
      readAway();
      return SocketState.CLOSED;
    }
    switch (event) {
      case OPEN_READ -> in.wake();
      case OPEN_WRITE -> out.wake();
      default -> {
        return SocketState.CLOSED;
      }
    }
    // Tomcat is not to look for what can be read: that is asked for when somebody wants it.
    return SocketState.SUSPENDED;
  }

  /** To close a connection with something unread in it would take away what was sent last. */
  private void readAway() {
    SocketWrapperBase<?> closed = socket;
    if (closed == null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    try {
      int left = READ_AWAY;
      int read = closed.read(false, buffer);
      while (read > 0 && left > 0) {
        left -= read;
        buffer.clear();
        read = closed.read(false, buffer);
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return opened(input);
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return opened(output);
  }

  private static <T> T opened(@Nullable T stream) throws IOException {
    if (stream == null) {
      throw new IOException("the connection is not there yet");
    }
    return stream;
  }

  /** Has the container close the connection, in a thread of its own. */
  @Override
  public void close() {
    SocketWrapperBase<?> closed = socket;
    if (!closing && closed != null) {
      closing = true;
      closed.processSocket(SocketEvent.STOP, true);
    }
  }

  @Override
  public void destroy() {
    closing = true;
    HttpUpgradeHandler served = handler;
    if (served != null) {
      served.destroy();
    }
  }

  @Override
  public void timeoutAsync(long now) {}

  @Override
  public void setSslSupport(SSLSupport sslSupport) {}

  @Override
  public void pause() {}
}
