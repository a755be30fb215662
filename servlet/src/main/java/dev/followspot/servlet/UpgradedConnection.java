package dev.followspot.servlet;

import dev.followspot.servlet.tomcat.TomcatUpgrade;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpTunnel;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that does not speak HTTP any more, such as a WebSocket: passes bytes on in both
 * directions without looking at them, as fast as the slower side takes them.
 *
 * <p>Public since servlet containers make instances; there is nothing to call for others.
 */
public final class UpgradedConnection implements HttpUpgradeHandler, Outbound.Outcome {

  private final Gate gate = new Gate();
  private @Nullable HttpBody toCaller;
  private @Nullable HttpTunnel fromCaller;
  private Runnable onGone = () -> {};
  private @Nullable UpgradedConnection delegate;
  private @Nullable WebConnection connection;
  private @Nullable Inbound inbound;
  private @Nullable Outbound outbound;

  /** For the container. */
  public UpgradedConnection() {}

  /**
   * Not connected yet.
   *
   * @param body what is sent to the caller
   * @param tunnel takes what comes from the caller
   * @param whenGone is run if the caller hangs up
   */
  static UpgradedConnection of(HttpBody body, HttpTunnel tunnel, Runnable whenGone) {
    UpgradedConnection upgraded = new UpgradedConnection();
    upgraded.toCaller = body;
    upgraded.fromCaller = tunnel;
    upgraded.onGone = whenGone;
    return upgraded;
  }

  /** Has the container upgrade the connection of a request, once its call has returned. */
  static void start(
      HttpServletRequest request, HttpServletResponse response, UpgradedConnection upgraded)
      throws IOException, ServletException {
    Class<? extends HttpUpgradeHandler> tomcat = tomcat();
    if (tomcat == null) {
      request.upgrade(UpgradedConnection.class).delegate = upgraded;
      return;
    }
    ((TomcatUpgrade) request.upgrade(tomcat)).serve(upgraded);
    try {
      response.flushBuffer();
    } catch (IOException e) {
      // Tomcat tells nobody if it fails to send the head by itself.
      upgraded.destroy();
    }
  }

  private static @Nullable Class<? extends HttpUpgradeHandler> tomcat() {
    try {
      return TomcatUpgrade.class;
    } catch (LinkageError e) {
      // There is no Tomcat.
      return null;
    }
  }

  @Override
  public void init(WebConnection given) {
    UpgradedConnection other = delegate;
    if (other != null) {
      other.init(given);
      return;
    }
    connection = given;
    if (gate.isClosed()) {
      closeConnection(given);
      return;
    }
    Inbound in = new Inbound(gate, given::getInputStream, Inbound.UNTIL_EOF, this::read);
    inbound = in;
    try {
      Outbound out = new Outbound(gate, given.getOutputStream(), -1, -1, this);
      outbound = out;
      Objects.requireNonNull(fromCaller).send(in);
      out.start(Objects.requireNonNull(toCaller).publisher());
    } catch (IOException | RuntimeException e) {
      callerGone(e);
    }
  }

  private void read(Inbound.End end) {
    if (end == Inbound.End.BROKEN_OFF) {
      callerGone(new CallerGoneException());
    }
  }

  @Override
  public void destroy() {
    UpgradedConnection other = delegate;
    if (other != null) {
      other.destroy();
      return;
    }
    callerGone(new CallerGoneException());
  }

  @Override
  public void ending() {}

  @Override
  public void sent() {
    Inbound in = inbound;
    if (in != null) {
      in.end();
    }
    close();
  }

  @Override
  public @Nullable ByteBuffer instead(Throwable cause) {
    return null;
  }

  @Override
  public void brokenOff(Throwable cause) {
    close();
    Inbound in = inbound;
    if (in != null) {
      in.fail(new IOException("the other side broke off", cause));
    }
  }

  @Override
  public void callerGone(Throwable cause) {
    boolean closing = close();
    Inbound in = inbound;
    if (in != null) {
      in.fail(new CallerGoneException(cause));
    }
    Outbound out = outbound;
    if (out != null) {
      out.stop();
    } else if (toCaller != null) {
      toCaller.discard();
    }
    if (closing) {
      onGone.run();
    }
  }

  private boolean close() {
    if (!gate.close()) {
      return false;
    }
    WebConnection given = connection;
    if (given != null) {
      closeConnection(given);
    }
    return true;
  }

  private static void closeConnection(WebConnection given) {
    try {
      given.close();
    } catch (Exception e) {
      // It is gone already.
    }
  }
}
