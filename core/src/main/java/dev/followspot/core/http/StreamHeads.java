package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpHeaders.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/** The heads of streamed requests and answers: what is passed on, and what belongs to one hop. */
final class StreamHeads {

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * What the engine itself says, or what was answered already: the body is sent without waiting for
   * 100.
   */
  private static final Set<String> OWN =
      Set.of("host", "content-length", "expect", "http2-settings", "proxy-authorization");

  private static final Set<String> EXPECT_A_BODY = Set.of("POST", "PUT", "PATCH");

  private StreamHeads() {}

  /** What HTTP does not allow, if there is something; shows no value. */
  static @Nullable Trouble check(StreamRequest request) {
    String method = request.method();
    if (!isName(method) || "CONNECT".equalsIgnoreCase(method)) {
      return wrong("the HTTP method is no method that can be sent to an API server");
    }
    if (!isTarget(request.path()) || !isTarget(request.query())) {
      return wrong(
          "path or query hold a blank, a # or another character that has to be percent-encoded");
    }
    if (!request.upgrade().chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return wrong("the protocol to upgrade to holds a character that HTTP does not allow");
    }
    for (Field field : request.headers().fields()) {
      if (field.value().chars().anyMatch(c -> c > 0xff)) {
        return wrong(
            "the value of header "
                + field.name()
                + " holds a character that HTTP does not allow; encode it");
      }
    }
    return null;
  }

  private static Trouble wrong(String text) {
    return new Trouble(CellStatus.INVALID, text, null);
  }

  private static boolean isName(String text) {
    try {
      return !new Field(text, "").name().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isTarget(String text) {
    return text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#');
  }

  static BasicHttpRequest request(
      StreamRequest request, Origin origin, String userAgent, boolean http2) {
    String target =
        Origin.fullPath(request.cluster(), request.path())
            + (request.query().isEmpty() ? "" : "?" + request.query());
    BasicHttpRequest head = origin.request(request.method(), target, http2);
    HttpHeaders headers = request.headers();
    Set<String> dropped = hopByHop(headers.all("Connection"));
    dropped.addAll(OWN);
    for (Field field : headers.fields()) {
      if (!dropped.contains(field.name().toLowerCase(Locale.ROOT))) {
        head.addHeader(field.name(), field.value());
      }
    }
    if (!headers.contains("User-Agent")) {
      head.addHeader("User-Agent", userAgent);
    }
    if (!headers.contains("Authorization")) {
      request
          .credential()
          .bearerToken()
          .ifPresent(token -> head.addHeader("Authorization", "Bearer " + token.reveal()));
    }
    long length = request.body().length().orElse(-1);
    if (length > 0 || (length == 0 && EXPECT_A_BODY.contains(request.method()))) {
      head.addHeader("Content-Length", Long.toString(length));
    } else if (length < 0 && !http2) {
      head.addHeader("Transfer-Encoding", "chunked");
    }
    if (!request.upgrade().isEmpty()) {
      head.addHeader("Connection", "Upgrade");
      head.addHeader("Upgrade", request.upgrade());
    }
    return head;
  }

  /** The names of the headers that end here, in lower case. */
  private static Set<String> hopByHop(List<String> connection) {
    Set<String> names = new HashSet<>(HOP_BY_HOP);
    for (String value : connection) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** The headers of an answer to pass on. */
  static HttpHeaders headers(Origin origin, HttpResponse head, String method) throws Trouble {
    List<String> connection = new ArrayList<>();
    for (Header header : head.getHeaders("Connection")) {
      connection.add(String.valueOf(header.getValue()));
    }
    Set<String> dropped = hopByHop(connection);
    if (head.getCode() == 101) {
      dropped.remove("upgrade");
    }
    if (!"HEAD".equals(method)) {
      dropped.add("content-length");
    } else {
      dropped.remove("content-length");
    }
    List<Field> fields = new ArrayList<>();
    for (Header header : head.getHeaders()) {
      if (!dropped.contains(header.getName().toLowerCase(Locale.ROOT))) {
        try {
          String value = header.getValue();
          fields.add(new Field(header.getName(), value == null ? "" : value));
        } catch (IllegalArgumentException e) {
          throw invalid(origin, "with a header that HTTP does not allow");
        }
      }
    }
    return HttpHeaders.of(fields);
  }

  /** How long the body will be, -1 if that is not said. */
  static long contentLength(Origin origin, HttpResponse head) throws Trouble {
    long length = -1;
    for (Header header : head.getHeaders("Content-Length")) {
      String text = header.getValue();
      if (text == null || !text.matches("[0-9]{1,18}")) {
        throw invalid(origin, "with a Content-Length that is no number");
      }
      long said = Long.parseLong(text);
      if (length >= 0 && length != said) {
        throw invalid(origin, "with several Content-Lengths");
      }
      length = said;
    }
    // HTTP/1.1: chunks, if there are any, are what counts.
    return head.containsHeader("Transfer-Encoding") ? -1 : length;
  }

  static Trouble invalid(Origin origin, String how) {
    return new Trouble(CellStatus.INVALID_RESPONSE, origin.shown() + " answered " + how, null);
  }
}
