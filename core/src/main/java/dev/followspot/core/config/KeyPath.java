package dev.followspot.core.config;

import java.util.ArrayDeque;
import java.util.Deque;

/** The way from the root of a document to a value, written out only for a message. */
final class KeyPath {

  private static final int MAX_SHOWN = 100;

  private final Deque<String> parts = new ArrayDeque<>();

  void enter(String key) {
    parts.addLast(key);
  }

  void enter(int index) {
    parts.addLast("[" + index + "]");
  }

  void leave() {
    parts.removeLast();
  }

  int depth() {
    return parts.size();
  }

  /** A key as it is shown: keys may be as long as the file. */
  static String shown(String key) {
    return key.length() <= MAX_SHOWN ? key : key.substring(0, MAX_SHOWN) + "…";
  }

  static String join(String path, String key) {
    return path.isEmpty() || key.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
  }

  /** Such as {@code kubernetes.clusterLocatorMethods[0].type}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(text.length() == 0 || part.startsWith("[") ? "" : ".").append(shown(part));
    }
    return text.toString();
  }
}
