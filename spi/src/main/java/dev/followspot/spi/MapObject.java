package dev.followspot.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object that is held as plain values. */
record MapObject(Map<String, Object> asMap) implements KubernetesObject {

  @Override
  public Optional<Object> field(String... path) {
    return Optional.ofNullable(Json.at(asMap, checked(path)));
  }

  @Override
  public KubernetesObject withField(@Nullable Object value, String... path) {
    return new MapObject(Json.with(asMap, checked(path), value));
  }

  @Override
  public KubernetesObject withoutField(String... path) {
    Map<String, Object> changed = Json.without(asMap, checked(path));
    return changed.equals(asMap) ? this : new MapObject(changed);
  }

  /** Its namespace and name only: an object may hold secrets. */
  @Override
  public String toString() {
    return "KubernetesObject[" + (namespace() == null ? "" : namespace() + "/") + name() + "]";
  }

  private static List<String> checked(String... path) {
    if (path.length == 0) {
      throw new IllegalArgumentException("the path is empty; name at least one key");
    }
    return List.of(path);
  }
}
