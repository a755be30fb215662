package dev.followspot.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with an answer of {@link MockKubernetes}. Immutable.
 *
 * <pre>{@code
 * kubernetes.fault("prod", "pods", Fault.status(503).withRetryAfter(1).times(1));
 * }</pre>
 */
public final class Fault {

  enum Kind {
    NONE,
    HANG,
    RESET,
    TRUNCATE,
    NULL_ITEMS,
    ANSWER,
    JUNK
  }

  private final Kind kind;
  private final Duration delay;
  private final int times;
  private final @Nullable Answer answer;
  private final long size;

  private Fault(Kind kind, Duration delay, int times, @Nullable Answer answer, long size) {
    this.kind = kind;
    this.delay = delay;
    this.times = times;
    this.answer = answer;
    this.size = size;
  }

  private static Fault of(Kind kind) {
    return new Fault(kind, Duration.ZERO, 0, null, 0);
  }

  private static Fault of(Answer answer) {
    return new Fault(Kind.ANSWER, Duration.ZERO, 0, answer, 0);
  }

  /**
   * The right answer, late.
   *
   * @param delay how late
   * @return the fault
   */
  public static Fault delay(Duration delay) {
    return of(Kind.NONE).after(delay);
  }

  /**
   * No answer, on a connection that stays open.
   *
   * @return the fault
   */
  public static Fault hang() {
    return of(Kind.HANG);
  }

  /**
   * The connection is reset instead of an answer.
   *
   * @return the fault
   */
  public static Fault reset() {
    return of(Kind.RESET);
  }

  /**
   * The right answer breaks off in the middle of its body, though its {@code Content-Length}
   * promises more.
   *
   * @return the fault
   */
  public static Fault truncate() {
    return of(Kind.TRUNCATE);
  }

  /**
   * A list whose {@code items} are null.
   *
   * @return the fault
   */
  public static Fault nullItems() {
    return of(Kind.NULL_ITEMS);
  }

  /**
   * A failure with a Kubernetes {@code Status}.
   *
   * @param code the HTTP status
   * @return the fault
   */
  public static Fault status(int code) {
    return switch (code) {
      case 401 -> of(Status.unauthorized());
      case 429 ->
          of(Status.of(code, "TooManyRequests", "the server has received too many requests"));
      case 500 -> of(Status.of(code, "InternalError", "Internal error occurred: a fault"));
      case 503 ->
          of(
              Status.of(
                  code,
                  "ServiceUnavailable",
                  "the server is currently unable to handle the request"));
      case 504 -> of(Status.of(code, "Timeout", "the server was unable to return a response"));
      default -> of(Status.of(code, "", "a fault with status " + code));
    };
  }

  /**
   * A status with a body that is no Kubernetes {@code Status}.
   *
   * @param code the HTTP status
   * @param contentType the content type
   * @param body the body
   * @return the fault
   */
  public static Fault answer(int code, String contentType, String body) {
    return of(Answer.text(code, contentType, body));
  }

  /**
   * Status 200 with some other JSON.
   *
   * @param json the body
   * @return the fault
   */
  public static Fault body(String json) {
    return answer(200, "application/json", json);
  }

  /**
   * Status 200 with the page of a login portal or a proxy.
   *
   * @return the fault
   */
  public static Fault html() {
    return answer(
        200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Please log in</body></html>");
  }

  /**
   * Status 200 with bytes that are no JSON.
   *
   * @param bytes the body
   * @return the fault
   */
  public static Fault junk(byte[] bytes) {
    return of(
        new Answer(
            200,
            Map.of("Content-Type", "application/json"),
            Objects.requireNonNull(bytes, "bytes").clone()));
  }

  /**
   * Status 200 with a JSON string that goes on and on, made while it is sent.
   *
   * @param size how many bytes the body has; at least 2
   * @return the fault
   */
  public static Fault junk(long size) {
    if (size < 2) {
      throw new IllegalArgumentException("junk of " + size + " bytes; at least 2 are expected");
    }
    return new Fault(Kind.JUNK, Duration.ZERO, 0, null, size);
  }

  /**
   * Status 302 to somewhere else.
   *
   * @param url where to
   * @return the fault
   */
  public static Fault redirect(String url) {
    return of(
        new Answer(302, Map.of("Location", url), "Found".getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * A copy that comes late.
   *
   * @param wait how late
   * @return the copy
   */
  public Fault after(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("the delay " + wait + " is negative");
    }
    return new Fault(kind, wait, times, answer, size);
  }

  /**
   * A copy that happens some times, and then no more.
   *
   * @param count how many requests it concerns; at least 1
   * @return the copy
   */
  public Fault times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a fault cannot happen " + count + " times");
    }
    return new Fault(kind, delay, count, answer, size);
  }

  /**
   * A copy whose answer has a header {@code Retry-After}.
   *
   * @param seconds how many seconds to wait
   * @return the copy
   * @throws IllegalStateException if there is no answer that could have it
   */
  public Fault withRetryAfter(int seconds) {
    if (answer == null) {
      throw new IllegalStateException("only a fault with a status has a Retry-After");
    }
    Answer more = answer.withHeader("Retry-After", Integer.toString(seconds));
    return new Fault(kind, delay, times, more, size);
  }

  Kind kind() {
    return kind;
  }

  Duration delay() {
    return delay;
  }

  /** How often it happens; 0 for always. */
  int times() {
    return times;
  }

  @Nullable Answer answer() {
    return answer;
  }

  long size() {
    return size;
  }

  @Override
  public String toString() {
    return "Fault[" + kind + (answer == null ? "" : " " + answer.status()) + "]";
  }
}
