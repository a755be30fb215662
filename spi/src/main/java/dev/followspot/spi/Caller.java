package dev.followspot.spi;

import java.util.List;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param name the caller's entity reference, such as {@code user:default/jane}, or any other stable
 *     name; results and credentials of callers with different names are never mixed
 * @param groups the groups that the caller belongs to, possibly none
 */
public record Caller(String name, List<String> groups) {

  /** Nobody in particular: the application itself asks. */
  public static final Caller ANONYMOUS = new Caller("anonymous", List.of());

  /** Checks the components and copies the list. */
  public Caller {
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("the caller's name is blank; use Caller.ANONYMOUS");
    }
    groups = List.copyOf(groups);
  }

  /**
   * A caller that belongs to no group.
   *
   * @param name the caller's stable name
   * @return the caller
   */
  public static Caller of(String name) {
    return new Caller(name, List.of());
  }
}
