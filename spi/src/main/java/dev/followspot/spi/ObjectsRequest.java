package dev.followspot.spi;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ObjectsProvider} is asked.
 *
 * @param entity the entity
 * @param types the resource types to look for instead of the configured ones; null for those
 * @param context who asks, until when
 */
public record ObjectsRequest(
    Entity entity, @Nullable List<ResourceType> types, RequestContext context) {

  /** Checks the components and copies the list. */
  public ObjectsRequest {
    Objects.requireNonNull(entity, "entity");
    types = types == null ? null : List.copyOf(types);
    Objects.requireNonNull(context, "context");
  }
}
