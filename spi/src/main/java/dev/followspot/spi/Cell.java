package dev.followspot.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the matrix cluster x namespace x resource type: the objects, or why there are none.
 *
 * @param cluster the cluster's name
 * @param namespace the namespace; null for a cluster-wide list; as it was written if it is invalid
 * @param type the resource type; {@link ResourceType#ANY} if the cell speaks of all
 * @param status what became of the request
 * @param httpStatus the HTTP status; 0 if no answer came
 * @param reason the {@code reason} of the API server's {@code Status}, or null
 * @param message what happened and, where there is one, the cure; null if all is well
 * @param resourcePath the path that was asked for, without the query; null if none was
 * @param truncated whether there are more objects than were taken
 * @param duration how long the request took; zero if there was none
 * @param objects the objects; empty unless the status is {@link CellStatus#OK} or the list is
 *     {@code truncated}
 */
public record Cell(
    String cluster,
    @Nullable String namespace,
    ResourceType type,
    CellStatus status,
    int httpStatus,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String resourcePath,
    boolean truncated,
    Duration duration,
    List<KubernetesObject> objects) {

  /** Checks the components and copies the list. */
  public Cell {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(duration, "duration");
    objects = List.copyOf(objects);
  }

  /**
   * A cell with objects.
   *
   * @param cluster the cluster's name
   * @param namespace the namespace, null for a cluster-wide list
   * @param type the resource type
   * @param objects the objects, possibly none
   * @return the cell
   */
  public static Cell ok(
      String cluster,
      @Nullable String namespace,
      ResourceType type,
      List<? extends KubernetesObject> objects) {
    return new Cell(
        cluster,
        namespace,
        type,
        CellStatus.OK,
        200,
        null,
        null,
        null,
        false,
        Duration.ZERO,
        List.copyOf(objects));
  }

  /**
   * A cell without objects for which no request was made, or none was answered.
   *
   * @param cluster the cluster's name
   * @param namespace the namespace, null for a cluster-wide list
   * @param type the resource type, {@link ResourceType#ANY} for all
   * @param status why there are no objects
   * @param message what happened, and the cure
   * @return the cell
   * @throws IllegalArgumentException if the status is {@link CellStatus#OK}
   */
  public static Cell failed(
      String cluster,
      @Nullable String namespace,
      ResourceType type,
      CellStatus status,
      String message) {
    if (status == CellStatus.OK) {
      throw new IllegalArgumentException("a failed cell cannot be OK");
    }
    return new Cell(
        cluster, namespace, type, status, 0, null, message, null, false, Duration.ZERO, List.of());
  }

  /**
   * How many objects there are.
   *
   * @return the size of {@link #objects()}
   */
  public int count() {
    return objects.size();
  }

  /**
   * Whether objects may be missing: anything but {@link CellStatus#OK}, a truncated list, and not
   * {@link CellStatus#NOT_SERVED}, which says that the cluster has no such objects.
   *
   * @return true if objects may be missing
   */
  public boolean failed() {
    return truncated || (status != CellStatus.OK && status != CellStatus.NOT_SERVED);
  }

  /**
   * A copy with other objects.
   *
   * @param other the objects
   * @return the copy
   */
  public Cell withObjects(List<? extends KubernetesObject> other) {
    return new Cell(
        cluster,
        namespace,
        type,
        status,
        httpStatus,
        reason,
        message,
        resourcePath,
        truncated,
        duration,
        List.copyOf(other));
  }

  /** The cell on one line: where, what became of it, and why. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(cluster).append(' ');
    line.append(namespace == null ? "(cluster-wide)" : namespace).append(' ');
    line.append(type.displayName()).append(": ").append(status);
    if (status == CellStatus.OK) {
      line.append(' ').append(count());
    } else if (httpStatus != 0) {
      line.append(' ').append(httpStatus);
    }
    if (truncated) {
      line.append(" truncated");
    }
    return message == null
        ? line.toString()
        : line.append(" (").append(message).append(')').toString();
  }
}
