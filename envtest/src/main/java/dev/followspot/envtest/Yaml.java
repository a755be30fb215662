package dev.followspot.envtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads YAML and JSON. */
final class Yaml {

  private Yaml() {}

  /** The documents of a text; empty ones are left out. */
  static List<Map<String, ?>> documents(String text) {
    List<Map<String, ?>> documents = new ArrayList<>();
    for (Object document : load().loadAllFromString(text)) {
      if (document != null) {
        documents.add(map(document));
      }
    }
    return documents;
  }

  static Map<String, ?> object(String text) {
    return map(load().loadFromString(text));
  }

  static String write(Map<String, ?> object) {
    return new Dump(DumpSettings.builder().build()).dumpToString(object);
  }

  private static Load load() {
    return new Load(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build());
  }

  @SuppressWarnings("unchecked")
  static Map<String, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    throw new IllegalArgumentException("an object is expected, not " + value);
  }

  /** The text at a path, which has to be there. */
  static String text(Map<String, ?> object, String... path) {
    Object value = at(object, path);
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "there is no text " + String.join(".", path) + " in " + object);
  }

  static @Nullable Object at(Map<String, ?> object, String... path) {
    Object here = object;
    for (String key : path) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here;
  }
}
