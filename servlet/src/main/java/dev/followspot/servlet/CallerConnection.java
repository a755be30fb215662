package dev.followspot.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;

/**
 * What can be done with the connection of one request beyond the servlet API. Whoever knows the
 * container puts an instance into the request's attribute {@link #ATTRIBUTE} before the servlet is
 * called; for Jetty that is {@link dev.followspot.servlet.jetty.JettyConnections}.
 *
 * <p>Without it, a caller of HTTP/1 that hangs up while nothing is read and nothing is written, as
 * during a slow look-up or a silent watch, is noticed with the next part that is written;
 * connections are upgraded as the servlet API has it; and what breaks off looks complete to a
 * caller of HTTP/1.0, unless its length was announced.
 */
public interface CallerConnection {

  /** The name of the request attribute. */
  String ATTRIBUTE = "dev.followspot.servlet.CallerConnection";

  /**
   * Starts to watch the caller. It is called at most once, when the body of the request has been
   * read to its end.
   *
   * @param onHangUp is run once when the caller hangs up, on any thread; it does not block
   * @return ends watching; the servlet closes it before it completes the request
   */
  Watch watch(Runnable onHangUp);

  /**
   * Prepares to give the connection away. It is called when the head of a response with status 101
   * is set and not sent yet, and nothing is watched; the servlet completes the request then.
   *
   * @param handler gets the connection once the head has been sent; if that cannot be, because the
   *     caller has hung up meanwhile, its {@code destroy} is called instead
   */
  void upgrade(HttpUpgradeHandler handler);

  /**
   * Ends the connection at once and by a reset, so that the caller sees that the response is not
   * complete. It is called when a response breaks off whose end is that of the connection, as in
   * HTTP/1.0, and all of it that came has been written.
   */
  default void reset() {}

  /** Watches one caller. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    /** Ends watching: once it has returned, the connection is not touched any more. */
    @Override
    void close();
  }
}
