package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads some fields of the objects in a list, such as the names of containers, without parsing the
 * others.
 */
public final class Elements {

  private final List<PathKey> path;
  private final List<PathKey> keys;

  private Elements(List<PathKey> path, List<PathKey> keys) {
    this.path = path;
    this.keys = keys;
  }

  /**
   * Elements of a list.
   *
   * @param path where the list is, from the outermost key to the innermost; at least one
   * @param keys which fields of its elements are read
   * @return reads them of any object; immutable and safe for use by several threads
   * @throws IllegalArgumentException if the path is empty
   */
  public static Elements of(List<String> path, String... keys) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("the path is empty; name at least one key");
    }
    return new Elements(PathKey.of(path), PathKey.of(List.of(keys)));
  }

  /**
   * The elements that are objects.
   *
   * @param object where the list is
   * @return for each its fields, without those that it does not have or that are {@code null};
   *     empty if there is no such list
   */
  public List<Map<String, Object>> in(KubernetesObject object) {
    List<Map<String, Object>> found =
        object instanceof RawObject raw ? raw.select(path, keys) : null;
    return found == null ? parsed(object) : found;
  }

  private List<Map<String, Object>> parsed(KubernetesObject object) {
    List<Map<String, Object>> found = new ArrayList<>();
    String[] texts = path.stream().map(PathKey::text).toArray(String[]::new);
    if (object.field(texts).orElse(null) instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> map) {
          found.add(chosen(map));
        }
      }
    }
    return found;
  }

  private Map<String, Object> chosen(Map<?, ?> element) {
    Map<String, Object> chosen = new HashMap<>();
    for (PathKey key : keys) {
      Object value = element.get(key.text());
      if (value != null) {
        chosen.put(key.text(), value);
      }
    }
    return chosen;
  }
}
