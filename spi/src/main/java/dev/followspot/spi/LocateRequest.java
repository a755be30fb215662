package dev.followspot.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a {@link ServiceLocator} is asked.
 *
 * @param entity the entity
 * @param clusters all clusters that there are
 * @param context who asks
 */
public record LocateRequest(Entity entity, List<Cluster> clusters, RequestContext context) {

  /** Checks the components and copies the list. */
  public LocateRequest {
    Objects.requireNonNull(entity, "entity");
    clusters = List.copyOf(clusters);
    Objects.requireNonNull(context, "context");
  }
}
