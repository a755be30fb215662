package dev.followspot.examples.backstagebackend;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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
 * say who they are: browsers send both without asking first, also to loopback. Whatever is asked by
 * a name that is not one of this backend is refused, too: somebody else may have pointed it here.
 */
final class OriginGuard extends Handler.Wrapper {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final OwnNames names;
  private final @Nullable CorsSettings cors;

  OriginGuard(OwnNames names, @Nullable CorsSettings cors, Handler next) {
    super(next);
    this.names = names;
    this.cors = cors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    for (String name : authorities(request)) {
      if (!names.include(name)) {
        return refuse(
            request,
            response,
            callback,
            "this backend is not known as "
                + Texts.quoted(name)
                + "; if that is right, set backend.baseUrl to the address that it is asked by, or"
                + " let callers say who they are, with backend.auth.externalAccess and without"
                + " dangerouslyDisableDefaultAuthPolicy");
      }
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean harmless =
        SAFE.contains(request.getMethod()) && !request.getHeaders().contains(HttpHeader.UPGRADE);
    if (harmless || origin == null || isOwn(origin, request) || isAllowed(origin)) {
      return super.handle(request, response, callback);
    }
    return refuse(
        request,
        response,
        callback,
        "a page of "
            + Texts.quoted(origin)
            + " may not do this; if it may, name it in backend.cors.origin");
  }

  /** What the caller says it asks; nothing in HTTP/1.0, which no browser speaks. */
  private static List<String> authorities(Request request) {
    return Stream.of(request.getHeaders().get(HttpHeader.HOST), request.getHttpURI().getAuthority())
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean refuse(
      Request request, Response response, Callback callback, String message) {
    response.setStatus(HttpStatus.FORBIDDEN_403);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(
        response,
        true,
        Texts.error(403, "NotAllowedError", message, request.getMethod(), url(request)),
        callback);
    return true;
  }

  private static String url(Request request) {
    String url = request.getHttpURI().getPathQuery();
    return url.startsWith(WebServer.BASE_PATH + "/")
        ? url.substring(WebServer.BASE_PATH.length())
        : url;
  }

  /** Only by name: whoever just leaves the origin out has not thought of every page there is. */
  private boolean isAllowed(String origin) {
    return cors != null && cors.origins() != null && cors.allows(origin);
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
