package dev.followspot.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the API server answers. Never compared, and its bytes are never changed. */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NO_CACHE = "no-cache, private";

  static Answer json(int status, Map<String, ?> body) {
    return new Answer(
        status,
        Map.of(CONTENT_TYPE, "application/json", CACHE_CONTROL, NO_CACHE),
        JsonText.write(body));
  }

  static Answer text(int status, String contentType, String body) {
    return new Answer(
        status, Map.of(CONTENT_TYPE, contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  /** A text of the API server itself. */
  static Answer plain(int status, String body) {
    return text(status, "text/plain; charset=utf-8", body)
        .withHeader(CACHE_CONTROL, NO_CACHE)
        .withHeader("X-Content-Type-Options", "nosniff");
  }

  /** What the API server says of a group that it does not know: no {@code Status}. */
  static Answer notServed() {
    return plain(404, "404 page not found\n");
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  Answer withBody(byte[] other) {
    return new Answer(status, headers, other);
  }
}
