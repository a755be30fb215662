package dev.followspot.core.objects;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The usage of the pods of a cluster. */
public final class PodUsages {

  /** Stands for all namespaces. */
  private static final String ALL = "";

  private PodUsages() {}

  /**
   * Joins the pods of a cluster with their metrics. As in Backstage, a pod without metrics has a
   * usage of 0; where the metrics of a namespace were not asked for or are not there, none of its
   * pods is listed.
   *
   * @param cluster what was found
   * @return one element for each pod, in the order of the cells
   */
  public static List<PodUsage> of(ClusterObjects cluster) {
    List<PodUsage> usages = new ArrayList<>();
    List<KubernetesObject> metrics = new ArrayList<>();
    Set<String> answered = new HashSet<>();
    for (Cell cell : cluster.cells()) {
      if (cell.type().equals(ResourceType.POD_METRICS) && cell.status() == CellStatus.OK) {
        metrics.addAll(cell.objects());
        answered.add(cell.namespace() == null ? ALL : cell.namespace());
      }
    }
    if (answered.isEmpty()) {
      return usages;
    }
    List<KubernetesObject> pods = new ArrayList<>();
    for (Cell cell : cluster.cells()) {
      if (cell.type().objectType().equals(ResourceType.PODS.objectType())) {
        for (KubernetesObject pod : cell.objects()) {
          String namespace = cell.namespace() == null ? pod.namespace() : cell.namespace();
          if (answered.contains(ALL) || (namespace != null && answered.contains(namespace))) {
            pods.add(pod);
          }
        }
      }
    }
    return PodUsage.join(pods, metrics);
  }
}
