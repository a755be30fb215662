package dev.followspot.testkit;

import dev.followspot.spi.Cell;
import dev.followspot.spi.ResultMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on results. Import {@code assertThat} from here beside AssertJ's own: the compiler
 * chooses.
 */
public final class FollowspotAssertions {

  private FollowspotAssertions() {}

  /**
   * Assertions on a result.
   *
   * @param actual the result of a look-up
   * @return its assertions
   */
  public static ResultMatrixAssert assertThat(@Nullable ResultMatrix actual) {
    return new ResultMatrixAssert(actual);
  }

  /**
   * Assertions on a cell.
   *
   * @param actual one cell of a result
   * @return its assertions
   */
  public static CellAssert assertThat(@Nullable Cell actual) {
    return new CellAssert(actual, String.valueOf(actual));
  }
}
