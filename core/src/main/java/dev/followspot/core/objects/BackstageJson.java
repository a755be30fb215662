package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.ResourceType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as Backstage's Kubernetes backend does: {@code items[]} with {@code cluster},
 * {@code resources}, {@code podMetrics} and {@code errors}. Objects that were not changed are
 * copied from the answers of the clusters.
 */
public final class BackstageJson {

  private BackstageJson() {}

  /**
   * Writes a result.
   *
   * @param result the result
   * @param out where to write it in UTF-8; it is flushed and stays open
   * @throws IOException if writing fails
   */
  public static void write(ObjectsResult result, OutputStream out) throws IOException {
    try (JsonOutput json = new JsonOutput(out)) {
      json.beginObject();
      json.name("items");
      json.beginArray();
      for (ClusterObjects cluster : result.clusters()) {
        if (isShown(cluster)) {
          write(cluster, json);
        }
      }
      json.endArray();
      json.endObject();
    }
  }

  /** As in Backstage, a cluster without objects and without errors is left out. */
  private static boolean isShown(ClusterObjects cluster) {
    return cluster.cells().stream()
        .anyMatch(cell -> isError(cell, cluster.cells()) || (!isMetrics(cell) && cell.count() > 0));
  }

  private static void write(ClusterObjects found, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("cluster");
    write(found.cluster(), json);
    json.name("resources");
    json.beginArray();
    for (Cell cell : byType(found.cells())) {
      json.beginObject();
      json.name("type");
      json.string(cell.type().objectType());
      json.name("resources");
      json.beginArray();
      for (KubernetesObject object : cell.objects()) {
        json.object(object);
      }
      json.endArray();
      json.endObject();
    }
    json.endArray();
    json.name("podMetrics");
    json.beginArray();
    for (PodUsage usage : PodUsages.of(found)) {
      PodUsageJson.write(json, usage);
    }
    json.endArray();
    json.name("errors");
    json.beginArray();
    for (Cell cell : found.cells()) {
      if (isError(cell, found.cells())) {
        writeError(cell, json);
      }
    }
    json.endArray();
    json.endObject();
  }

  private static void write(Cluster cluster, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("name");
    json.string(cluster.name());
    optional("title", cluster.title().orElse(null), json);
    optional("dashboardUrl", cluster.dashboard().url(), json);
    optional("dashboardApp", cluster.dashboard().app(), json);
    if (!cluster.dashboard().parameters().isEmpty()) {
      json.name("dashboardParameters");
      json.value(cluster.dashboard().parameters());
    }
    json.endObject();
  }

  private static void optional(String name, @Nullable String value, JsonOutput json)
      throws IOException {
    if (value != null) {
      json.name(name);
      json.string(value);
    }
  }

  /** The lists that were answered: types first, the namespaces of each in their order. */
  private static List<Cell> byType(List<Cell> cells) {
    Map<ResourceType, List<Cell>> byType = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (!isMetrics(cell) && (cell.status() == CellStatus.OK || cell.truncated())) {
        byType.computeIfAbsent(cell.type(), type -> new ArrayList<>()).add(cell);
      }
    }
    return byType.values().stream().flatMap(List::stream).toList();
  }

  private static boolean isMetrics(Cell cell) {
    return cell.type().equals(ResourceType.POD_METRICS);
  }

  /** Metrics are missed only where there are pods, as in Backstage. */
  private static boolean isError(Cell cell, List<Cell> all) {
    return (cell.status() != CellStatus.OK || cell.truncated())
        && (!isMetrics(cell)
            || all.stream()
                .anyMatch(
                    pods ->
                        pods.type().objectType().equals(ResourceType.PODS.objectType())
                            && pods.count() > 0
                            && Objects.equals(pods.namespace(), cell.namespace())));
  }

  private static void writeError(Cell cell, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("errorType");
    boolean answered = cell.httpStatus() != 0 && !isSuccess(cell.httpStatus());
    json.string(answered ? errorType(cell.httpStatus()) : "FETCH_ERROR");
    if (answered) {
      json.name("statusCode");
      json.number(cell.httpStatus());
      json.name("resourcePath");
      json.string(cell.resourcePath());
    } else {
      json.name("message");
      json.string(cell.message() == null ? cell.toString() : cell.message());
    }
    json.endObject();
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status <= 299;
  }

  private static String errorType(int status) {
    return switch (status) {
      case 400 -> "BAD_REQUEST";
      case 401 -> "UNAUTHORIZED_ERROR";
      case 404 -> "NOT_FOUND";
      case 500 -> "SYSTEM_ERROR";
      default -> "UNKNOWN_ERROR";
    };
  }
}
