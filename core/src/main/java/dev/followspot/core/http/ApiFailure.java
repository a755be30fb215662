package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** No answer, or none that can be used. Its message says what happened, and shows no secret. */
public final class ApiFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final CellStatus status;
  private final Duration duration;

  /**
   * No answer.
   *
   * @param status what kind of failure it is
   * @param message what happened and, where there is one, the cure
   * @param duration from the request to the failure
   * @param cause what failed, or null
   */
  public ApiFailure(
      CellStatus status, String message, Duration duration, @Nullable Throwable cause) {
    super(message, cause);
    this.status = Objects.requireNonNull(status, "status");
    this.duration = Objects.requireNonNull(duration, "duration");
  }

  /**
   * What kind of failure it is.
   *
   * @return {@code UNREACHABLE}, {@code TLS}, {@code TIMEOUT}, {@code CANCELLED}, {@code
   *     CREDENTIAL}, {@code THROTTLED}, {@code INVALID} or {@code INVALID_RESPONSE}
   */
  public CellStatus status() {
    return status;
  }

  /**
   * How long it took.
   *
   * @return from the request to the failure
   */
  public Duration duration() {
    return duration;
  }
}
