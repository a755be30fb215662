package dev.followspot.core.locator;

import dev.followspot.core.config.NearestKey;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Cluster;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the clusters: which fit a pattern, and what to say of one that fits none. */
final class ClusterNames {

  private static final int MAX_LISTED = 20;

  private final Set<String> names;

  ClusterNames(List<Cluster> clusters) {
    names =
        clusters.stream().map(Cluster::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The names that a name or pattern fits. */
  Set<String> fitting(String pattern) {
    if (names.contains(pattern)) {
      return Set.of(pattern);
    }
    if (!isPattern(pattern)) {
      return Set.of();
    }
    return names.stream().filter(name -> fits(pattern, name)).collect(Collectors.toSet());
  }

  private static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Without backtracking further than to the last star, so that no pattern takes for ever. */
  static boolean fits(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && (wanted == '?' || wanted == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** What to say of a name or pattern that fits none. */
  String unknown(String pattern) {
    String shown = Shortened.quoted(pattern);
    if (isPattern(pattern)) {
      return shown + " fits no cluster; " + listed();
    }
    return NearestKey.of(pattern, names)
        .map(near -> shown + " is no cluster; is " + Shortened.quoted(near) + " meant? " + listed())
        .orElseGet(() -> shown + " is no cluster; " + listed());
  }

  /** The names, as a part of a message. */
  String listed() {
    if (names.isEmpty()) {
      return "there are no clusters";
    }
    return "known are " + listed(names);
  }

  private static String listed(Collection<String> names) {
    String list =
        names.stream().limit(MAX_LISTED).map(Shortened::quoted).collect(Collectors.joining(", "));
    return names.size() <= MAX_LISTED
        ? list
        : list + " and " + (names.size() - MAX_LISTED) + " more";
  }
}
