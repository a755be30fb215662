package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Items;
import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Scalar;
import dev.followspot.core.config.Node.Unset;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between {@link Node}s and plain Java values. */
final class PlainValues {

  private final IdentityHashMap<Node, Object> done = new IdentityHashMap<>();

  private PlainValues() {}

  /** Maps, lists, texts, numbers and booleans; a value that is absent must not be the root. */
  static Object toPlain(Node node) {
    Object plain = new PlainValues().plain(node);
    if (plain == null) {
      throw new IllegalArgumentException("absent");
    }
    return plain;
  }

  private @Nullable Object plain(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.value();
    }
    if (node instanceof Items items) {
      Object known = done.get(node);
      if (known != null) {
        return known;
      }
      List<@Nullable Object> list = new ArrayList<>();
      for (Node item : items.nodes()) {
        if (!(item instanceof Unset)) {
          list.add(plain(item));
        }
      }
      List<@Nullable Object> fixed = Collections.unmodifiableList(list);
      done.put(node, fixed);
      return fixed;
    }
    if (node instanceof Fields fields) {
      Object known = done.get(node);
      if (known != null) {
        return known;
      }
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      fields
          .map()
          .forEach(
              (key, field) -> {
                if (!(field.node() instanceof Unset)) {
                  map.put(key, plain(field.node()));
                }
              });
      Map<String, @Nullable Object> fixed = Collections.unmodifiableMap(map);
      done.put(node, fixed);
      return fixed;
    }
    return null;
  }

  /** The object that a program gave instead of a file. */
  static Fields fromPlain(Map<String, ?> values) {
    return fields(values, "", 0);
  }

  private static Fields fields(Map<?, ?> values, String path, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          String below = path.isEmpty() ? name : path + "." + name;
          fields.put(name, new Field(Place.NONE, node(value, below, depth + 1)));
        });
    return Fields.of(Place.NONE, fields);
  }

  private static Node node(@Nullable Object value, String path, int depth) {
    if (depth > Node.MAX_DEPTH) {
      throw new ConfigurationException(
          "", path, "is nested deeper than " + Node.MAX_DEPTH + " levels");
    }
    if (value == null) {
      return new Null(Place.NONE);
    }
    if (value instanceof Map<?, ?> map) {
      return fields(map, path, depth);
    }
    if (value instanceof Collection<?> items) {
      List<Node> nodes = new ArrayList<>();
      for (Object item : items) {
        nodes.add(node(item, path + "[" + nodes.size() + "]", depth + 1));
      }
      return Items.of(Place.NONE, nodes);
    }
    if (value instanceof Secret secret) {
      return Scalar.text(Place.NONE, secret.reveal(), "a secret");
    }
    if (value instanceof Boolean) {
      return new Scalar(Place.NONE, value, value.toString(), null);
    }
    if (value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long) {
      return new Scalar(Place.NONE, ((Number) value).longValue(), value.toString(), null);
    }
    if (value instanceof Number number) {
      return new Scalar(Place.NONE, number.doubleValue(), value.toString(), null);
    }
    if (value instanceof CharSequence
        || value instanceof URI
        || value instanceof Path
        || value instanceof Duration) {
      return Scalar.text(Place.NONE, value.toString(), null);
    }
    throw new ConfigurationException(
        "",
        path,
        "got a "
            + value.getClass().getName()
            + "; allowed are Map, Collection, text, number, Boolean, Secret, URI, Path, Duration and"
            + " null");
  }
}
