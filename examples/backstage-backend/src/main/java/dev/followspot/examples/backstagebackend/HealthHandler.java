package dev.followspot.examples.backstagebackend;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells whether this is alive, and whether it is ready for requests: at Backstage's own paths, and
 * at {@code /healthcheck}, which is readiness. Everything else goes on.
 */
final class HealthHandler extends Handler.Wrapper {

  static final String LIVENESS = "/.backstage/health/v1/liveness";
  private static final Set<String> READINESS =
      Set.of("/.backstage/health/v1/readiness", "/healthcheck");

  /** Tells why this is not ready. */
  interface Readiness {
    /** Empty if it is ready, else why not. */
    String whyNot();
  }

  private final Readiness readiness;

  HealthHandler(Readiness readiness, Handler next) {
    super(next);
    this.readiness = readiness;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    boolean live = LIVENESS.equals(path);
    if (!(live || READINESS.contains(path))
        || !(HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))) {
      return super.handle(request, response, callback);
    }
    String whyNot = live ? "" : readiness.whyNot();
    String body =
        whyNot.isEmpty()
            ? "{\"status\":\"ok\"}"
            : "{\"message\":" + Texts.json(whyNot) + ",\"status\":\"error\"}";
    response.setStatus(whyNot.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, body, callback);
    return true;
  }
}
