package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides the values of Kubernetes secrets. */
public final class SecretMask {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private SecretMask() {}

  /**
   * A copy without secret values: each value of {@code data} and {@code stringData} is {@code ***},
   * whatever it was; so is what is no object where one should be. The same happens to the JSON in
   * the annotation {@code kubectl.kubernetes.io/last-applied-configuration}, which repeats the
   * values; if that is no JSON object, the whole annotation is {@code ***}. Secrets in {@code
   * items} are masked as well. All else stays as it is.
   *
   * @param secret an object of kind {@code Secret}, whether or not it says so
   * @return the copy; always one, because the bytes of the original may hold more than its fields
   */
  public static KubernetesObject mask(KubernetesObject secret) {
    return KubernetesObject.of(masked(secret.asMap()));
  }

  private static Map<String, @Nullable Object> masked(Map<?, ?> secret) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    secret.forEach(
        (key, value) -> {
          String name = (String) key;
          copy.put(
              name,
              switch (name) {
                case "data", "stringData" -> maskedValues(value);
                case "metadata" -> maskedMetadata(value);
                case "items" -> maskedItems(value);
                default -> value;
              });
        });
    return copy;
  }

  private static @Nullable Object maskedValues(@Nullable Object values) {
    if (values == null) {
      return null;
    }
    if (!(values instanceof Map<?, ?> map)) {
      return Secret.MASK;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.keySet().forEach(key -> copy.put((String) key, Secret.MASK));
    return copy;
  }

  private static @Nullable Object maskedMetadata(@Nullable Object metadata) {
    return replaced(
        metadata,
        "annotations",
        annotations -> replaced(annotations, LAST_APPLIED, SecretMask::maskedLastApplied));
  }

  /** A copy of a map with the value of a key replaced; what is no map with that key stays. */
  private static @Nullable Object replaced(
      @Nullable Object container, String key, Replacement replacement) {
    if (!(container instanceof Map<?, ?> map) || !map.containsKey(key)) {
      return container;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
    copy.put(key, replacement.of(map.get(key)));
    return copy;
  }

  private static Object maskedLastApplied(@Nullable Object annotation) {
    if (annotation instanceof String text) {
      try {
        if (Json.parse(text) instanceof Map<?, ?> applied) {
          return Json.write(masked(applied));
        }
      } catch (IllegalArgumentException e) {
        // No JSON: nobody knows where in it the values are.
      }
    }
    return Secret.MASK;
  }

  private static @Nullable Object maskedItems(@Nullable Object items) {
    if (!(items instanceof List<?> list)) {
      return items == null ? null : Secret.MASK;
    }
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    list.forEach(item -> copy.add(item instanceof Map<?, ?> map ? masked(map) : Secret.MASK));
    return copy;
  }

  @FunctionalInterface
  private interface Replacement {
    @Nullable Object of(@Nullable Object value);
  }
}
