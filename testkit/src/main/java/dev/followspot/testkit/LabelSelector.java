package dev.followspot.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The label selectors of Kubernetes: equality, sets, existence and order, joined by commas. */
final class LabelSelector {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern PREFIX =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");
  private static final String OPERATORS = "'=', '!=', '==', 'in', 'notin', '<', '>'";

  private final List<String> tokens;
  private int next;

  private LabelSelector(String text) {
    tokens = tokens(text);
  }

  /**
   * Reads a selector.
   *
   * @return whether an object with some labels is selected
   * @throws IllegalArgumentException if it is none
   */
  static Predicate<Map<String, String>> parse(String text) {
    return new LabelSelector(text).parse();
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        i++;
        continue;
      }
      int start = i++;
      if (isSpecial(c)) {
        boolean two = i < text.length() && text.charAt(i) == '=' && (c == '=' || c == '!');
        i += two ? 1 : 0;
      } else {
        while (i < text.length() && !isSpecial(text.charAt(i)) && text.charAt(i) > ' ') {
          i++;
        }
      }
      tokens.add(text.substring(start, i));
    }
    return tokens;
  }

  private static boolean isSpecial(char c) {
    return "=!(),<>".indexOf(c) >= 0;
  }

  private Predicate<Map<String, String>> parse() {
    if (tokens.isEmpty()) {
      return labels -> true;
    }
    Predicate<Map<String, String>> all = requirement();
    while (next < tokens.size()) {
      if (!take().equals(",")) {
        throw found(tokens.get(next - 1), "',' or 'end of string'");
      }
      all = all.and(requirement());
    }
    return all;
  }

  private Predicate<Map<String, String>> requirement() {
    boolean absent = peek().equals("!");
    if (absent) {
      next++;
    }
    String key = key(take());
    if (peek().isEmpty() || peek().equals(",")) {
      return labels -> labels.containsKey(key) != absent;
    }
    if (absent) {
      throw found(peek(), "',' or 'end of string'");
    }
    String operator = take();
    return switch (operator) {
      case "=", "==" -> equalTo(key, value());
      case "!=" -> equalTo(key, value()).negate();
      case "in" -> in(key, values());
      case "notin" -> in(key, values()).negate();
      case "<" -> beyond(key, number(value()), -1);
      case ">" -> beyond(key, number(value()), 1);
      default -> throw found(operator, OPERATORS);
    };
  }

  private static Predicate<Map<String, String>> equalTo(String key, String value) {
    return labels -> value.equals(labels.get(key));
  }

  private static Predicate<Map<String, String>> in(String key, Set<String> values) {
    return labels -> contains(values, labels.get(key));
  }

  private static Predicate<Map<String, String>> beyond(String key, long limit, int sign) {
    return labels -> isBeyond(labels.get(key), limit, sign);
  }

  private static boolean contains(Set<String> values, @Nullable String value) {
    return value != null && values.contains(value);
  }

  private static boolean isBeyond(@Nullable String value, long limit, int sign) {
    return value != null
        && INTEGER.matcher(value).matches()
        && Long.compare(Long.parseLong(value), limit) == sign;
  }

  private static long number(String value) {
    if (!INTEGER.matcher(value).matches()) {
      throw new IllegalArgumentException("for 'Gt', 'Lt' operators, the value must be an integer");
    }
    return Long.parseLong(value);
  }

  /** The value after an operator, which may be empty. */
  private String value() {
    return peek().isEmpty() || peek().equals(",") ? "" : checkedValue(take());
  }

  private Set<String> values() {
    if (!take().equals("(")) {
      throw found(next <= tokens.size() ? tokens.get(next - 1) : "", "'('");
    }
    Set<String> values = new HashSet<>();
    boolean separated = true;
    for (String token = take(); !token.equals(")"); token = take()) {
      if (token.isEmpty()) {
        throw found(token, "',' or ')'");
      } else if (token.equals(",")) {
        if (separated) {
          values.add("");
        }
        separated = true;
      } else if (separated) {
        values.add(checkedValue(token));
        separated = false;
      } else {
        throw found(token, "',' or ')'");
      }
    }
    if (separated) {
      values.add("");
    }
    return values;
  }

  private String key(String token) {
    if (token.isEmpty() || isSpecial(token.charAt(0))) {
      throw found(token, "!, identifier, or 'end of string'");
    }
    int slash = token.indexOf('/');
    boolean valid =
        NAME.matcher(token.substring(slash + 1)).matches()
            && (slash < 0 || PREFIX.matcher(token.substring(0, slash)).matches());
    if (!valid) {
      throw new IllegalArgumentException("key: Invalid value: \"" + token + "\"");
    }
    return token;
  }

  private static String checkedValue(String token) {
    if (isSpecial(token.charAt(0))) {
      throw found(token, "identifier");
    }
    if (!NAME.matcher(token).matches()) {
      throw new IllegalArgumentException("values[0]: Invalid value: \"" + token + "\"");
    }
    return token;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static IllegalArgumentException found(String token, String expected) {
    return new IllegalArgumentException("found '" + token + "', expected: " + expected);
  }
}
