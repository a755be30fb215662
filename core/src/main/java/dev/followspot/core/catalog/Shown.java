package dev.followspot.core.catalog;

import org.jspecify.annotations.Nullable;

/** What a message calls the type of a value. */
final class Shown {

  private Shown() {}

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
