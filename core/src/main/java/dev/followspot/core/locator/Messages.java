package dev.followspot.core.locator;

import java.util.List;

/** How much messages show. */
final class Messages {

  private static final int MAX_PROBLEMS = 20;

  private Messages() {}

  /** The first ones, as many as somebody would read. */
  static <T> List<T> limited(List<T> all) {
    return all.subList(0, Math.min(all.size(), MAX_PROBLEMS));
  }
}
