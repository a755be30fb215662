package dev.followspot.core.fetch;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be a namespace: a DNS label, as Kubernetes has it. */
final class Namespaces {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final int SHOWN = 80;

  private Namespaces() {}

  /** What is wrong with a namespace and what to do about it; null if nothing is. */
  static @Nullable String problem(String namespace) {
    if (LABEL.matcher(namespace).matches()) {
      return null;
    }
    if (namespace.indexOf(',') >= 0) {
      return "'"
          + shown(namespace)
          + "' names several namespaces; to look in each of them add the artifact"
          + " dev.followspot:followspot-fetcher-multinamespace to the class path";
    }
    return "'"
        + shown(namespace)
        + "' is no namespace: at most 63 lower-case letters, digits and '-' are allowed,"
        + " with a letter or digit at both ends";
  }

  private static String shown(String text) {
    return Texts.printable(text, SHOWN);
  }
}
