package dev.followspot.spi;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a catalog entity, {@code kind:namespace/name}. Backstage compares such references
 * without regard to case, so all three parts are held in lower case.
 *
 * @param kind such as {@code component}
 * @param namespace such as {@code default}
 * @param name such as {@code order-service}
 */
public record EntityRef(String kind, String namespace, String name) {

  /** The namespace of entities that name none. */
  public static final String DEFAULT_NAMESPACE = "default";

  /** Checks the parts and turns them into lower case. */
  public EntityRef {
    kind = part("kind", kind);
    namespace = part("namespace", namespace);
    name = part("name", name);
  }

  private static String part(String what, String text) {
    Objects.requireNonNull(text, what);
    if (text.isBlank() || text.indexOf(':') >= 0 || text.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " of an entity reference is '"
              + text
              + "'; a name without ':' and '/' is expected");
    }
    return text.trim().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code kind:namespace/name} or {@code kind:name}.
   *
   * @param text the reference
   * @return the reference, in namespace {@code default} if the text names none
   * @throws IllegalArgumentException if the text has no kind or no name
   */
  public static EntityRef parse(String text) {
    return parse(text, null, DEFAULT_NAMESPACE);
  }

  /**
   * Reads a reference whose kind and namespace may be left out.
   *
   * @param text the reference
   * @param defaultKind the kind if the text names none; null if it has to
   * @param defaultNamespace the namespace if the text names none
   * @return the reference
   * @throws IllegalArgumentException if the text is no reference
   */
  public static EntityRef parse(
      String text, @Nullable String defaultKind, String defaultNamespace) {
    int colon = text.indexOf(':');
    int slash = text.indexOf('/', colon + 1);
    String kind = colon < 0 ? defaultKind : text.substring(0, colon);
    String namespace = slash < 0 ? defaultNamespace : text.substring(colon + 1, slash);
    String name = text.substring(Math.max(colon, slash) + 1);
    if (kind == null || kind.isBlank() || namespace.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an entity reference; kind:namespace/name or kind:name is expected, "
              + "as in component:default/order-service");
    }
    return new EntityRef(kind, namespace, name);
  }

  @Override
  public String toString() {
    return kind + ":" + namespace + "/" + name;
  }
}
