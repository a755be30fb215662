package dev.followspot.core.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of paths: {@code *} and {@code ?} within one part of the path, {@code **} for any
 * number of parts, {@code [a-z]} and {@code {a,b}}. Names that start with a dot are matched only by
 * patterns that start with one. Matching takes time in proportion to the lengths of both, whatever
 * the pattern.
 */
final class Glob {

  private static final int MAX_LENGTH = 1000;
  private static final int MAX_ALTERNATIVES = 64;
  private static final String ANY_PARTS = "**";

  private final List<List<String>> alternatives;

  private Glob(List<List<String>> alternatives) {
    this.alternatives = alternatives;
  }

  /** Whether a part of a path is a pattern. */
  static boolean isPattern(String part) {
    return part.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with what is wrong as the end of a sentence
   */
  static Glob of(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
    }
    List<String> expanded = new ArrayList<>();
    expand("", pattern, expanded);
    return new Glob(expanded.stream().map(text -> List.of(text.split("/+", -1))).toList());
  }

  private static void expand(String done, String rest, List<String> expanded) {
    int open = rest.indexOf('{');
    if (open < 0) {
      if (expanded.size() == MAX_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "stands for more than " + MAX_ALTERNATIVES + " patterns");
      }
      expanded.add(done + rest);
      return;
    }
    int close = rest.indexOf('}', open);
    String inner = close < 0 ? "{" : rest.substring(open + 1, close);
    if (inner.indexOf('{') >= 0) {
      throw new IllegalArgumentException("has a { that is not closed, or one within another");
    }
    for (String choice : inner.split(",", -1)) {
      expand(done + rest.substring(0, open) + choice, rest.substring(close + 1), expanded);
    }
  }

  /** How many parts a path that matches has at most. */
  int depth(int most) {
    return alternatives.stream().anyMatch(parts -> parts.contains(ANY_PARTS))
        ? most
        : Math.min(most, alternatives.stream().mapToInt(List::size).max().orElse(1));
  }

  /** Whether something in a folder may match, which is a relative path with slashes. */
  boolean leadsInto(String folder) {
    List<String> parts = List.of(folder.split("/", -1));
    return alternatives.stream().anyMatch(pattern -> leadsInto(pattern, parts));
  }

  private static boolean leadsInto(List<String> pattern, List<String> parts) {
    for (int i = 0; i < pattern.size(); i++) {
      if (matches(pattern.subList(0, i), parts)
          || (pattern.get(i).equals(ANY_PARTS) && matches(pattern.subList(0, i + 1), parts))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a relative path with slashes matches. */
  boolean matches(String path) {
    List<String> parts = List.of(path.split("/", -1));
    return alternatives.stream().anyMatch(pattern -> matches(pattern, parts));
  }

  private static boolean matches(List<String> pattern, List<String> parts) {
    boolean[] before = new boolean[parts.size() + 1];
    before[0] = true;
    for (String wanted : pattern) {
      boolean[] now = new boolean[parts.size() + 1];
      boolean any = wanted.equals(ANY_PARTS);
      now[0] = any && before[0];
      for (int i = 1; i <= parts.size(); i++) {
        String part = parts.get(i - 1);
        now[i] =
            any
                ? before[i] || (now[i - 1] && !part.startsWith("."))
                : before[i - 1] && matchesPart(wanted, part);
      }
      before = now;
    }
    return before[parts.size()];
  }

  /** Goes back to the last star only, which is enough and takes no more than n times m steps. */
  private static boolean matchesPart(String pattern, String text) {
    if (text.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int p = 0;
    int t = 0;
    int star = -1;
    int from = 0;
    while (t < text.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, text, t) : -1;
      if (next >= 0) {
        p = next;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = ++p;
        from = t;
      } else if (star >= 0) {
        p = star;
        t = ++from;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on after one character that fits; -1 if it does not fit. */
  private static int one(String pattern, int p, String text, int t) {
    char wanted = pattern.charAt(p);
    char found = text.charAt(t);
    int close = wanted == '[' ? pattern.indexOf(']', p + 2) : -1;
    if (close < 0) {
      return wanted == '?' || wanted == found ? p + 1 : -1;
    }
    int at = p + 1;
    boolean negated = pattern.charAt(at) == '!' || pattern.charAt(at) == '^';
    at += negated ? 1 : 0;
    boolean within = false;
    while (at < close) {
      if (at + 2 < close && pattern.charAt(at + 1) == '-') {
        within |= pattern.charAt(at) <= found && found <= pattern.charAt(at + 2);
        at += 3;
      } else {
        within |= pattern.charAt(at) == found;
        at++;
      }
    }
    return within == negated ? -1 : close + 1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Glob glob && alternatives.equals(glob.alternatives);
  }

  @Override
  public int hashCode() {
    return alternatives.hashCode();
  }
}
