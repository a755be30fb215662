package dev.followspot.core.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The core schema of YAML 1.2: which plain texts are null, booleans and numbers. */
final class YamlScalars {

  static final String TAG = "tag:yaml.org,2002:";

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern BASED = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
  private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");
  // Longer ones are texts: no configuration holds them, and they take long to convert.
  private static final int MAX_NUMBER_LENGTH = 400;

  private YamlScalars() {}

  static boolean isNull(String text) {
    return NULLS.contains(text);
  }

  /** The value of a plain scalar that is not null: a Boolean, Long, Double or String. */
  static Object plain(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    Object number = number(text);
    return number == null ? text : number;
  }

  /** The value of a scalar with an explicit tag of the core schema; empty if it does not fit. */
  static Optional<Object> tagged(String type, String text) {
    Object plain = plain(text);
    boolean fits =
        switch (type) {
          case "str" -> true;
          case "bool" -> plain instanceof Boolean;
          case "int" -> plain instanceof Long;
          case "float" -> plain instanceof Number;
          default -> false;
        };
    if (!fits) {
      return Optional.empty();
    }
    return Optional.of(
        type.equals("str") ? text : type.equals("float") ? ((Number) plain).doubleValue() : plain);
  }

  private static @Nullable Object number(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return integer(text, 10);
    }
    if (BASED.matcher(text).matches()) {
      return integer(text.substring(2), text.charAt(1) == 'x' ? 16 : 8);
    }
    if (DECIMAL.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return NOT_A_NUMBER.contains(text) ? Double.NaN : null;
  }

  private static Object integer(String digits, int radix) {
    try {
      return Long.valueOf(digits, radix);
    } catch (NumberFormatException e) {
      return new java.math.BigInteger(digits, radix).doubleValue();
    }
  }
}
