package dev.followspot.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a {@link KubernetesFetcher} found: one cell for each namespace and type.
 *
 * @param cells the cells
 */
public record FetchResult(List<Cell> cells) {

  /** Copies the list. */
  public FetchResult {
    cells = List.copyOf(cells);
  }

  /**
   * A result of some cells.
   *
   * @param cells the cells
   * @return the result
   */
  public static FetchResult of(Cell... cells) {
    return new FetchResult(List.of(cells));
  }

  /**
   * Several results as one, cell after cell.
   *
   * @param results the results
   * @return one result
   */
  public static FetchResult merge(Collection<FetchResult> results) {
    List<Cell> all = new ArrayList<>();
    results.forEach(result -> all.addAll(result.cells));
    return new FetchResult(all);
  }

  /**
   * A copy with each object replaced.
   *
   * @param change makes the new object from the old one; never returns null
   * @return the copy
   */
  public FetchResult mapObjects(UnaryOperator<KubernetesObject> change) {
    return mapCells(
        cell ->
            cell.objects().isEmpty()
                ? cell
                : cell.withObjects(cell.objects().stream().map(change).toList()));
  }

  /**
   * A copy with only the objects that a condition holds for.
   *
   * @param keep the condition
   * @return the copy
   */
  public FetchResult filterObjects(Predicate<KubernetesObject> keep) {
    return mapCells(
        cell ->
            cell.objects().isEmpty()
                ? cell
                : cell.withObjects(cell.objects().stream().filter(keep).toList()));
  }

  /**
   * A copy with each cell replaced.
   *
   * @param change makes the new cell from the old one; never returns null
   * @return the copy
   */
  public FetchResult mapCells(UnaryOperator<Cell> change) {
    return new FetchResult(cells.stream().map(change).toList());
  }

  /**
   * A copy with the objects of one more cell: added to the cell of the same cluster, namespace and
   * type if that is {@link CellStatus#OK}, else as a cell of its own.
   *
   * @param extra the objects and where they belong
   * @return the copy
   */
  public FetchResult plus(Cell extra) {
    List<Cell> all = new ArrayList<>(cells);
    for (int i = 0; i < all.size(); i++) {
      Cell cell = all.get(i);
      if (cell.status() == CellStatus.OK
          && extra.status() == CellStatus.OK
          && cell.cluster().equals(extra.cluster())
          && Objects.equals(cell.namespace(), extra.namespace())
          && cell.type().equals(extra.type())) {
        List<KubernetesObject> objects = new ArrayList<>(cell.objects());
        objects.addAll(extra.objects());
        all.set(i, cell.withObjects(objects));
        return new FetchResult(all);
      }
    }
    all.add(extra);
    return new FetchResult(all);
  }
}
