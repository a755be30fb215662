package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import org.jspecify.annotations.Nullable;

/** Why a try failed; becomes an {@link ApiFailure} once the duration is known. */
final class Trouble extends Exception {

  private static final long serialVersionUID = 1L;

  private final CellStatus status;

  Trouble(CellStatus status, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.status = status;
  }

  CellStatus status() {
    return status;
  }

  /** Never null, unlike what {@link Throwable} says. */
  String text() {
    return String.valueOf(getMessage());
  }
}
