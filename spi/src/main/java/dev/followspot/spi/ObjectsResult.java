package dev.followspot.spi;

import java.util.List;
import java.util.Objects;

/**
 * What an {@link ObjectsProvider} found.
 *
 * @param entity the entity that was looked up
 * @param clusters one element for each cluster that was asked, in the order of the service locator
 * @param problems what went wrong beyond single cells
 */
public record ObjectsResult(EntityRef entity, List<ClusterObjects> clusters, List<Problem> problems)
    implements ResultMatrix {

  /** Checks the components and copies the lists. */
  public ObjectsResult {
    Objects.requireNonNull(entity, "entity");
    clusters = List.copyOf(clusters);
    problems = List.copyOf(problems);
  }

  @Override
  public List<Cell> cells() {
    return clusters.stream().flatMap(cluster -> cluster.cells().stream()).toList();
  }
}
