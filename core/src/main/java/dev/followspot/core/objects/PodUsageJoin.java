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
      Elements.of(
          List.of("spec", "containers"),
          List.of(
              List.of("name"),
              List.of("resources", "requests", "cpu"),
              List.of("resources", "requests", "memory"),
              List.of("resources", "limits", "cpu"),
              List.of("resources", "limits", "memory")));

  private static final Elements USED =
      Elements.of(
          List.of("containers"),
          List.of(List.of("name"), List.of("usage", "cpu"), List.of("usage", "memory")));

  /** One of the two resources: how it is called, and which value of the elements above it is. */
  private record Resource(String name, int used, int requested, int limit) {}

  private static final Resource CPU = new Resource("cpu", 1, 1, 3);
  private static final Resource MEMORY = new Resource("memory", 2, 2, 4);

  private static final int MOST_KNOWN = 256;

  private final Map<PodKey, KubernetesObject> metrics = new HashMap<>();
  private final Consumer<String> warnings;

  /** The pods of a service have the same requests and limits. */
  private final Map<Object, BigDecimal> known = new HashMap<>();

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
    Map<String, @Nullable Object[]> used = of == null ? Map.of() : usedByContainer(of);
    Usage cpu = Usage.NONE;
    Usage memory = Usage.NONE;
    List<ContainerUsage> containers = new ArrayList<>();
    for (@Nullable Object[] container : CONTAINERS.in(pod)) {
      String name = container[0] instanceof String text ? text : "";
      @Nullable Object @Nullable [] usage = used.get(name);
      ContainerUsage one =
          new ContainerUsage(
              name,
              usage(CPU, usage, container, key, name),
              usage(MEMORY, usage, container, key, name));
      cpu = cpu.plus(one.cpu());
      memory = memory.plus(one.memory());
      if (usage != null) {
        containers.add(one);
      }
    }
    return new PodUsage(pod, cpu, memory, containers);
  }

  private static Map<String, @Nullable Object[]> usedByContainer(KubernetesObject metrics) {
    Map<String, @Nullable Object[]> used = new HashMap<>();
    for (@Nullable Object[] container : USED.in(metrics)) {
      if (container[0] instanceof String name) {
        used.putIfAbsent(name, container);
      }
    }
    return used;
  }

  private Usage usage(
      Resource resource,
      @Nullable Object @Nullable [] used,
      @Nullable Object[] container,
      PodKey pod,
      String name) {
    return new Usage(
        figure(used == null ? null : used[resource.used], "usage", resource.name, pod, name),
        figure(container[resource.requested], "request", resource.name, pod, name),
        figure(container[resource.limit], "limit", resource.name, pod, name));
  }

  private BigDecimal figure(
      @Nullable Object quantity, String what, String resource, PodKey pod, String container) {
    if (quantity == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal figure = known.get(quantity);
    if (figure == null) {
      figure = PodUsageQuantity.parse(quantity);
    }
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
    if (known.size() < MOST_KNOWN) {
      known.put(quantity, figure);
    }
    return figure;
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
