package dev.followspot.servlet;

import dev.followspot.spi.HttpHeaders;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request has in its head, exactly as it came.
 *
 * @param mountPoint the percent-encoded path of the servlet, without a slash at its end
 * @param path the percent-encoded path below it
 * @param query the percent-encoded query, empty for none
 */
record IncomingParts(String mountPoint, String path, String query) {

  /** Methods whose body means nothing; HTTP/2 need not say whether there is one. */
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  /** The target below the mount point, as error bodies show it. */
  String url() {
    String shown = path.isEmpty() ? "/" : path;
    return query.isEmpty() ? shown : shown + "?" + query;
  }

  /**
   * Cuts the target of a request. The container decodes and cleans the paths that it offers, so the
   * one that the caller sent is cut where the mapping of the servlet ends.
   *
   * @return null if the caller's path begins with another notation of the mount point, which cannot
   *     be cut
   */
  static @Nullable IncomingParts of(HttpServletRequest request) {
    String uri = request.getRequestURI();
    String query = request.getQueryString();
    int end = mountEnd(uri, request.getContextPath() + servletPath(request));
    return end < 0
        ? null
        : new IncomingParts(uri.substring(0, end), uri.substring(end), query == null ? "" : query);
  }

  /** A path within the web application that leads to the servlet that has the request. */
  static String pathToServlet(HttpServletRequest request) {
    String path = servletPath(request);
    return path.isEmpty() ? "/" : path;
  }

  /** From the mapping, since containers refuse to tell the servlet path of unusual targets. */
  private static String servletPath(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    String pattern = mapping.getPattern();
    if (pattern.endsWith("/*")) {
      return pattern.substring(0, pattern.length() - 2);
    }
    return pattern.length() > 1 && pattern.startsWith("/") ? pattern : "";
  }

  /** Where the mount point ends in the caller's path; negative if it is not to be found. */
  private static int mountEnd(String uri, String mountPoint) {
    if (mountPoint.isEmpty()) {
      return uri.startsWith("/") ? 0 : -1;
    }
    if (uri.startsWith(mountPoint)
        && (uri.length() == mountPoint.length() || uri.charAt(mountPoint.length()) == '/')) {
      return mountPoint.length();
    }
    int from = 0;
    for (String segment : mountPoint.substring(1).split("/", -1)) {
      if (from >= uri.length() || uri.charAt(from) != '/') {
        return -1;
      }
      int next = uri.indexOf('/', from + 1);
      int end = next < 0 ? uri.length() : next;
      if (!isSame(uri.substring(from + 1, end), segment)) {
        return -1;
      }
      from = end;
    }
    return from;
  }

  /** Whether a segment as it came is another notation of one of the mount point. */
  private static boolean isSame(String raw, String segment) {
    int parameters = raw.indexOf(';');
    String bare = parameters < 0 ? raw : raw.substring(0, parameters);
    try {
      return decode(bare).equals(decode(segment));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether there is, or may be, a body. */
  static boolean hasBody(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    if (request.getProtocol().startsWith("HTTP/1")) {
      return request.getHeader("Transfer-Encoding") != null;
    }
    // Asking for the stream would answer an expectation.
    boolean expects = request.getHeader("Expect") != null;
    return !WITHOUT_BODY.contains(request.getMethod())
        && (expects || !request.getInputStream().isFinished());
  }

  /**
   * The headers of a request.
   *
   * @throws IllegalArgumentException if there is one that HTTP does not allow
   */
  static HttpHeaders headers(HttpServletRequest request) {
    List<HttpHeaders.Field> fields = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        fields.add(new HttpHeaders.Field(name, value));
      }
    }
    return HttpHeaders.of(fields);
  }
}
