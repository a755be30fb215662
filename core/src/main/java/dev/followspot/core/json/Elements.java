package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads some fields of the objects in a list, such as the names of containers, without parsing the
 * others.
 */
public final class Elements {

  private final List<PathKey> path;
  private final List<List<PathKey>> fields;

  private Elements(List<PathKey> path, List<List<PathKey>> fields) {
    this.path = path;
    this.fields = fields;
  }

  /**
   * Elements of a list.
   *
   * @param path where the list is, from the outermost key to the innermost; at least one
   * @param fields which fields of its elements are read, each as a path of at least one key; those
   *     that begin with the same key are best beside each other
   * @return reads them of any object; immutable and safe for use by several threads
   * @throws IllegalArgumentException if a path is empty
   */
  public static Elements of(List<String> path, List<List<String>> fields) {
    return new Elements(path(path), fields.stream().map(Elements::path).toList());
  }

  private static List<PathKey> path(List<String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the path is empty; name at least one key");
    }
    return PathKey.of(keys);
  }

  /**
   * The elements that are objects.
   *
   * @param object where the list is
   * @return for each the values of its fields in their order, null for what it does not have; empty
   *     if there is no such list. They are the caller's own
   */
  public List<@Nullable Object[]> in(KubernetesObject object) {
    List<@Nullable Object[]> found =
        object instanceof RawObject raw ? raw.select(path, fields) : null;
    return found == null ? parsed(object) : found;
  }

  private List<@Nullable Object[]> parsed(KubernetesObject object) {
    List<@Nullable Object[]> found = new ArrayList<>();
    String[] texts = PathKey.texts(path).toArray(String[]::new);
    if (object.field(texts).orElse(null) instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> map) {
          found.add(values(map));
        }
      }
    }
    return found;
  }

  private @Nullable Object[] values(Map<?, ?> element) {
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = KubernetesObjects.at(element, PathKey.texts(fields.get(i))).orElse(null);
    }
    return values;
  }
}
