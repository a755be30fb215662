package dev.followspot.core.proxy;

import dev.followspot.spi.HttpHeaders;

/** How much of headers an answer may have. */
final class AnswerHeaders {

  /**
   * Web servers send 8 KiB of headers unless they are set up for more (Jetty's responseHeaderSize,
   * Tomcat's maxHttpResponseHeaderSize), and the rest is for those of their own. With more than
   * that, the caller gets no answer, and over HTTP/2 loses all requests of the connection.
   */
  static final int MAX = 7 * 1024;

  /** A colon, a blank and the end of the line. */
  private static final int AROUND = 4;

  private AnswerHeaders() {}

  /** Their size as HTTP/1.1 writes them. */
  static int size(HttpHeaders headers) {
    return headers.fields().stream()
        .mapToInt(field -> field.name().length() + field.value().length() + AROUND)
        .sum();
  }
}
