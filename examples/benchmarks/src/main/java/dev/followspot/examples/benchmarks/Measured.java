package dev.followspot.examples.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What callers found.
 *
 * @param nanos how long each look-up took that was answered right, in ascending order
 * @param seconds from the first call until the last answer
 * @param failures how often something went wrong, by what it was
 */
record Measured(List<Long> nanos, double seconds, Map<String, Integer> failures) {

  Measured {
    nanos = nanos.stream().sorted().toList();
    failures = new TreeMap<>(failures);
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  double perSecond() {
    return seconds > 0 ? nanos.size() / seconds : 0;
  }

  /**
   * The time in milliseconds that so much of the look-ups took at most.
   *
   * @param percent more than 0, at most 100
   */
  double percentile(double percent) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * nanos.size());
    return nanos.get(Math.max(rank, 1) - 1) / 1e6;
  }

  /** Look-ups per second, percentiles and failures as cells of a table. */
  String cells() {
    return "%.1f | %s | %s | %s | %s | %d"
        .formatted(
            perSecond(),
            millis(percentile(50)),
            millis(percentile(90)),
            millis(percentile(99)),
            millis(percentile(100)),
            failed());
  }

  static String millis(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", value);
  }
}
