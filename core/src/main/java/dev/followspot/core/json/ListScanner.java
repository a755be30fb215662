package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an ordinary list into its items. Whatever is not ordinary, such as a key that is there twice
 * or a mistake, is left to {@link ListReader}, which says what it is.
 */
final class ListScanner {

  private final JsonScanner json;
  private final byte[] body;
  private final int length;

  private @Nullable String kind;
  private @Nullable String apiVersion;
  private @Nullable String resourceVersion;
  private @Nullable String continueToken;
  private @Nullable List<KubernetesObject> objects;
  private boolean metadata;

  private ListScanner(byte[] body, int length) {
    this.json = new JsonScanner(body);
    this.body = body;
    this.length = length;
  }

  /** The list that begins at an index, or null if it takes a parser to read it. */
  static @Nullable ObjectList read(byte[] body, int start, int length) {
    try {
      return new ListScanner(body, length).list(start);
    } catch (ArrayIndexOutOfBoundsException e) {
      return null;
    }
  }

  private @Nullable ObjectList list(int start) {
    int at = object(WhiteSpace.skip(body, start), this::field);
    boolean whole = at >= 0 && at <= length && WhiteSpace.skip(body, at, length) == length;
    List<KubernetesObject> found = objects;
    return !whole || found == null || "Status".equals(kind)
        ? null
        : new ObjectList(kind, apiVersion, resourceVersion, continueToken, found);
  }

  /** Reads a value, and gives the index after it. */
  private interface Field {
    int read(String key, int value);
  }

  private int object(int start, Field field) {
    if (body[start] != '{') {
      return JsonScanner.UNCLEAR;
    }
    int at = WhiteSpace.skip(body, start + 1);
    if (body[at] == '}') {
      return at + 1;
    }
    while (true) {
      int value = json.key(at);
      String key = value < 0 ? null : CheckedJson.plainText(body, at);
      int end = key == null ? JsonScanner.UNCLEAR : field.read(key, value);
      if (end < 0) {
        return JsonScanner.UNCLEAR;
      }
      at = WhiteSpace.skip(body, end);
      if (body[at] == '}') {
        return at + 1;
      }
      if (body[at] != ',') {
        return JsonScanner.UNCLEAR;
      }
      at = WhiteSpace.skip(body, at + 1);
    }
  }

  private int field(String key, int value) {
    boolean once;
    @Nullable String text;
    switch (key) {
      case "kind" -> {
        once = kind == null;
        kind = text(value);
        text = kind;
      }
      case "apiVersion" -> {
        once = apiVersion == null;
        apiVersion = text(value);
        text = apiVersion;
      }
      case "metadata" -> {
        boolean first = !metadata;
        metadata = true;
        return first ? object(value, this::metadata) : JsonScanner.UNCLEAR;
      }
      case "items" -> {
        return objects == null ? items(value) : JsonScanner.UNCLEAR;
      }
      default -> {
        return json.value(value);
      }
    }
    return once && text != null ? json.value(value) : JsonScanner.UNCLEAR;
  }

  private int metadata(String key, int value) {
    boolean once;
    @Nullable String text;
    switch (key) {
      case "resourceVersion" -> {
        once = resourceVersion == null;
        resourceVersion = text(value);
        text = resourceVersion;
      }
      case "continue" -> {
        once = continueToken == null;
        continueToken = text(value);
        text = continueToken;
      }
      default -> {
        return json.value(value);
      }
    }
    return once && text != null ? json.value(value) : JsonScanner.UNCLEAR;
  }

  /** A text without escapes, or null. */
  private @Nullable String text(int value) {
    return body[value] == '"' ? CheckedJson.plainText(body, value) : null;
  }

  private int items(int start) {
    if (body[start] != '[') {
      return JsonScanner.UNCLEAR;
    }
    List<KubernetesObject> items = new ArrayList<>();
    objects = items;
    int at = WhiteSpace.skip(body, start + 1);
    if (body[at] == ']') {
      return at + 1;
    }
    while (true) {
      int end = body[at] == '{' ? json.value(at) : JsonScanner.UNCLEAR;
      if (end < 0 || end > length) {
        return JsonScanner.UNCLEAR;
      }
      items.add(new RawObject(body, at, end - at));
      at = WhiteSpace.skip(body, end);
      if (body[at] == ']') {
        return at + 1;
      }
      if (body[at] != ',') {
        return JsonScanner.UNCLEAR;
      }
      at = WhiteSpace.skip(body, at + 1);
    }
  }
}
