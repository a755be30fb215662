package dev.followspot.examples.backstagebackend;

import java.util.regex.Pattern;

/** Makes texts of strangers fit for a log line, a message or JSON. */
final class Texts {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
  private static final int QUOTED = 80;

  private Texts() {}

  /** The start of a text, on one line; what cannot be printed is replaced. */
  static String line(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most) + "…";
    return UNPRINTABLE.matcher(start).replaceAll("\uFFFD");
  }

  /** The start of a text, on one line, in quotes. */
  static String quoted(String text) {
    return "'" + line(text, QUOTED) + "'";
  }

  /** A text as JSON, with its quotes. */
  static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /**
   * The body of Backstage's errors.
   *
   * @param url the path of the request below that of the servlet, and its query
   */
  static String error(int status, String name, String message, String method, String url) {
    return "{\"error\":{\"name\":"
        + json(name)
        + ",\"message\":"
        + json(message)
        + "},\"request\":{\"method\":"
        + json(method)
        + ",\"url\":"
        + json(url)
        + "},\"response\":{\"statusCode\":"
        + status
        + "}}";
  }
}
