package dev.followspot.core.objects;

import dev.followspot.core.fetch.ObjectTypes;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The object types that configuration chooses for all clusters.
 *
 * @param names the names of the types, such as {@code pods}
 * @param apiVersions other versions than the usual ones, by name
 */
public record ChosenTypes(List<String> names, Map<String, String> apiVersions) {

  /** What counts without configuration: all types but secrets and volumes. */
  public static final ChosenTypes DEFAULT = new ChosenTypes(ObjectTypes.defaultNames(), Map.of());

  /** Copies the collections. */
  public ChosenTypes {
    names = List.copyOf(names);
    apiVersions = Map.copyOf(Objects.requireNonNull(apiVersions, "apiVersions"));
  }

  /** The names that count for a cluster. */
  List<String> names(Cluster cluster) {
    return cluster.objectTypes().orElse(names);
  }

  /** The types for a cluster. */
  List<ResourceType> types(Cluster cluster) {
    Map<String, String> versions = new LinkedHashMap<>(apiVersions);
    versions.putAll(cluster.apiVersionOverrides());
    return ObjectTypes.types(names(cluster), versions);
  }
}
