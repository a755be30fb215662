package dev.followspot.examples.backstagebackend;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages of other origins call, as far as {@code backend.cors} allows it, and answers the
 * preflight requests of browsers. Unlike Jetty's own handler it allows all the headers that a page
 * asks for unless some are named, as Backstage does.
 */
final class CorsHandler extends Handler.Wrapper {

  private final CorsSettings cors;

  CorsHandler(CorsSettings cors, Handler next) {
    super(next);
    this.cors = cors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    if (cors.origins() != null) {
      headers.add(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !cors.allows(origin)) {
      return super.handle(request, response, callback);
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, cors.origins() == null ? "*" : origin);
    if (cors.credentials()) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    if (!isPreflight(request)) {
      put(headers, HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, cors.exposedHeaders());
      return super.handle(request, response, callback);
    }
    put(headers, HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, cors.methods());
    List<String> allowed = cors.allowedHeaders();
    if (allowed == null) {
      headers.add(HttpHeader.VARY, HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS.asString());
      allowed = request.getHeaders().getValuesList(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
    }
    put(headers, HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    if (cors.maxAge() != null) {
      headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, cors.maxAge());
    }
    response.setStatus(HttpStatus.NO_CONTENT_204);
    callback.succeeded();
    return true;
  }

  private static boolean isPreflight(Request request) {
    return HttpMethod.OPTIONS.is(request.getMethod())
        && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private static void put(HttpFields.Mutable headers, HttpHeader name, List<String> values) {
    if (!values.isEmpty()) {
      headers.put(name, String.join(",", values));
    }
  }
}
