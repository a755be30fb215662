package dev.followspot.core.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that was probably meant: few letters changed, added, left out or swapped. */
public final class NearestKey {

  private static final int MAX_LENGTH = 60;

  private NearestKey() {}

  /**
   * The nearest known key.
   *
   * @param key what was written
   * @param known the keys that are known
   * @return the nearest one that is near enough to be meant; case does not count
   */
  public static Optional<String> of(String key, Collection<String> known) {
    String nearest = null;
    int least = 1 + Math.max(1, key.length() / 3);
    if (key.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (String candidate : known) {
      if (Math.abs(candidate.length() - key.length()) < least) {
        int distance = distance(key.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        best = Math.min(best, steps[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = best;
      }
    }
    return steps[a.length()][b.length()];
  }
}
