package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Paths into plain values, and how an object is named in messages. */
final class KubernetesObjects {

  private KubernetesObjects() {}

  static Optional<Object> at(Object value, List<String> path) {
    @Nullable Object here = value;
    for (String key : path) {
      if (here instanceof Map<?, ?> map) {
        here = map.get(key);
      } else if (here instanceof List<?> list) {
        int index = index(key);
        here = index >= 0 && index < list.size() ? list.get(index) : null;
      } else {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(here);
  }

  /** The index that a key means, or -1. */
  static int index(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Namespace and name, and nothing else. */
  static String describe(KubernetesObject object) {
    String namespace = object.namespace();
    String name = object.name().isEmpty() ? "(no name)" : object.name();
    return namespace == null ? name : namespace + "/" + name;
  }
}
