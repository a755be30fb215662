package dev.followspot.examples.quickstart;

import dev.followspot.core.LookupResult;
import dev.followspot.core.objects.PodUsage;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a result to people: what was found, what is empty, and what is missing and why. */
final class Table {

  private static final int MAX_NAMES = 5;

  private final PrintStream out;
  private final boolean colours;

  Table(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(LookupResult result) {
    out.println(bold(result.entity().toString()));
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("CLUSTER", "NAMESPACE", "STATUS", "WHAT"));
    byPlace(result).forEach((place, cells) -> rows.addAll(rows(cells)));
    if (rows.size() == 1) {
      out.println("  no cluster was asked");
    } else {
      print(rows);
    }
    for (PodUsage usage : result.podUsage()) {
      out.println(
          "  usage  "
              + usage.pod().name()
              + "  cpu "
              + usage.cpu().currentUsage().toPlainString()
              + "  memory "
              + usage.memory().currentUsage().toBigInteger().shiftRight(20)
              + " MiB");
    }
    for (Problem problem : result.problems()) {
      out.println("  " + red(problem.toString()));
    }
    out.println(result.complete() ? green("  complete") : red("  something is missing"));
  }

  private static Map<String, List<Cell>> byPlace(LookupResult result) {
    return result.cells().stream()
        .collect(
            Collectors.groupingBy(
                cell -> cell.cluster() + "\n" + cell.namespace(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** A row for each type with objects, one for all that are empty, one for each way to fail. */
  private static List<Row> rows(List<Cell> cells) {
    List<Row> rows = new ArrayList<>();
    Map<CellStatus, List<Cell>> failed = new LinkedHashMap<>();
    List<String> empty = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell.count() > 0) {
        String cut = cell.truncated() ? " and more" : "";
        rows.add(
            row(
                cell,
                cell.status().name(),
                cell.count() + " " + cell.type().displayName() + ": " + names(cell) + cut));
      } else if (cell.status() == CellStatus.OK) {
        empty.add(cell.type().displayName());
      }
      if (cell.status() != CellStatus.OK) {
        failed.computeIfAbsent(cell.status(), status -> new ArrayList<>()).add(cell);
      }
    }
    if (!empty.isEmpty()) {
      rows.add(row(cells.get(0), "OK", "none of " + String.join(", ", empty)));
    }
    failed.forEach(
        (status, same) -> {
          rows.add(row(cells.get(0), status.name(), types(same)));
          rows.add(new Row("", "", "", "  " + same.get(0).message()));
        });
    return rows;
  }

  private static String types(List<Cell> cells) {
    return cells.stream().map(cell -> cell.type().displayName()).collect(Collectors.joining(", "));
  }

  private static String names(Cell cell) {
    String names =
        cell.objects().stream()
            .limit(MAX_NAMES)
            .map(object -> object.name().replaceAll("\\p{Cntrl}", " "))
            .collect(Collectors.joining(", "));
    return cell.count() > MAX_NAMES ? names + ", …" : names;
  }

  private static Row row(Cell cell, String status, String what) {
    String namespace = cell.namespace() == null ? "(cluster-wide)" : cell.namespace();
    return new Row(cell.cluster(), namespace, status, what);
  }

  private record Row(String cluster, String namespace, String status, String what) {}

  private void print(List<Row> rows) {
    int cluster = rows.stream().mapToInt(row -> row.cluster.length()).max().orElse(0);
    int namespace = rows.stream().mapToInt(row -> row.namespace.length()).max().orElse(0);
    int status = rows.stream().mapToInt(row -> row.status.length()).max().orElse(0);
    Row last = new Row("", "", "", "");
    for (Row row : rows) {
      boolean samePlace = row.cluster.equals(last.cluster) && row.namespace.equals(last.namespace);
      String line =
          "  "
              + padded(samePlace ? "" : row.cluster, cluster)
              + "  "
              + padded(samePlace ? "" : row.namespace, namespace)
              + "  "
              + coloured(row.status, padded(row.status, status))
              + "  "
              + row.what;
      out.println(line.stripTrailing());
      last = row.cluster.isEmpty() ? last : row;
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private String coloured(String status, String text) {
    return switch (status) {
      case "OK" -> green(text);
      case "STATUS", "" -> text;
      case "NOT_SERVED" -> text;
      default -> red(text);
    };
  }

  private String green(String text) {
    return style("32", text);
  }

  private String red(String text) {
    return style("31", text);
  }

  private String bold(String text) {
    return style("1", text);
  }

  private String style(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
