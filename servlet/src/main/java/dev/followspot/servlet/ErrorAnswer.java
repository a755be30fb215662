package dev.followspot.servlet;

import java.nio.charset.StandardCharsets;

/** The body of Backstage's errors. */
final class ErrorAnswer {

  static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private ErrorAnswer() {}

  static byte[] of(int status, String name, String message, String method, String url) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"error\":{\"name\":");
    quote(name, json);
    json.append(",\"message\":");
    quote(message, json);
    json.append("},\"request\":{\"method\":");
    quote(method, json);
    json.append(",\"url\":");
    quote(url, json);
    json.append("},\"response\":{\"statusCode\":").append(status).append("}}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
