package dev.followspot.core.catalog;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an entity of kind {@code Location} points to.
 *
 * @param files paths and globs, relative to the file of the entity
 * @param optional whether it is fine if there is no such file
 */
record LocationTargets(List<String> files, boolean optional) {

  private static final LocationTargets NONE = new LocationTargets(List.of(), true);
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)[a-z][a-z0-9+.-]+:.*", Pattern.DOTALL);

  /** The targets of an entity; problems are told as sentences about it. */
  static LocationTargets of(Entity entity, Consumer<String> problems) {
    if (!entity.ref().kind().equals("location")) {
      return NONE;
    }
    Map<String, Object> spec = entity.spec();
    List<@Nullable Object> values = new ArrayList<>();
    if (spec.get("target") != null) {
      values.add(spec.get("target"));
    }
    Object targets = spec.get("targets");
    if (targets instanceof List<?> list) {
      values.addAll(list);
    } else if (targets != null) {
      problems.accept("spec.targets is " + Shown.kind(targets) + "; wanted a list of paths");
    }
    Object type = spec.get("type");
    boolean remote = type != null && !"file".equals(type);
    List<String> files = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof String text) || text.isBlank()) {
        problems.accept("a target is " + Shown.kind(value) + " without a path; wanted a path");
      } else if (remote || ADDRESS.matcher(text).matches()) {
        problems.accept(
            "its target "
                + Shortened.quoted(text)
                + " is not read: only files are, with a path relative to that of the Location");
      } else {
        files.add(text);
      }
    }
    return new LocationTargets(
        List.copyOf(files),
        "optional".equals(String.valueOf(spec.get("presence")).toLowerCase(Locale.ROOT)));
  }
}
