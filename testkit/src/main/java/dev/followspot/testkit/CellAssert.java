package dev.followspot.testkit;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.KubernetesObject;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on one cell of a result, whose failures print all of the result. */
public final class CellAssert extends AbstractAssert<CellAssert, Cell> {

  private final String whole;

  CellAssert(@Nullable Cell actual, String whole) {
    super(actual, CellAssert.class);
    this.whole = whole;
  }

  /**
   * Its objects are there, possibly none.
   *
   * @return this
   */
  public CellAssert isOk() {
    return hasStatus(CellStatus.OK);
  }

  /**
   * The credential may not list them.
   *
   * @return this
   */
  public CellAssert isForbidden() {
    return hasStatus(CellStatus.FORBIDDEN);
  }

  /**
   * It has a status.
   *
   * @param status the status
   * @return this
   */
  public CellAssert hasStatus(CellStatus status) {
    isNotNull();
    return check(actual.status() == status, status);
  }

  /**
   * It has some number of objects.
   *
   * @param count the number
   * @return this
   */
  public CellAssert hasCount(int count) {
    isNotNull();
    return check(actual.count() == count, count + " objects");
  }

  /**
   * It has exactly the objects of these names, in any order.
   *
   * @param names the names
   * @return this
   */
  public CellAssert hasObjectsNamed(String... names) {
    isNotNull();
    List<String> found = actual.objects().stream().map(KubernetesObject::name).sorted().toList();
    List<String> wanted = List.of(names).stream().sorted().toList();
    return check(found.equals(wanted), "objects named " + wanted + " instead of " + found);
  }

  /**
   * Its message contains a text.
   *
   * @param text a part of the message
   * @return this
   */
  public CellAssert hasMessageContaining(String text) {
    isNotNull();
    String message = actual.message();
    return check(message != null && message.contains(text), "a message with '" + text + "'");
  }

  /**
   * It has an HTTP status.
   *
   * @param status the HTTP status; 0 if no answer came
   * @return this
   */
  public CellAssert hasHttpStatus(int status) {
    isNotNull();
    return check(actual.httpStatus() == status, "HTTP status " + status);
  }

  /**
   * It was not taken as a whole: there are more objects.
   *
   * @return this
   */
  public CellAssert isTruncated() {
    isNotNull();
    return check(actual.truncated(), "a truncated list");
  }

  private CellAssert check(boolean holds, Object expected) {
    if (!holds) {
      throw failure(
          "%s", "expected " + expected + ", but the cell is\n  " + actual + "\nof " + whole);
    }
    return this;
  }
}
