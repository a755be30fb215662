package dev.followspot.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a path of the API asks for.
 *
 * @param namespace null for a cluster-wide path
 * @param name null for a list
 * @param subresource such as {@code status}; null for the object itself
 */
record ApiPath(
    String group,
    String version,
    @Nullable String namespace,
    String plural,
    @Nullable String name,
    @Nullable String subresource) {

  /** Reads a path, percent-encoded as it was sent; null if it does not ask for resources. */
  static @Nullable ApiPath parse(String rawPath) {
    List<String> parts = new ArrayList<>();
    for (String part : rawPath.substring(1).split("/", -1)) {
      parts.add(decode(part.replace("+", "%2B")));
    }
    boolean core = parts.get(0).equals("api");
    if (parts.size() < (core ? 3 : 4)
        || !(core || parts.get(0).equals("apis"))
        || parts.stream().anyMatch(String::isEmpty)) {
      return null;
    }
    String group = core ? "" : parts.get(1);
    String version = parts.get(core ? 1 : 2);
    List<String> rest = parts.subList(core ? 2 : 3, parts.size());
    if (!rest.get(0).equals("namespaces")) {
      return of(group, version, null, rest);
    }
    return rest.size() > 2
        ? of(group, version, rest.get(1), rest.subList(2, rest.size()))
        // For the access rules, a namespace lies in itself.
        : of(group, version, rest.size() == 2 ? rest.get(1) : null, rest);
  }

  private static @Nullable ApiPath of(
      String group, String version, @Nullable String namespace, List<String> rest) {
    return rest.size() > 3
        ? null
        : new ApiPath(
            group,
            version,
            namespace,
            rest.get(0),
            rest.size() > 1 ? rest.get(1) : null,
            rest.size() > 2 ? rest.get(2) : null);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The parameters of a raw query, decoded. */
  static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = Arrays.copyOf(pair.split("=", 2), 2);
        query
            .computeIfAbsent(decode(parts[0]), key -> new ArrayList<>())
            .add(parts[1] == null ? "" : decode(parts[1]));
      }
    }
    return query;
  }

  String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
