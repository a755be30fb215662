package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Unset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts one file on top of another. */
final class Merge {

  private Merge() {}

  /** Keys of both merge, others stay; the order is that of the earlier object, then the later. */
  static Fields objects(Fields earlier, Fields later) {
    if (earlier.map().isEmpty()) {
      return later;
    }
    Map<String, Field> merged = new LinkedHashMap<>(earlier.map());
    later.map().forEach((key, field) -> merged.merge(key, field, Merge::fields));
    return Fields.of(later.place(), merged);
  }

  private static Field fields(Field earlier, Field later) {
    if (later.node() instanceof Unset) {
      return earlier.node() instanceof Unset ? later : earlier;
    }
    if (earlier.node() instanceof Fields below && later.node() instanceof Fields above) {
      return new Field(later.place(), objects(below, above));
    }
    return later;
  }
}
