package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a list request. Immutable.
 *
 * @param kind the list's kind, such as {@code PodList}; null if it has none
 * @param apiVersion the list's group and version; null if it has none
 * @param resourceVersion the version of the whole list; null if it has none
 * @param continueToken what asks for the next page; null on the last page, never empty
 * @param objects the items in their order
 */
public record ObjectList(
    @Nullable String kind,
    @Nullable String apiVersion,
    @Nullable String resourceVersion,
    @Nullable String continueToken,
    List<KubernetesObject> objects) {

  private static final String SUFFIX = "List";

  /** Copies the list; an empty {@code continueToken} becomes null. */
  public ObjectList {
    continueToken = continueToken == null || continueToken.isEmpty() ? null : continueToken;
    objects = List.copyOf(objects);
  }

  /**
   * The kind of the items: that of the list less one {@code List} at its end.
   *
   * @return the kind, or null if the list has none
   */
  public @Nullable String itemKind() {
    return kind != null && kind.endsWith(SUFFIX)
        ? kind.substring(0, kind.length() - SUFFIX.length())
        : kind;
  }

  /** The kind and the number of objects, and nothing of what is in them. */
  @Override
  public String toString() {
    return "ObjectList["
        + (kind == null ? "no kind" : kind)
        + ", "
        + objects.size()
        + " objects"
        + (continueToken == null ? "]" : ", more to come]");
  }
}
