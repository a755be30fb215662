package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import dev.followspot.core.json.JsonSteps;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** What of a document is still to be written: the steps that the last one added come first. */
final class Rendering implements JsonSteps {

  /** A bit of the document; it may say what follows it. */
  @FunctionalInterface
  interface Step {
    void write(JsonOutput json, Rendering then) throws IOException;
  }

  /** The same for each of several values. */
  @FunctionalInterface
  interface StepOf<T> {
    void write(T value, JsonOutput json, Rendering then) throws IOException;
  }

  private record Values<T>(Iterator<T> left, StepOf<T> step) {
    void writeNext(JsonOutput json, Rendering then) throws IOException {
      step.write(left.next(), json, then);
    }
  }

  private final Deque<Values<?>> open = new ArrayDeque<>();

  Rendering(Step first) {
    add(first);
  }

  /** To be called from the last to the first that follows. */
  void add(Step step) {
    each(List.of(step), Step::write);
  }

  <T> void each(List<T> values, StepOf<T> step) {
    open.push(new Values<>(values.iterator(), step));
  }

  @Override
  public boolean next(JsonOutput json) throws IOException {
    while (!open.isEmpty()) {
      Values<?> values = open.peek();
      if (values.left.hasNext()) {
        values.writeNext(json, this);
        return true;
      }
      open.pop();
    }
    return false;
  }

  /** Writes all of it, flushes, and leaves the stream open. */
  void writeAll(OutputStream out) throws IOException {
    JsonOutput json = new JsonOutput(out);
    boolean more;
    do {
      more = next(json);
    } while (more);
    json.finish();
  }
}
