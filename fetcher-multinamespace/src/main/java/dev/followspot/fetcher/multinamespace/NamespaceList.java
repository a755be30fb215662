package dev.followspot.fetcher.multinamespace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads lists of namespaces, and knows what Kubernetes allows as a name of one. */
final class NamespaceList {

  private static final int MAX_LENGTH = 63;
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

  private NamespaceList() {}

  /** The parts of a list that are not empty, without white space around them, each once. */
  static List<String> parts(String list) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : list.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return List.copyOf(parts);
  }

  /** What is wrong with a name; empty if it may be one. */
  static Optional<String> problem(String name) {
    if (name.length() > MAX_LENGTH) {
      return Optional.of(
          "'"
              + shown(name)
              + "' is no name of a namespace: it has "
              + name.length()
              + " characters, and at most "
              + MAX_LENGTH
              + " are allowed");
    }
    if (!ALLOWED.matcher(name).matches()) {
      return Optional.of(
          "'"
              + shown(name)
              + "' is no name of a namespace: lower-case letters, digits and '-' are"
              + " allowed, with a letter or digit at both ends; names are separated by commas");
    }
    return Optional.empty();
  }

  /** A part as a message and a cell may show it: on one line, and not too long. */
  static String shown(String part) {
    String start = part.length() <= MAX_LENGTH ? part : part.substring(0, MAX_LENGTH) + "…";
    return UNPRINTABLE.matcher(start).replaceAll("\uFFFD");
  }
}
