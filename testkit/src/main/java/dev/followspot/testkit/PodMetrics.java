package dev.followspot.testkit;

import dev.followspot.spi.KubernetesObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a metrics server says of pods. */
final class PodMetrics {

  private static final String WINDOW = "15s";

  private PodMetrics() {}

  /** Sets the usage of one container, beside those that the pod has. */
  static void add(
      World world, String namespace, String pod, Map<String, Object> usage, String container) {
    synchronized (world) {
      ServedType type = BuiltInTypes.POD_METRICS;
      KubernetesObject old = world.object(type, namespace, pod);
      List<Object> containers = new ArrayList<>();
      if (old != null && old.field("containers").orElse(List.of()) instanceof List<?> list) {
        for (Object each : list) {
          if (each instanceof Map<?, ?> map && !container.equals(map.get("name"))) {
            containers.add(each);
          }
        }
      }
      containers.add(JsonText.object("name", container, "usage", usage));
      world.add(
          namespace,
          KubernetesObject.of(
              JsonText.object(
                  "kind",
                  type.kind(),
                  "apiVersion",
                  type.groupVersion(type.versions().get(0)),
                  "metadata",
                  JsonText.object("name", pod, "labels", labels(world, namespace, pod)),
                  "timestamp",
                  Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                  "window",
                  WINDOW,
                  "containers",
                  containers)));
    }
  }

  /** The labels of the pod, by which its metrics are selected. */
  private static Map<String, String> labels(World world, String namespace, String pod) {
    KubernetesObject object = world.object(world.typeCalled("pods"), namespace, pod);
    return object == null ? Map.of() : object.labels();
  }
}
