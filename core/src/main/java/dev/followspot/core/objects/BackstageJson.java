package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import dev.followspot.core.json.JsonPublisher;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.ResourceType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Publisher;
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
    steps(result).writeAll(out);
  }

  /**
   * The same document for somebody who takes it in parts, as fast as they can.
   *
   * @param result the result
   * @return gives the document to one subscriber; a part is made when it is asked for, in the
   *     thread that asks, and may be a read-only view of an answer of a cluster
   */
  public static Publisher<ByteBuffer> publisher(ObjectsResult result) {
    return new JsonPublisher(steps(result));
  }

  private static Rendering steps(ObjectsResult result) {
    return new Rendering((json, then) -> write(result, json, then));
  }

  /** Begins the document, and adds the steps that write the rest of it. */
  static void write(ObjectsResult result, JsonOutput json, Rendering then) throws IOException {
    json.beginObject();
    json.name("items");
    json.beginArray();
    then.add(
        (out, after) -> {
          out.endArray();
          out.endObject();
        });
    then.each(
        result.clusters().stream().filter(BackstageJson::isShown).toList(),
        (cluster, out, after) -> write(cluster, out, after));
  }

  /** As in Backstage, a cluster without objects and without errors is left out. */
  private static boolean isShown(ClusterObjects cluster) {
    return cluster.cells().stream()
        .anyMatch(cell -> isError(cell) || (!isMetrics(cell) && cell.count() > 0));
  }

  private static void write(ClusterObjects found, JsonOutput json, Rendering then)
      throws IOException {
    json.beginObject();
    json.name("cluster");
    write(found.cluster(), json);
    json.name("resources");
    json.beginArray();
    then.add((out, after) -> writeErrors(found, out));
    then.add((out, after) -> writeUsages(found, out, after));
    then.each(byType(found.cells()), (cell, out, after) -> write(cell, out, after));
  }

  private static void write(Cell cell, JsonOutput json, Rendering then) throws IOException {
    json.beginObject();
    json.name("type");
    json.string(cell.type().objectType());
    json.name("resources");
    json.beginArray();
    then.add(
        (out, after) -> {
          out.endArray();
          out.endObject();
        });
    then.each(cell.objects(), (object, out, after) -> out.object(object));
  }

  private static void writeUsages(ClusterObjects found, JsonOutput json, Rendering then)
      throws IOException {
    json.endArray();
    json.name("podMetrics");
    json.beginArray();
    then.each(PodUsages.of(found), (usage, out, after) -> PodUsageJson.write(out, usage));
  }

  private static void writeErrors(ClusterObjects found, JsonOutput json) throws IOException {
    json.endArray();
    json.name("errors");
    json.beginArray();
    for (Cell cell : found.cells()) {
      if (isError(cell) && !isFetchError(cell)) {
        writeStatusError(cell, json);
      }
    }
    for (String message : FetchErrors.of(found.cells(), BackstageJson::isFetchError)) {
      writeFetchError(message, json);
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
    if (cluster.dashboard().parameters() != null) {
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

  private static boolean isError(Cell cell) {
    return cell.status() != CellStatus.OK || cell.truncated();
  }

  /** Not one that the API server told with a status. */
  private static boolean isFetchError(Cell cell) {
    return isError(cell) && (cell.httpStatus() == 0 || isSuccess(cell.httpStatus()));
  }

  private static void writeStatusError(Cell cell, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("errorType");
    json.string(errorType(cell.httpStatus()));
    json.name("statusCode");
    json.number(cell.httpStatus());
    json.name("resourcePath");
    json.string(cell.resourcePath());
    json.endObject();
  }

  private static void writeFetchError(String message, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("errorType");
    json.string("FETCH_ERROR");
    json.name("message");
    json.string(message);
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
