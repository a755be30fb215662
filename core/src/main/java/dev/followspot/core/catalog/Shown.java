package dev.followspot.core.catalog;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message shows of a value. */
final class Shown {

  private static final int MAX_LENGTH = 80;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

  private Shown() {}

  /** A text in quotes, on one line and not too long. */
  static String value(String text) {
    return "'" + text(text) + "'";
  }

  /** A key on one line and not too long. */
  static String text(String text) {
    String start = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return UNPRINTABLE.matcher(start).replaceAll("\uFFFD");
  }

  /** The type with its article. */
  static String kind(@Nullable Object value) {
    String type = type(value);
    return (type.equals("object") ? "an " : "a ") + type;
  }

  /** What a message calls the type of a value. */
  static String type(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof Iterable ? "list" : value instanceof String ? "text" : "object";
  }
}
