package dev.followspot.spi;

import java.util.Objects;

/**
 * A relation from one catalog entity to another.
 *
 * @param type such as {@code dependsOn}
 * @param target the other entity
 */
public record EntityRelation(String type, EntityRef target) {

  /** The relation by which an entity names the clusters that it runs on. */
  public static final String DEPENDS_ON = "dependsOn";

  /** Checks the components. */
  public EntityRelation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(target, "target");
  }
}
