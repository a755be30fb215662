package dev.followspot.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object, as the API server sent it or as an extension made it. Immutable: what
 * changes an object returns a copy.
 *
 * <p>An object that came from an API server is a slice of the response and is parsed only when
 * asked; as long as it is not changed, what comes out is byte for byte what the API server sent.
 * Items of the built-in lists carry neither {@code kind} nor {@code apiVersion}, as in the
 * Kubernetes API.
 *
 * <p>A path is the keys from the outermost to the innermost. In a list, a decimal number is the
 * index of an element: {@code object.field("spec", "containers", "0", "image")}.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Number} ({@code Integer}, {@code Long},
 * {@code BigInteger} or {@code BigDecimal}), {@code List} and {@code Map}, immutable at every
 * level; JSON's {@code null} is null inside of maps and lists.
 */
public interface KubernetesObject {

  /**
   * An object made of plain values.
   *
   * @param json maps, lists, texts, numbers, booleans and nulls; copied
   * @return the object
   * @throws IllegalArgumentException if there is anything else in it, or it is nested deeper than
   *     500 levels
   */
  static KubernetesObject of(Map<String, ?> json) {
    return new MapObject(Json.object(json));
  }

  /**
   * The value at a path.
   *
   * @param path the keys; at least one
   * @return the value; empty if there is none, or if it is JSON's {@code null}
   */
  Optional<Object> field(String... path);

  /**
   * A copy with the value at a path set. Objects on the way are made where there are none.
   *
   * @param value the new value, null for JSON's {@code null}
   * @param path the keys; at least one
   * @return the copy
   * @throws IllegalArgumentException if the value is not JSON, or the path leads to an element that
   *     a list does not have
   */
  KubernetesObject withField(@Nullable Object value, String... path);

  /**
   * A copy without the value at a path.
   *
   * @param path the keys; at least one
   * @return the copy, or this object if it has no such value
   */
  KubernetesObject withoutField(String... path);

  /**
   * The whole object as plain values.
   *
   * @return an immutable map in the order of the JSON; its values may be null
   */
  Map<String, Object> asMap();

  /**
   * {@code metadata.name}.
   *
   * @return the name, or the empty text if it has none
   */
  default String name() {
    return text("metadata", "name").orElse("");
  }

  /**
   * {@code metadata.namespace}.
   *
   * @return the namespace, or null if it has none
   */
  default @Nullable String namespace() {
    return text("metadata", "namespace").orElse(null);
  }

  /**
   * {@code metadata.uid}.
   *
   * @return the UID, or null if it has none
   */
  default @Nullable String uid() {
    return text("metadata", "uid").orElse(null);
  }

  /**
   * {@code kind}.
   *
   * @return the kind, or null: items of built-in lists carry none
   */
  default @Nullable String kind() {
    return text("kind").orElse(null);
  }

  /**
   * {@code apiVersion}.
   *
   * @return the group and version, or null: items of built-in lists carry none
   */
  default @Nullable String apiVersion() {
    return text("apiVersion").orElse(null);
  }

  /**
   * {@code metadata.labels}.
   *
   * @return an immutable map, possibly empty
   */
  default Map<String, String> labels() {
    return texts("metadata", "labels");
  }

  /**
   * {@code metadata.annotations}.
   *
   * @return an immutable map, possibly empty
   */
  default Map<String, String> annotations() {
    return texts("metadata", "annotations");
  }

  /**
   * The text at a path.
   *
   * @param path the keys
   * @return the text; empty if there is none or it is something else
   */
  default Optional<String> text(String... path) {
    return field(path).filter(String.class::isInstance).map(String.class::cast);
  }

  /**
   * A copy with a label set.
   *
   * @param key its name
   * @param value its value
   * @return the copy
   */
  default KubernetesObject withLabel(String key, String value) {
    return withField(value, "metadata", "labels", key);
  }

  /**
   * A copy with an annotation set.
   *
   * @param key its name
   * @param value its value
   * @return the copy
   */
  default KubernetesObject withAnnotation(String key, String value) {
    return withField(value, "metadata", "annotations", key);
  }

  private Map<String, String> texts(String... path) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (field(path).orElse(Map.of()) instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value instanceof String text) {
              texts.put((String) key, text);
            }
          });
    }
    return Collections.unmodifiableMap(texts);
  }
}
