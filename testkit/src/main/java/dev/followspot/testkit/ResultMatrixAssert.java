package dev.followspot.testkit;

import dev.followspot.spi.Cell;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.ResultMatrix;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a result, whose failures print all of it. */
public final class ResultMatrixAssert extends AbstractAssert<ResultMatrixAssert, ResultMatrix> {

  ResultMatrixAssert(@Nullable ResultMatrix actual) {
    super(actual, ResultMatrixAssert.class);
  }

  /**
   * Nothing is missing.
   *
   * @return this
   */
  public ResultMatrixAssert isComplete() {
    isNotNull();
    if (!actual.complete()) {
      throw failure("%s", "expected a complete result, but something is missing in" + shown());
    }
    return this;
  }

  /**
   * Something is missing.
   *
   * @return this
   */
  public ResultMatrixAssert isNotComplete() {
    isNotNull();
    if (actual.complete()) {
      throw failure("%s", "expected that something is missing, but nothing is in" + shown());
    }
    return this;
  }

  /**
   * There is a problem whose message contains a text.
   *
   * @param text a part of the message
   * @return this
   */
  public ResultMatrixAssert hasProblem(String text) {
    isNotNull();
    if (actual.problems().stream().noneMatch(problem -> problem.message().contains(text))) {
      throw failure("%s", "expected a problem with '" + text + "' in" + shown());
    }
    return this;
  }

  /**
   * There are no problems beyond single cells.
   *
   * @return this
   */
  public ResultMatrixAssert hasNoProblems() {
    isNotNull();
    if (!actual.problems().isEmpty()) {
      throw failure("%s", "expected no problems in" + shown());
    }
    return this;
  }

  /**
   * The cell of a namespace and type, of which there has to be exactly one.
   *
   * @param namespace the namespace; null for cluster-wide
   * @param type its object type, plural or qualified plural: {@code pods}, {@code podmetrics},
   *     {@code deployments}, {@code deployments.apps}
   * @return assertions on the cell
   */
  public CellAssert cell(@Nullable String namespace, String type) {
    return cell(cell -> true, "", namespace, type);
  }

  /**
   * The cell of a cluster, namespace and type, of which there has to be exactly one.
   *
   * @param cluster the cluster's name
   * @param namespace the namespace; null for cluster-wide
   * @param type as in {@link #cell(String, String)}
   * @return assertions on the cell
   */
  public CellAssert cell(String cluster, @Nullable String namespace, String type) {
    return cell(cell -> cell.cluster().equals(cluster), " of " + cluster, namespace, type);
  }

  private CellAssert cell(
      Predicate<Cell> wanted, String where, @Nullable String namespace, String type) {
    isNotNull();
    List<Cell> here =
        actual.cells().stream()
            .filter(wanted)
            .filter(cell -> Objects.equals(cell.namespace(), namespace))
            .toList();
    // Metrics have the plural of the pods, but never their object type.
    List<Cell> found = here.stream().filter(c -> c.type().objectType().equals(type)).toList();
    if (found.isEmpty()) {
      found = here.stream().filter(cell -> isCalled(cell.type(), type)).toList();
    }
    if (found.size() != 1) {
      String what = type + " in " + (namespace == null ? "all namespaces" : namespace) + where;
      throw failure(
          "%s",
          (found.isEmpty() ? "there is no cell for " : "there are several cells for ")
              + what
              + " in"
              + shown());
    }
    return new CellAssert(found.get(0), "the result" + shown());
  }

  private static boolean isCalled(ResourceType type, String name) {
    return name.equals(type.plural()) || name.equals(type.plural() + "." + type.group());
  }

  private String shown() {
    return ":\n"
        + actual.cells().stream().map(cell -> "  " + cell + "\n").collect(Collectors.joining())
        + actual.problems().stream().map(p -> "  " + p + "\n").collect(Collectors.joining());
  }
}
