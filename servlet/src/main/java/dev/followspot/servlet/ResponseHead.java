package dev.followspot.servlet;

import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the heads of responses; what it needs of the request is read at once. */
final class ResponseHead {

  /** The container's own matter, or set from what is known of the body. */
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

  /** What is there once, and containers have set by themselves. */
  private static final Set<String> OF_CONTAINER = Set.of("date", "server");

  /** More than that is not read only to keep a connection. */
  private static final int UNREAD = 64 * 1024;

  /** Typed, since later versions of the servlet API have a second such method. */
  private static final @Nullable String NO_CHARSET = null;

  private final HttpServletResponse response;
  private final String method;
  private final String upgrade;
  private final boolean http1;
  private final boolean chunks;
  private final boolean closes;
  private final boolean waits;
  private final long requestLength;

  ResponseHead(HttpServletRequest request, HttpServletResponse response) {
    this.response = response;
    this.method = request.getMethod();
    String protocol = request.getHeader("Upgrade");
    this.upgrade = protocol == null ? "" : protocol;
    this.http1 = request.getProtocol().startsWith("HTTP/1");
    this.chunks = request.getProtocol().equals("HTTP/1.1");
    String connection = request.getHeader("Connection");
    this.closes = connection != null && lower(connection).contains("close");
    this.waits = request.getHeader("Expect") != null;
    this.requestLength = request.getContentLengthLong();
  }

  String method() {
    return method;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /**
   * Whether it pays to read away what nobody wants of the request, so that the connection can be
   * used again: little of it that comes without being asked for, once the caller has a whole
   * answer.
   */
  boolean keepsConnection(RestResponse given) {
    boolean endKnown = given.body().length().isPresent() || hasNoBody(given);
    return chunks && !closes && !waits && endKnown && requestLength >= 0 && requestLength <= UNREAD;
  }

  /** Whether no body may follow a head. */
  boolean hasNoBody(RestResponse given) {
    return isHead() || given.status() == 204 || given.status() == 304;
  }

  /**
   * Writes a head.
   *
   * @param unread whether some of the request's body will not be read, or perhaps not: it must not
   *     be taken for the next request
   * @return whether a body follows
   */
  boolean write(RestResponse given, boolean unread) {
    int status = given.status();
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("a response cannot have the status " + status);
    }
    response.setStatus(status);
    addHeaders(given.headers(), response);
    if (unread) {
      announceEnd(response);
    }
    if (status == 204) {
      return false;
    }
    if (status == 304 || isHead()) {
      setLengthOfOther(given);
      return false;
    }
    given.body().length().ifPresent(response::setContentLengthLong);
    if (chunks && (closes || unread) && given.body().length().isEmpty()) {
      // Has containers chunk it, or the end of the connection would be that of the body.
      response.setTrailerFields(Map::of);
    }
    return !given.body().isEmpty();
  }

  /** Whether a body ends with the connection, so that a cut looks like its end. */
  boolean endsWithConnection(HttpBody body) {
    return http1 && !chunks && body.length().isEmpty();
  }

  /** The length of the body that another method, or another cache, would get. */
  private void setLengthOfOther(RestResponse given) {
    String header = given.headers().first("Content-Length").orElse("");
    if (header.matches("[0-9]{1,18}")) {
      response.setContentLengthLong(Long.parseLong(header));
    } else if (isHead() && given.body().length().orElse(0) > 0) {
      response.setContentLengthLong(given.body().length().getAsLong());
    }
  }

  /** Writes the head of status 101. */
  void writeUpgrade(RestResponse given, HttpServletResponse answer) {
    answer.setStatus(101);
    addHeaders(given.headers(), answer);
    answer.setHeader("Upgrade", given.headers().first("Upgrade").orElse(upgrade));
    answer.setHeader("Connection", "Upgrade");
  }

  private static void addHeaders(HttpHeaders headers, HttpServletResponse response) {
    for (HttpHeaders.Field field : headers.fields()) {
      String name = lower(field.name());
      if (OF_CONTAINER.contains(name)) {
        response.setHeader(field.name(), field.value());
      } else if (!FRAMING.contains(name)) {
        response.addHeader(field.name(), field.value());
      }
    }
    // Some containers add one that they guess, such as ISO-8859-1 to logs in UTF-8.
    boolean hasCharset =
        headers.first("Content-Type").map(type -> lower(type).contains("charset")).orElse(false);
    String set = response.getContentType();
    if (!hasCharset && set != null && lower(set).contains("charset")) {
      response.setCharacterEncoding(NO_CHARSET);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The body of an answer that says nothing of what went wrong inside. */
  byte[] internalError(IncomingParts parts) {
    return ErrorAnswer.of(
        500,
        "Error",
        "the request could not be answered; the log of the server says why",
        method,
        parts.url());
  }

  private void announceEnd(HttpServletResponse answer) {
    if (http1) {
      answer.setHeader("Connection", "close");
    }
  }

  /** For who is not there, but may have a proxy that is: in any case not a success. */
  void writeGone() {
    if (!response.isCommitted()) {
      response.reset();
      response.setStatus(400);
      announceEnd(response);
    }
  }

  /**
   * Ends the connection with an error. Tomcat takes it only in the call that told that the body is
   * broken, and so little does not wait for the caller.
   */
  void writeRefusal(int status, byte[] error) throws IOException {
    if (!response.isCommitted()) {
      writeError(response, status, error);
      response.flushBuffer();
    }
  }

  /** Starts an answer with an error, instead of what was not sent yet; the connection ends. */
  void startError(HttpServletResponse answer, int status, int length) {
    answer.reset();
    answer.setStatus(status);
    answer.setHeader("Content-Type", ErrorAnswer.CONTENT_TYPE);
    answer.setContentLength(length);
    announceEnd(answer);
  }

  /** Answers with an error and ends the connection, in a thread of the container. */
  void writeError(HttpServletResponse answer, int status, byte[] error) throws IOException {
    if (!answer.isCommitted()) {
      startError(answer, status, error.length);
      answer.getOutputStream().write(error);
    }
  }
}
