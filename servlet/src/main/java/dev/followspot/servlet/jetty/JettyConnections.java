package dev.followspot.servlet.jetty;

import dev.followspot.servlet.CallerConnection;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A handler of Jetty 12 that gives {@link dev.followspot.servlet.FollowspotServlet} the connections
 * of its callers.
 *
 * <pre>{@code
 * server.insertHandler(new JettyConnections());
 * }</pre>
 *
 * <p>With it, a caller that hangs up while a watch is silent or a look-up is slow is noticed at the
 * moment when the connection ends: Jetty by itself does not look at an HTTP/1 connection between
 * the end of a request and that of its response. This costs no thread and no buffer, but one entry
 * in the selector. A caller that only ends its own direction of the connection counts as gone,
 * since TCP does not tell the two apart. HTTP/2 needs none of it, and passes through.
 *
 * <p>A response to HTTP/1.0 that breaks off ends in a reset connection, since nothing else tells
 * its caller that it is not complete.
 *
 * <p>Also, WebSockets are upgraded as Jetty's own are. What Jetty makes of {@code
 * HttpServletRequest.upgrade} does not read reliably from a caller whose request has no body.
 */
@SuppressWarnings("exports") // Whoever uses it requires Jetty.
public final class JettyConnections extends Handler.Wrapper {

  private static final int HTTP_1_1 = HttpVersion.HTTP_1_1.getVersion();

  /** A handler that wraps others, or stands before them by {@code server.insertHandler}. */
  public JettyConnections() {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getConnectionMetaData().getHttpVersion().getVersion() <= HTTP_1_1) {
      request.setAttribute(CallerConnection.ATTRIBUTE, new Http1(request));
    }
    return super.handle(request, response, callback);
  }

  private record Http1(Request request) implements CallerConnection {

    @Override
    public Watch watch(Runnable onHangUp) {
      return ConnectionWatch.start(request, onHangUp);
    }

    @Override
    public void reset() {
      Object transport = request.getConnectionMetaData().getConnection().getEndPoint();
      // Below TLS, which would tell the caller that this is a proper end.
      while (transport instanceof EndPoint endPoint) {
        transport = endPoint.getTransport();
      }
      if (transport instanceof SocketChannel channel) {
        try {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
          channel.close();
        } catch (IOException e) {
          // It is closed already.
        }
      }
    }

    @Override
    public void upgrade(HttpUpgradeHandler handler) {
      EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
      Connector connector = request.getConnectionMetaData().getConnector();
      UpgradedEndPoint upgraded =
          new UpgradedEndPoint(
              endPoint, connector.getExecutor(), connector.getScheduler(), handler);
      request.addHttpStreamWrapper(stream -> new Upgrading(stream, upgraded));
      request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, upgraded);
    }
  }

  /** Jetty opens the connection while the request succeeds, and forgets it otherwise. */
  private static final class Upgrading extends HttpStream.Wrapper {
    private final UpgradedEndPoint upgraded;

    Upgrading(HttpStream stream, UpgradedEndPoint upgraded) {
      super(stream);
      this.upgraded = upgraded;
    }

    @Override
    public void succeeded() {
      try {
        super.succeeded();
      } finally {
        upgraded.requestCompleted();
      }
    }

    @Override
    public void failed(Throwable cause) {
      try {
        super.failed(cause);
      } finally {
        upgraded.requestCompleted();
      }
    }
  }
}
