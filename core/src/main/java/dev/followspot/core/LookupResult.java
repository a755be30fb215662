package dev.followspot.core;

import dev.followspot.core.json.TypedObjects;
import dev.followspot.core.objects.BackstageJson;
import dev.followspot.core.objects.MatrixJson;
import dev.followspot.core.objects.PodUsage;
import dev.followspot.core.objects.PodUsages;
import dev.followspot.spi.Cell;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.ResultMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a look-up found: a matrix of cluster x namespace x resource type. Immutable and safe for use
 * by several threads.
 *
 * <p>The objects keep the answers of the clusters in memory for as long as the result is kept.
 */
public final class LookupResult implements ResultMatrix {

  private final ObjectsResult result;

  LookupResult(ObjectsResult result) {
    this.result = Objects.requireNonNull(result, "result");
  }

  ObjectsResult result() {
    return result;
  }

  /**
   * The entity that was looked up.
   *
   * @return its reference
   */
  public EntityRef entity() {
    return result.entity();
  }

  /**
   * What was found in each cluster.
   *
   * @return the clusters that were asked, in the order of the service locator
   */
  public List<ClusterObjects> clusters() {
    return result.clusters();
  }

  @Override
  public List<Cell> cells() {
    return result.cells();
  }

  @Override
  public List<Problem> problems() {
    return result.problems();
  }

  /**
   * The objects of one type, as the clusters sent them.
   *
   * @param type the type, such as {@link ResourceType#PODS}; its version does not matter
   * @return the objects of all clusters and namespaces, in the order of the cells
   */
  public List<KubernetesObject> objects(ResourceType type) {
    List<KubernetesObject> objects = new ArrayList<>();
    for (Cell cell : result.cells()) {
      if (cell.type().group().equals(type.group()) && cell.type().plural().equals(type.plural())) {
        objects.addAll(cell.objects());
      }
    }
    return objects;
  }

  /**
   * The objects of one type as typed models, decoded by each call. Fields that the model does not
   * have are left out, and so are objects that do not fit the model: see {@link #typed(Class)}.
   *
   * @param model a model of client-java, such as {@code V1Pod.class}
   * @param <T> the model
   * @return the objects of all clusters and namespaces, in the order of the cells
   */
  public <T> List<T> objects(Class<T> model) {
    return typed(model).objects();
  }

  /**
   * The objects of one type as typed models, and what could not be decoded.
   *
   * @param model a model of client-java, such as {@code V1Pod.class}
   * @param <T> the model
   * @return the objects, and a problem for each that does not fit the model
   */
  public <T> Typed<T> typed(Class<T> model) {
    List<T> objects = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Cell cell : result.cells()) {
      if (TypedObjects.matches(model, cell)) {
        for (KubernetesObject object : cell.objects()) {
          try {
            objects.add(TypedObjects.decode(object, cell.type(), model));
          } catch (IllegalArgumentException e) {
            problems.add(Problem.error(cell.cluster(), String.valueOf(e.getMessage())));
          }
        }
      }
    }
    return new Typed<>(objects, problems);
  }

  /**
   * The usage of CPU and memory of the pods that were found.
   *
   * @return one element for each pod whose metrics were asked for and answered
   */
  public List<PodUsage> podUsage() {
    return result.clusters().stream().flatMap(c -> PodUsages.of(c).stream()).toList();
  }

  /**
   * Writes the answer of Backstage's Kubernetes backend: one JSON object with {@code items}.
   *
   * @param out where to write it in UTF-8; it is flushed and stays open
   * @throws IOException if writing fails
   */
  public void writeBackstageJson(OutputStream out) throws IOException {
    BackstageJson.write(result, out);
  }

  /**
   * Writes the matrix as one JSON object with {@code entity}, {@code complete}, {@code cells} and
   * {@code problems}, without the objects.
   *
   * @param out where to write it in UTF-8; it is flushed and stays open
   * @throws IOException if writing fails
   */
  public void writeMatrixJson(OutputStream out) throws IOException {
    MatrixJson.write(result, out);
  }

  /**
   * The answer of Backstage's Kubernetes backend as a text; {@link #writeBackstageJson} needs less
   * memory.
   *
   * @return one JSON object
   */
  public String toBackstageJson() {
    return text(this::writeBackstageJson);
  }

  /**
   * The matrix as a text.
   *
   * @return one JSON object
   */
  public String toMatrixJson() {
    return text(this::writeMatrixJson);
  }

  @FunctionalInterface
  private interface Rendering {
    void write(OutputStream out) throws IOException;
  }

  private static String text(Rendering rendering) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      rendering.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The cells and problems, one on each line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(entity().toString());
    text.append(complete() ? ": complete" : ": something is missing");
    cells().forEach(cell -> text.append("\n  ").append(cell));
    problems().forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }

  /**
   * Typed models, and what could not be decoded.
   *
   * @param objects the models
   * @param problems one for each object that does not fit the model
   * @param <T> the model
   */
  public record Typed<T>(List<T> objects, List<Problem> problems) {

    /** Copies the lists. */
    public Typed {
      objects = List.copyOf(objects);
      problems = List.copyOf(problems);
    }
  }
}
