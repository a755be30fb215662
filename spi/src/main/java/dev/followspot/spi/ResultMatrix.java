package dev.followspot.spi;

import java.util.List;

/** A result with its cells: cluster x namespace x resource type. */
public interface ResultMatrix {

  /**
   * The cells.
   *
   * @return the cells, cluster by cluster
   */
  List<Cell> cells();

  /**
   * What went wrong beyond single cells.
   *
   * @return the problems, possibly none
   */
  List<Problem> problems();

  /**
   * Whether nothing is missing.
   *
   * @return true if no cell {@link Cell#failed() failed} and no problem is an error
   */
  default boolean complete() {
    return cells().stream().noneMatch(Cell::failed)
        && problems().stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
  }
}
