package dev.followspot.core.objects;

import dev.followspot.core.json.Elements;
import dev.followspot.spi.KubernetesObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Joins pods with their metrics. */
final class PodUsageJoin {

  private static final Elements CONTAINERS =
      Elements.of(List.of("spec", "containers"), "name", "resources");
  private static final Elements USED = Elements.of(List.of("containers"), "name", "usage");

  private final Map<PodKey, KubernetesObject> metrics = new HashMap<>();
  private final Consumer<String> warnings;

  PodUsageJoin(List<KubernetesObject> metrics, Consumer<String> warnings) {
    metrics.forEach(of -> this.metrics.putIfAbsent(PodKey.of(of), of));
    this.warnings = warnings;
  }

  List<PodUsage> with(List<KubernetesObject> pods) {
    List<PodUsage> usages = new ArrayList<>(pods.size());
    pods.forEach(pod -> usages.add(usage(pod)));
    return usages;
  }

  private PodUsage usage(KubernetesObject pod) {
    PodKey key = PodKey.of(pod);
    KubernetesObject of = metrics.get(key);
    Map<String, Map<?, ?>> used = of == null ? Map.of() : usedByContainer(of);
    Usage cpu = Usage.NONE;
    Usage memory = Usage.NONE;
    List<ContainerUsage> containers = new ArrayList<>();
    for (Map<String, Object> container : CONTAINERS.in(pod)) {
      String name = container.get("name") instanceof String text ? text : "";
      Map<?, ?> resources = map(container.get("resources"));
      @Nullable Map<?, ?> usage = used.get(name);
      ContainerUsage one =
          new ContainerUsage(
              name,
              usage("cpu", usage, resources, key, name),
              usage("memory", usage, resources, key, name));
      cpu = cpu.plus(one.cpu());
      memory = memory.plus(one.memory());
      if (usage != null) {
        containers.add(one);
      }
    }
    return new PodUsage(pod, cpu, memory, containers);
  }

  private static Map<String, Map<?, ?>> usedByContainer(KubernetesObject metrics) {
    Map<String, Map<?, ?>> used = new HashMap<>();
    for (Map<String, Object> container : USED.in(metrics)) {
      if (container.get("name") instanceof String name) {
        used.putIfAbsent(name, map(container.get("usage")));
      }
    }
    return used;
  }

  private Usage usage(
      String resource, @Nullable Map<?, ?> used, Map<?, ?> resources, PodKey pod, String name) {
    return new Usage(
        figure(used == null ? null : used.get(resource), "usage", resource, pod, name),
        figure(map(resources.get("requests")).get(resource), "request", resource, pod, name),
        figure(map(resources.get("limits")).get(resource), "limit", resource, pod, name));
  }

  private BigDecimal figure(
      @Nullable Object quantity, String what, String resource, PodKey pod, String container) {
    if (quantity == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal figure = PodUsageQuantity.parse(quantity);
    if (figure == null) {
      warnings.accept(
          "the "
              + resource
              + " "
              + what
              + " of container '"
              + container
              + "' of pod "
              + pod
              + " is no quantity such as 250m or 1.5Gi; it counts as absent");
      return BigDecimal.ZERO;
    }
    return figure;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private record PodKey(@Nullable String namespace, String name) {
    static PodKey of(KubernetesObject object) {
      return new PodKey(object.namespace(), object.name());
    }

    @Override
    public String toString() {
      return namespace == null ? name : namespace + "/" + name;
    }
  }
}
