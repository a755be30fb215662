package dev.followspot.core.config;

import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How booleans, numbers, addresses and durations are written; empty means that a value is not one.
 */
final class ValueFormats {

  private static final Pattern TRUE = Pattern.compile("y|yes|true|1|on", Pattern.CASE_INSENSITIVE);
  private static final Pattern FALSE =
      Pattern.compile("n|no|false|0|off", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,19}");
  private static final double MAX_EXACT = 9_007_199_254_740_992d;
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,9})?");
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([a-z]{1,12})");
  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("milliseconds", Duration.ofMillis(1)),
          Map.entry("seconds", Duration.ofSeconds(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("days", Duration.ofDays(1)),
          Map.entry("weeks", Duration.ofDays(7)),
          Map.entry("months", Duration.ofDays(30)),
          Map.entry("years", Duration.ofDays(365)));
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("ms", "milliseconds"),
          Map.entry("s", "seconds"),
          Map.entry("sec", "seconds"),
          Map.entry("secs", "seconds"),
          Map.entry("m", "minutes"),
          Map.entry("min", "minutes"),
          Map.entry("mins", "minutes"),
          Map.entry("h", "hours"),
          Map.entry("hr", "hours"),
          Map.entry("hrs", "hours"),
          Map.entry("d", "days"),
          Map.entry("w", "weeks"));
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private ValueFormats() {}

  static Optional<Boolean> bool(Scalar scalar) {
    String text = scalar.text().trim();
    if (TRUE.matcher(text).matches()) {
      return Optional.of(true);
    }
    return FALSE.matcher(text).matches() ? Optional.of(false) : Optional.empty();
  }

  static Optional<Long> integer(Scalar scalar) {
    if (scalar.value() instanceof Long number) {
      return Optional.of(number);
    }
    if (scalar.value() instanceof Double number) {
      boolean whole = Math.rint(number) == number && Math.abs(number) <= MAX_EXACT;
      return whole ? Optional.of(number.longValue()) : Optional.empty();
    }
    String text = scalar.text().trim();
    if (!(scalar.value() instanceof String) || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean web = http || "https".equalsIgnoreCase(uri.getScheme());
      boolean fits = web && uri.getHost() != null && uri.getPort() <= 65535 && uri.getPort() != 0;
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Optional<Duration> duration(String written) {
    String text = written.trim().toLowerCase(Locale.ROOT);
    if (text.startsWith("p")) {
      try {
        Duration duration = Duration.parse(text);
        return duration.isNegative() || beyondNanos(duration)
            ? Optional.empty()
            : Optional.of(duration);
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = SHORT.getOrDefault(matcher.group(2), matcher.group(2));
    return of(matcher.group(1), UNITS.containsKey(unit) ? unit : unit + "s");
  }

  /** Backstage's object of units; empty if a unit is unknown or an amount is no number. */
  static Optional<Duration> duration(Fields fields) {
    Duration sum = Duration.ZERO;
    for (var entry : fields.map().entrySet()) {
      if (!(entry.getValue().node() instanceof Scalar scalar)) {
        return Optional.empty();
      }
      Optional<Duration> part = of(scalar.text().trim(), entry.getKey());
      if (part.isEmpty()) {
        return part;
      }
      sum = sum.plus(part.get());
    }
    return fields.map().isEmpty() || beyondNanos(sum) ? Optional.empty() : Optional.of(sum);
  }

  private static Optional<Duration> of(String amount, String unit) {
    Duration one = UNITS.get(unit);
    if (one == null || !DECIMAL.matcher(amount).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = new BigDecimal(amount).multiply(BigDecimal.valueOf(one.toNanos()));
    return nanos.compareTo(MAX_NANOS) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValue()));
  }

  /** Longer ones (292 years) overflow in whoever waits for them. */
  private static boolean beyondNanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0;
  }
}
