package dev.followspot.core.catalog;

import org.jspecify.annotations.Nullable;

/** A catalog cannot be asked. Its message says why and what to do, and shows no secret. */
public final class CatalogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /**
   * A catalog cannot be asked.
   *
   * @param message why, and what to do about it; without any secret
   * @param refused whether the catalog is there and does not let this application in
   * @param cause what failed, or null
   */
  public CatalogException(String message, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.refused = refused;
  }

  /**
   * Whether the catalog is there and does not let this application in, so that nothing that it said
   * before counts.
   *
   * @return false if it is only out of reach or broken
   */
  public boolean refused() {
    return refused;
  }
}
