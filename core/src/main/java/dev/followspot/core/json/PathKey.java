package dev.followspot.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One step of a path: a key of an object, or the index of an array. */
final class PathKey {

  private final String text;
  private final byte[] utf8;

  PathKey(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  static List<PathKey> of(List<String> texts) {
    PathKey[] keys = new PathKey[texts.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new PathKey(texts.get(i));
    }
    return List.of(keys);
  }

  static List<String> texts(List<PathKey> path) {
    return path.stream().map(PathKey::text).toList();
  }

  String text() {
    return text;
  }

  /** Whether the text in JSON that begins and ends at some indexes, and has no escapes, is it. */
  boolean isAt(byte[] json, int start, int end) {
    return Arrays.equals(json, start + 1, end - 1, utf8, 0, utf8.length);
  }
}
