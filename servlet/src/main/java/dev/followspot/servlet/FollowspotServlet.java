package dev.followspot.servlet;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.spi.HttpHeaders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Serves Backstage's HTTP contract in a servlet container: all methods, bodies streamed both ways,
 * watches, and upgrades such as WebSockets. No thread is held while a cluster or a caller is slow.
 *
 * <p>It has to be mapped to a path prefix, with support for asynchronous processing: in Jetty
 *
 * <pre>{@code
 * ServletHolder holder = new ServletHolder(new FollowspotServlet(followspot.backstageApi()));
 * holder.setAsyncSupported(true);
 * contextHandler.addServlet(holder, "/api/kubernetes/*");
 * server.insertHandler(new JettyConnections()); // for upgrades, and callers that leave silently
 * }</pre>
 *
 * <p>in Tomcat
 *
 * <pre>{@code
 * Wrapper wrapper = Tomcat.addServlet(context, "followspot", servlet);
 * wrapper.setAsyncSupported(true);
 * context.addServletMappingDecoded("/api/kubernetes/*", "followspot");
 * }</pre>
 *
 * <p>in Spring Boot, as a bean
 *
 * <pre>{@code
 * ServletRegistrationBean<FollowspotServlet> backstage(Followspot followspot) {
 *   FollowspotServlet servlet = new FollowspotServlet(followspot.backstageApi());
 *   return new ServletRegistrationBean<>(servlet, "/api/kubernetes/*"); // supports async already
 * }
 * }</pre>
 *
 * <p>and in a {@code web.xml} with {@code <async-supported>true</async-supported>}. Filters before
 * it need the same. The servlet is dispatched to once more for an upgrade and to cut a connection;
 * filters may see that as an {@code ASYNC} dispatch.
 *
 * <p>Paths reach Kubernetes as the caller wrote them, if the container lets them through: Jetty
 * refuses {@code %2F} and empty segments unless its {@code UriCompliance} allows them, Tomcat
 * refuses {@code %2F} unless the connector has {@code encodedSolidusHandling="passthrough"}.
 *
 * <p>A caller that hangs up ends what is done for it: at once while something is read or written,
 * and otherwise when the container tells. Jetty tells with {@link
 * dev.followspot.servlet.jetty.JettyConnections}, and always for HTTP/2. Tomcat does not tell while
 * a watch is silent or a look-up is slow: there it is noticed with the next part that is written;
 * {@link CallerConnection} is the way to do better.
 *
 * <p>Over HTTP/1, a response that begins before the body of the request was read to its end
 * announces that the connection is closed. But a body of which nobody has begun to read is read
 * away after the response, and the connection stays open, if the body has a length of no more than
 * 64 KiB and is not held back by {@code Expect}, and if the response has a length. A response that
 * breaks off after its head was sent ends in a cut connection, which the container logs as an error
 * of the servlet. To a caller of HTTP/1.0, such as nginx without {@code proxy_http_version 1.1}, a
 * cut looks like the end of a body of unknown length: Jetty with {@code JettyConnections} resets
 * the connection then, Tomcat has no way to.
 *
 * <p>Safe for use by several threads, as servlets have to be.
 */
public final class FollowspotServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Servlets are serializable by their type only; no container does it. */
  private final transient RestHandler handler;

  /**
   * A servlet that is to be registered with a container.
   *
   * @param handler answers the requests, such as {@code followspot.backstageApi()}
   */
  public FollowspotServlet(RestHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /**
   * Has one request answered, of whatever method, and returns before the answer is there.
   *
   * @throws IOException if the connection is broken, or is to be cut
   */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      Exchange waiting = Exchange.waiting(request);
      if (waiting != null) {
        waiting.calledAgain(request, response);
        return;
      }
    }
    IncomingParts parts = IncomingParts.of(request);
    if (parts == null) {
      refuse(
          request,
          response,
          400,
          "InputError",
          "the path of the request does not begin with that of the servlet as it is registered;"
              + " send it without dot segments and doubled slashes");
      return;
    }
    if (!request.isAsyncSupported()) {
      String cure =
          "the servlet '"
              + getServletName()
              + "' needs asynchronous processing: register it, and each filter before it, with"
              + " async-supported=true";
      log(cure);
      refuse(request, response, 500, "Error", cure);
      return;
    }
    HttpHeaders headers;
    try {
      headers = IncomingParts.headers(request);
    } catch (IllegalArgumentException e) {
      refuse(request, response, 400, "InputError", String.valueOf(e.getMessage()));
      return;
    }
    new Exchange(request, response, parts, this::log).run(handler, headers);
  }

  private static void refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String name,
      String message)
      throws IOException {
    IncomingParts parts = IncomingParts.of(request);
    String url = parts == null ? request.getRequestURI() : parts.url();
    new ResponseHead(request, response)
        .writeError(
            response, status, ErrorAnswer.of(status, name, message, request.getMethod(), url));
  }
}
