package dev.followspot.examples.backstagebackend;

import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another origin would change, or open as a WebSocket, where nobody has to
 * say who they are: browsers send both without asking first, also to loopback.
 */
final class OriginGuard extends Handler.Wrapper {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final @Nullable CorsSettings cors;

  OriginGuard(@Nullable CorsSettings cors, Handler next) {
    super(next);
    this.cors = cors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean harmless =
        SAFE.contains(request.getMethod()) && !request.getHeaders().contains(HttpHeader.UPGRADE);
    if (harmless || origin == null || isOwn(origin, request) || isAllowed(origin)) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.FORBIDDEN_403);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String message =
        "a page of "
            + Texts.quoted(origin)
            + " may not do this; if it may, name it in backend.cors.origin";
    Content.Sink.write(
        response,
        true,
        "{\"error\":{\"name\":\"NotAllowedError\",\"message\":"
            + Texts.json(message)
            + "},\"response\":{\"statusCode\":403}}",
        callback);
    return true;
  }

  private boolean isAllowed(String origin) {
    return cors != null && cors.allows(origin);
  }

  /** Whether the page came from here, as the browser sees it. */
  private static boolean isOwn(String origin, Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    String own = host == null ? request.getHttpURI().getAuthority() : host;
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(own);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
