package dev.followspot.core.config;

import dev.followspot.core.config.Node.Scalar;
import dev.followspot.core.config.Node.Unset;
import dev.followspot.spi.ConfigurationException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Backstage's {@code ${NAME}}, <code>${NAME:-default}</code> and <code>$$&#123;</code>: an unset
 * variable makes the whole text absent, and what a variable holds is not substituted again.
 */
final class Substitution {

  private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^{}]*)}");

  private final Map<String, String> environment;

  Substitution(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a variable holds without the white space around it; null if it is not set. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null ? null : value.trim();
  }

  /** The text with its variables: a {@link Scalar}, or an {@link Unset} with the reason. */
  Node apply(Scalar scalar) {
    if (!(scalar.value() instanceof String text) || !text.contains("${")) {
      return scalar;
    }
    StringBuilder result = new StringBuilder();
    Set<String> used = new LinkedHashSet<>();
    Set<String> unset = new LinkedHashSet<>();
    Matcher reference = REFERENCE.matcher(text);
    int end = 0;
    while (reference.find()) {
      result.append(text, end, reference.start());
      end = reference.end();
      if (reference.group().startsWith("$$")) {
        result.append(text, reference.start() + 1, end);
        continue;
      }
      String inside = reference.group(1);
      int separator = inside.indexOf(":-");
      String name = (separator < 0 ? inside : inside.substring(0, separator)).trim();
      String value = variable(name);
      if (separator >= 0 && (value == null || value.isEmpty())) {
        String fallback = inside.substring(separator + 2).trim();
        value = fallback.isEmpty() ? null : fallback;
      }
      used.add(name);
      if (value == null) {
        unset.add(name);
      } else {
        result.append(value);
      }
      if (result.length() > TextFiles.MAX_LENGTH) {
        throw new ConfigurationException(
            scalar.place().toString(), "", "is too long once its variables are filled in");
      }
    }
    if (!unset.isEmpty()) {
      return new Unset(scalar.place(), notSet(unset));
    }
    result.append(text, end, text.length());
    String origin = used.isEmpty() ? scalar.origin() : "the value of " + references(used);
    return Scalar.text(scalar.place(), result.toString(), origin);
  }

  /** Why a value is absent. */
  static String notSet(Collection<String> names) {
    if (names.contains("")) {
      return "${} names no variable";
    }
    return String.join(" and ", names) + (names.size() == 1 ? " is not set" : " are not set");
  }

  private static String references(Set<String> names) {
    return names.stream().map(name -> "${" + name + "}").collect(Collectors.joining(" and "));
  }
}
