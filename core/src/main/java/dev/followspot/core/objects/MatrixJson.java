package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import dev.followspot.spi.Cell;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes what became of each list, without the objects. */
public final class MatrixJson {

  private MatrixJson() {}

  /**
   * Writes a result.
   *
   * @param result the result
   * @param out where to write it in UTF-8; it is flushed and stays open
   * @throws IOException if writing fails
   */
  public static void write(ObjectsResult result, OutputStream out) throws IOException {
    new Rendering((json, then) -> write(result, json, then)).writeAll(out);
  }

  /** Begins the document, and adds the steps that write the rest of it. */
  static void write(ObjectsResult result, JsonOutput json, Rendering then) throws IOException {
    json.beginObject();
    json.name("entity");
    json.string(result.entity().toString());
    json.name("complete");
    json.bool(result.complete());
    json.name("cells");
    json.beginArray();
    then.add((out, after) -> writeProblems(result.problems(), out));
    then.each(result.cells(), (cell, out, after) -> write(cell, out));
  }

  private static void writeProblems(List<Problem> problems, JsonOutput json) throws IOException {
    json.endArray();
    json.name("problems");
    json.beginArray();
    for (Problem problem : problems) {
      write(problem, json);
    }
    json.endArray();
    json.endObject();
  }

  private static void write(Cell cell, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("cluster");
    json.string(cell.cluster());
    json.name("namespace");
    json.string(cell.namespace());
    json.name("group");
    json.string(cell.type().group());
    json.name("apiVersion");
    json.string(cell.type().apiVersion());
    json.name("plural");
    json.string(cell.type().plural());
    json.name("status");
    json.string(cell.status().name());
    json.name("httpStatus");
    json.number(cell.httpStatus());
    json.name("reason");
    json.string(cell.reason());
    json.name("message");
    json.string(cell.message());
    json.name("count");
    json.number(cell.count());
    json.name("truncated");
    json.bool(cell.truncated());
    json.name("durationMillis");
    json.number(cell.duration().toMillis());
    json.endObject();
  }

  private static void write(Problem problem, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("severity");
    json.string(problem.severity().name());
    json.name("source");
    json.string(problem.source());
    json.name("message");
    json.string(problem.message());
    json.endObject();
  }
}
