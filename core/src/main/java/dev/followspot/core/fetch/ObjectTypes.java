package dev.followspot.core.fetch;

import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The object types that configuration chooses among, under the names and in the order that
 * Backstage has for them.
 */
public final class ObjectTypes {

  private static final Set<String> NOT_BY_DEFAULT =
      Set.of("secrets", "persistentvolumes", "persistentvolumeclaims");

  private static final Map<String, ResourceType> TYPES = new LinkedHashMap<>();
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    core("secrets", "Secret", true);
    core("persistentvolumes", "PersistentVolume", false);
    core("persistentvolumeclaims", "PersistentVolumeClaim", true);
    core("pods", "Pod", true);
    core("services", "Service", true);
    core("configmaps", "ConfigMap", true);
    core("limitranges", "LimitRange", true);
    core("resourcequotas", "ResourceQuota", true);
    add("deployments", "apps", "v1", "Deployment", true);
    add("replicasets", "apps", "v1", "ReplicaSet", true);
    add("horizontalpodautoscalers", "autoscaling", "v2", "HorizontalPodAutoscaler", true);
    add("jobs", "batch", "v1", "Job", true);
    add("cronjobs", "batch", "v1", "CronJob", true);
    add("ingresses", "networking.k8s.io", "v1", "Ingress", true);
    add("statefulsets", "apps", "v1", "StatefulSet", true);
    add("daemonsets", "apps", "v1", "DaemonSet", true);
    KINDS.put(ResourceType.POD_METRICS.objectType(), "PodMetrics");
  }

  private ObjectTypes() {}

  private static void core(String name, String kind, boolean namespaced) {
    add(name, "", "v1", kind, namespaced);
  }

  private static void add(
      String name, String group, String version, String kind, boolean namespaced) {
    TYPES.put(name, new ResourceType(name, group, version, name, namespaced));
    KINDS.put(name, kind);
  }

  /**
   * The names of all object types.
   *
   * @return the names in the order in which answers list them
   */
  public static List<String> names() {
    return List.copyOf(TYPES.keySet());
  }

  /**
   * The names of the types that are looked up unless configuration says otherwise: all but secrets
   * and volumes.
   *
   * @return the names in the order in which answers list them
   */
  public static List<String> defaultNames() {
    return TYPES.keySet().stream().filter(name -> !NOT_BY_DEFAULT.contains(name)).toList();
  }

  /**
   * The names that no object type has. {@code customresources} is a name that Backstage's schema
   * allows and that chooses nothing: custom resources are looked up wherever some are configured.
   *
   * @param names some names
   * @return those that are not known, in their order
   */
  public static List<String> unknown(Collection<String> names) {
    return names.stream()
        .filter(name -> !TYPES.containsKey(name) && !name.equals(ResourceType.CUSTOM_RESOURCES))
        .toList();
  }

  /**
   * The chosen types in the order in which answers list them, each once.
   *
   * @param names the chosen names; unknown ones are left out
   * @param apiVersions other versions than the usual ones, by name
   * @return the types
   */
  public static List<ResourceType> types(
      Collection<String> names, Map<String, String> apiVersions) {
    List<ResourceType> chosen = new ArrayList<>();
    TYPES.forEach(
        (name, type) -> {
          if (names.contains(name)) {
            String version = apiVersions.get(name);
            chosen.add(version == null ? type : type.withApiVersion(version));
          }
        });
    return chosen;
  }

  /** The kind of a type's objects; null if it is not known. */
  static @Nullable String kind(ResourceType type) {
    return KINDS.get(type.objectType());
  }
}
