package dev.followspot.core.config;

import dev.followspot.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration with the place it stands at. Immutable; an alias or an include shares
 * its node, so that a tree is a graph without cycles. None prints its value.
 */
sealed interface Node {

  /** How many values a tree may have when every alias and include is written out. */
  long MAX_VALUES = 200_000;

  /** How deep lists and objects may be nested. */
  int MAX_DEPTH = 100;

  /** Where the value stands. */
  Place place();

  /** What a message calls this type, as Backstage does. */
  String type();

  /** How many values this one consists of when everything shared is written out. */
  default long size() {
    return 1;
  }

  /** How many levels of lists and objects this is. */
  default int depth() {
    return 0;
  }

  /**
   * A file and line.
   *
   * @param source the name of the file; empty if there is none
   * @param folder where relative paths start; null if the value does not come from a file
   * @param line the line, from 1; 0 if there is none
   */
  record Place(String source, @Nullable Path folder, int line) {

    /** Of values that come from no file. */
    static final Place NONE = new Place("", null, 0);

    Place at(int otherLine) {
      return new Place(source, folder, otherLine);
    }

    /** {@code file:line} as far as known. */
    @Override
    public String toString() {
      return line == 0 || source.isEmpty() ? source : source + ":" + line;
    }
  }

  /**
   * A text, number or boolean.
   *
   * @param value a String, Long, Double or Boolean
   * @param text how it was written
   * @param origin what a message says instead of the value; null if the value may be shown
   */
  record Scalar(Place place, Object value, String text, @Nullable String origin) implements Node {

    static Scalar text(Place place, String text, @Nullable String origin) {
      return new Scalar(place, text, text, origin);
    }

    boolean isEmptyText() {
      return value.equals("");
    }

    @Override
    public String type() {
      if (isEmptyText()) {
        return "empty-string";
      }
      return value instanceof String ? "string" : value instanceof Boolean ? "boolean" : "number";
    }

    @Override
    public String toString() {
      return type() + " at " + place;
    }
  }

  /** An explicit {@code null}: absent, and it hides what earlier files say. */
  record Null(Place place) implements Node {
    @Override
    public String type() {
      return "null";
    }
  }

  /**
   * A value whose variable is not set: absent, and what earlier files say stays.
   *
   * @param reason such as {@code K8S_DEV_TOKEN is not set}
   */
  record Unset(Place place, String reason) implements Node {
    @Override
    public String type() {
      return "undefined";
    }
  }

  /** A list. */
  record Items(Place place, List<Node> nodes, long size, int depth) implements Node {

    /** Makes a list, or refuses one that is too large or too deep. */
    static Items of(Place place, List<Node> nodes) {
      return new Items(place, List.copyOf(nodes), sizeOf(place, nodes), depthOf(place, nodes));
    }

    @Override
    public String type() {
      return "array";
    }

    @Override
    public String toString() {
      return type() + " at " + place;
    }
  }

  /** An object; the places are those of its keys. */
  record Fields(Place place, Map<String, Field> map, long size, int depth) implements Node {

    /** Makes an object, or refuses one that is too large or too deep. */
    static Fields of(Place place, Map<String, Field> fields) {
      List<Node> nodes = fields.values().stream().map(Field::node).toList();
      return new Fields(
          place,
          Collections.unmodifiableMap(new LinkedHashMap<>(fields)),
          sizeOf(place, nodes),
          depthOf(place, nodes));
    }

    @Nullable Node get(String key) {
      Field field = map.get(key);
      return field == null ? null : field.node();
    }

    @Override
    public String type() {
      return "object";
    }

    @Override
    public String toString() {
      return type() + " at " + place;
    }
  }

  /**
   * What stands at a key.
   *
   * @param place where the key is
   * @param node the value
   */
  record Field(Place place, Node node) {}

  private static long sizeOf(Place place, List<Node> nodes) {
    long size = 1;
    for (Node node : nodes) {
      size += node.size();
    }
    if (size > MAX_VALUES) {
      throw new ConfigurationException(
          place.toString(),
          "",
          "holds more than "
              + MAX_VALUES
              + " values when every alias and include is written out; use fewer");
    }
    return size;
  }

  private static int depthOf(Place place, List<Node> nodes) {
    int depth = 0;
    for (Node node : nodes) {
      depth = Math.max(depth, node.depth());
    }
    if (depth >= MAX_DEPTH) {
      throw new ConfigurationException(
          place.toString(), "", "is nested deeper than " + MAX_DEPTH + " levels");
    }
    return depth + 1;
  }
}
