package dev.followspot.core.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When to try again after a 429 or 503. */
final class RetryAfter {

  private static final int SHORTEST_MILLIS = 200;
  private static final int LONGEST_MILLIS = 500;

  private RetryAfter() {}

  /**
   * How long to wait.
   *
   * @param header seconds, or an HTTP date; null or anything else means a short time that differs
   *     from call to call, so that not all come back at once
   * @param now the time of day
   * @return never negative
   */
  static Duration delay(@Nullable String header, Instant now) {
    String text = header == null ? "" : header.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    if (!text.isEmpty()) {
      try {
        Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        Duration delay = Duration.between(now, at);
        return delay.isNegative() ? Duration.ZERO : delay;
      } catch (DateTimeException e) {
        // Neither seconds nor a date: as if it were not there.
      }
    }
    return Duration.ofMillis(ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
  }
}
