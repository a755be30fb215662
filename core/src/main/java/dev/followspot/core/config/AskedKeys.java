package dev.followspot.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** What was asked of a section, and the sections below it. Safe for use by several threads. */
final class AskedKeys {

  private static final int MAX_LISTED = 40;

  private final NavigableSet<String> keys = new ConcurrentSkipListSet<>();
  private final Set<String> whole = ConcurrentHashMap.newKeySet();
  private final Map<String, ConfigSection> sections = new ConcurrentHashMap<>();

  void add(String key) {
    keys.add(key);
  }

  /** Everything below the key was asked for. */
  void wholly(String key) {
    whole.add(key);
  }

  boolean contains(String key) {
    return keys.contains(key);
  }

  boolean isWholly(String key) {
    return whole.contains(key);
  }

  /**
   * The one section with a name.
   *
   * @param name the key, for an item of a list with its index: {@code clusters[0]}
   * @param maker makes the section when it is asked for first
   */
  ConfigSection section(String name, Supplier<ConfigSection> maker) {
    return sections.computeIfAbsent(name, ignored -> maker.get());
  }

  /** The sections that were handed out for a key, items of a list in its order. */
  List<ConfigSection> sectionsAt(String key) {
    List<ConfigSection> found = new ArrayList<>();
    Optional.ofNullable(sections.get(key)).ifPresent(found::add);
    if (found.isEmpty()) {
      sections.forEach(
          (name, section) -> {
            if (name.startsWith(key + "[")) {
              found.add(section);
            }
          });
      found.sort((a, b) -> compareIndex(a.path(), b.path()));
    }
    return found;
  }

  private static int compareIndex(String a, String b) {
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  /** What to say of a key that nobody asked for. */
  String unknown(String key) {
    if (key.equals("<<")) {
      return "is an ordinary key, since YAML 1.2 has no merge keys; write the keys out";
    }
    if (keys.isEmpty()) {
      return "is not known; no key is known here";
    }
    String nearest = NearestKey.of(key, keys).map(k -> "; did you mean '" + k + "'?").orElse(";");
    String more = keys.size() > MAX_LISTED ? ", …" : "";
    return "is not known"
        + nearest
        + " known keys: "
        + String.join(", ", keys.stream().limit(MAX_LISTED).toList())
        + more;
  }

  /** A hint at a key that is there, that nobody asked for, and that looks like the missing one. */
  String meant(String missing, Collection<String> present) {
    List<String> others = present.stream().filter(key -> !keys.contains(key)).toList();
    return NearestKey.of(missing, others)
        .map(key -> "; is '" + key + "' a misspelling of it?")
        .orElse("");
  }
}
