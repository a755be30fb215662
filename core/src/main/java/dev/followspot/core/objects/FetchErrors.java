package dev.followspot.core.objects;

import dev.followspot.spi.Cell;
import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the lists failed with that the API server did not answer. A dead cluster is one error and
 * not one for each list; an error of some lists names them.
 */
final class FetchErrors {

  /** So many lists are named, the others are counted. */
  private static final int NAMED = 3;

  private FetchErrors() {}

  /**
   * The messages to tell.
   *
   * @param cells the cells of a cluster
   * @param failed which of them failed so
   * @return one message for those that failed alike
   */
  static List<String> of(List<Cell> cells, Predicate<Cell> failed) {
    Map<String, List<Cell>> alike =
        cells.stream()
            .filter(failed)
            .collect(
                Collectors.groupingBy(
                    FetchErrors::message, LinkedHashMap::new, Collectors.toList()));
    long lists = lists(cells);
    List<String> told = new ArrayList<>();
    alike.forEach(
        (message, those) -> told.add(lists(those) == lists ? message : message + named(those)));
    return told;
  }

  /** Metrics are asked for only if there are pods. */
  private static long lists(List<Cell> cells) {
    return cells.stream().filter(cell -> !cell.type().equals(ResourceType.POD_METRICS)).count();
  }

  private static String message(Cell cell) {
    return cell.message() == null ? cell.toString() : cell.message();
  }

  private static String named(List<Cell> cells) {
    List<String> paths = cells.stream().map(Cell::resourcePath).filter(Objects::nonNull).toList();
    if (paths.isEmpty()) {
      return "";
    }
    String named = paths.stream().limit(NAMED).collect(Collectors.joining(", "));
    int others = paths.size() - NAMED;
    return " (" + named + (others > 0 ? " and " + others + " more" : "") + ")";
  }
}
