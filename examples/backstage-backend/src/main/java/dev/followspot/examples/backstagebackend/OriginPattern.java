package dev.followspot.examples.backstagebackend;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for origins as in Backstage's {@code backend.cors.origin}: {@code *} and {@code ?}
 * match anything but a slash, <code>{a,b}</code> one of several, {@code [a-z]} one character of a
 * class. Upper and lower case are the same. Immutable.
 */
final class OriginPattern {

  private final String glob;
  private final Pattern pattern;

  private OriginPattern(String glob, Pattern pattern) {
    this.glob = glob;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static OriginPattern of(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int at = 0; at < glob.length(); at++) {
      char c = glob.charAt(at);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        case '[' -> {
          int end = glob.indexOf(']', at + 2);
          if (end < 0) {
            throw unreadable(glob);
          }
          regex.append(characters(glob.substring(at + 1, end)));
          at = end;
        }
        case '\\' -> {
          if (++at == glob.length()) {
            throw unreadable(glob);
          }
          regex.append(Pattern.quote(glob.substring(at, at + 1)));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return new OriginPattern(glob, Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException e) {
      throw unreadable(glob);
    }
  }

  private static String characters(String members) {
    boolean negated = members.startsWith("!") || members.startsWith("^");
    String rest = negated ? members.substring(1) : members;
    return (negated ? "[^/" : "[") + rest.replaceAll("([\\\\\\[&^])", "\\\\$1") + "]";
  }

  private static IllegalArgumentException unreadable(String glob) {
    return new IllegalArgumentException(
        Texts.quoted(glob)
            + " is no pattern: a bracket or brace is not closed; write an origin such as"
            + " https://portal.example.com or https://*.example.com");
  }

  /** The host, if the pattern is one origin and no other. */
  Optional<String> host() {
    try {
      return glob.matches("[^*?{}\\[\\]\\\\]*")
          ? Optional.ofNullable(URI.create(glob).getHost())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Why no page can have an origin that matches; empty if one can, as far as is known. */
  Optional<String> whyNever() {
    String plain = glob.replace("\\", "");
    if (plain.equals("null") || plain.contains("[")) {
      return Optional.empty();
    }
    int host = plain.indexOf("//");
    if (plain.matches("[*]+")) {
      return Optional.of(
          "matches no origin, since a star ends at a slash; leave origin out to let pages of every"
              + " origin read");
    }
    if (host < 0) {
      return Optional.of(
          "matches no origin, since it has no scheme; write it as in https://portal.example.com");
    }
    return plain.indexOf('/', host + 2) >= 0 && !plain.contains("{")
        ? Optional.of(
            "matches no origin, since nothing follows the host and port of one, not even a slash;"
                + " write it as in https://portal.example.com")
        : Optional.empty();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return glob;
  }

  boolean matches(String origin) {
    return pattern.matcher(origin).matches();
  }
}
