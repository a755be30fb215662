package dev.followspot.examples.backstagebackend;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The answers to what does not reach the servlet: nothing but the status for a path that nobody
 * serves, else Backstage's error body, with no word of the cause.
 */
final class JsonErrorHandler extends ErrorHandler {

  private static final String JSON = "application/json";

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (status == HttpStatus.NOT_FOUND_404) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return true;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.write(true, body(status), callback);
    return true;
  }

  private static ByteBuffer body(int status) {
    String name =
        switch (status) {
          case HttpStatus.BAD_REQUEST_400 -> "InputError";
          case HttpStatus.SERVICE_UNAVAILABLE_503 -> "ServiceUnavailableError";
          default -> "Error";
        };
    String message =
        switch (status) {
          case HttpStatus.BAD_REQUEST_400 -> "the request is no valid HTTP";
          case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "the headers of the request are too large; send fewer or shorter ones";
          case HttpStatus.URI_TOO_LONG_414 -> "the path and query of the request are too long";
          default -> String.valueOf(HttpStatus.getMessage(status));
        };
    String json =
        "{\"error\":{\"name\":"
            + Texts.json(name)
            + ",\"message\":"
            + Texts.json(message)
            + "},\"response\":{\"statusCode\":"
            + status
            + "}}";
    return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
  }
}
