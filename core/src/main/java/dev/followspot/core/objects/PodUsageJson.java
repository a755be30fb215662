package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes the usage of pods as Backstage's frontend reads it. */
final class PodUsageJson {

  private PodUsageJson() {}

  /** Writes one element of {@code podMetrics}. */
  static void write(JsonOutput json, PodUsage usage) throws IOException {
    json.beginObject();
    json.name("pod");
    json.object(usage.pod());
    json.name("cpu");
    cpu(json, usage.cpu());
    json.name("memory");
    memory(json, usage.memory());
    json.name("containers");
    json.beginArray();
    for (ContainerUsage container : usage.containers()) {
      json.beginObject();
      json.name("container");
      json.string(container.container());
      json.name("cpuUsage");
      cpu(json, container.cpu());
      json.name("memoryUsage");
      memory(json, container.memory());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void cpu(JsonOutput json, Usage usage) throws IOException {
    write(json, usage.currentUsage(), usage.requestTotal(), usage.limitTotal());
  }

  private static void memory(JsonOutput json, Usage usage) throws IOException {
    write(
        json,
        digits(usage.currentUsage()),
        digits(usage.requestTotal()),
        digits(usage.limitTotal()));
  }

  private static void write(JsonOutput json, Object current, Object request, Object limit)
      throws IOException {
    json.beginObject();
    json.name("currentUsage");
    json.value(current);
    json.name("requestTotal");
    json.value(request);
    json.name("limitTotal");
    json.value(limit);
    json.endObject();
  }

  /** Whole bytes go out as a string of digits, which JavaScript does not round; 0 is a number. */
  private static Object digits(BigDecimal bytes) {
    return bytes.signum() == 0 || bytes.scale() > 0 ? bytes : bytes.toPlainString();
  }
}
