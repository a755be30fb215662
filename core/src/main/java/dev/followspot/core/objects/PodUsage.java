package dev.followspot.core.objects;

import dev.followspot.spi.KubernetesObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a pod uses, requests and may use at most. Immutable.
 *
 * @param pod the pod, as it was listed
 * @param cpu CPU in cores, all containers together; init containers do not count
 * @param memory memory in bytes, all containers together; init containers do not count
 * @param containers the containers that have metrics, in the order of the pod
 */
public record PodUsage(
    KubernetesObject pod, Usage cpu, Usage memory, List<ContainerUsage> containers) {

  /** Checks the components and copies the list. */
  public PodUsage {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(memory, "memory");
    containers = List.copyOf(containers);
  }

  /**
   * Joins pods with their metrics by namespace and name. A pod without metrics uses 0 and has no
   * containers; metrics without a pod are left out. Malformed quantities count as absent.
   *
   * @param pods the pods
   * @param metrics objects of kind {@code PodMetrics}
   * @return one element for each pod, in their order
   */
  public static List<PodUsage> join(List<KubernetesObject> pods, List<KubernetesObject> metrics) {
    return join(pods, metrics, warning -> {});
  }

  /**
   * As {@link #join(List, List)}, and tells what it could not read.
   *
   * @param pods the pods
   * @param metrics objects of kind {@code PodMetrics}
   * @param warnings is given a sentence for each malformed quantity
   * @return one element for each pod, in their order
   */
  public static List<PodUsage> join(
      List<KubernetesObject> pods, List<KubernetesObject> metrics, Consumer<String> warnings) {
    return new PodUsageJoin(metrics, warnings).with(pods);
  }

  /** Names the pod and its usage, not what else is in it. */
  @Override
  public String toString() {
    return "PodUsage[" + pod.namespace() + "/" + pod.name() + ", " + cpu + ", " + memory + "]";
  }
}
