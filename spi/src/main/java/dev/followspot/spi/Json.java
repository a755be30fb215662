package dev.followspot.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain Java values that stand for JSON: deep immutable copies of them, and paths into them. */
final class Json {

  /** Deeper than anything in Kubernetes, shallow enough for any stack. */
  private static final int MAX_DEPTH = 500;

  private Json() {}

  static Map<String, Object> object(Map<?, ?> values) {
    return object(values, 0);
  }

  private static Map<String, Object> object(Map<?, ?> values, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (!(key instanceof String text)) {
            throw new IllegalArgumentException(
                "the key " + key + " of a JSON object is not a text");
          }
          copy.put(text, value(value, depth + 1));
        });
    return unmodifiable(copy);
  }

  // JSON's null is a value in the map: the type says less than the Javadoc of whoever hands it out.
  @SuppressWarnings({"unchecked", "NullAway"})
  private static Map<String, Object> unmodifiable(Map<String, @Nullable Object> map) {
    return (Map<String, Object>) (Map<String, ?>) Collections.unmodifiableMap(map);
  }

  static @Nullable Object value(@Nullable Object value) {
    return value(value, 0);
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("JSON is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(value(item, depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigInteger
        || value instanceof BigDecimal) {
      return value;
    }
    throw new IllegalArgumentException(
        "a "
            + value.getClass().getName()
            + " is not JSON; maps, lists, texts, numbers, booleans and null are");
  }

  /** The value at a path, or null if there is none; a number chooses an element of a list. */
  static @Nullable Object at(@Nullable Object value, List<String> path) {
    Object here = value;
    for (String key : path) {
      if (here instanceof Map<?, ?> map) {
        here = map.get(key);
      } else if (here instanceof List<?> list) {
        int index = index(key);
        here = index >= 0 && index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return here;
  }

  /** A copy of an object with the value at a path set; objects on the way are made. */
  static Map<String, Object> with(
      Map<String, Object> object, List<String> path, @Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
    String key = path.get(0);
    copy.put(
        key, path.size() == 1 ? value(value) : changed(copy.get(key), rest(path), value, true));
    return unmodifiable(copy);
  }

  /** A copy of an object without the value at a path; the same if there is none. */
  static Map<String, Object> without(Map<String, Object> object, List<String> path) {
    if (path.size() > 1 && !containsAt(object, path)) {
      return object;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
    String key = path.get(0);
    if (path.size() == 1) {
      copy.remove(key);
    } else {
      copy.put(key, changed(copy.get(key), rest(path), null, false));
    }
    return unmodifiable(copy);
  }

  private static boolean containsAt(Object value, List<String> path) {
    Object parent = at(value, path.subList(0, path.size() - 1));
    String last = path.get(path.size() - 1);
    if (parent instanceof Map<?, ?> map) {
      return map.containsKey(last);
    }
    return parent instanceof List<?> list && index(last) >= 0 && index(last) < list.size();
  }

  @SuppressWarnings("unchecked")
  private static Object changed(
      @Nullable Object parent, List<String> path, @Nullable Object value, boolean set) {
    if (parent instanceof List<?> list) {
      int index = index(path.get(0));
      if (index < 0 || index >= list.size()) {
        throw new IllegalArgumentException(
            "'" + path.get(0) + "' is no index of a list with " + list.size() + " elements");
      }
      List<@Nullable Object> copy = new ArrayList<>(list);
      if (path.size() > 1) {
        copy.set(index, changed(copy.get(index), rest(path), value, set));
      } else if (set) {
        copy.set(index, value(value));
      } else {
        copy.remove(index);
      }
      return Collections.unmodifiableList(copy);
    }
    Map<String, Object> map = parent instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of();
    return set ? with(map, path, value) : without(map, path);
  }

  private static List<String> rest(List<String> path) {
    return path.subList(1, path.size());
  }

  private static int index(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
