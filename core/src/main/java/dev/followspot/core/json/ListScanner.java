package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an ordinary list into its items while it comes, and checks that all of it is JSON. Whatever
 * is not ordinary, such as a key that is there twice or a mistake, is left to {@link
 * ObjectLists#parse}, which says what it is. For use by one thread at a time.
 *
 * <p>An item that is not there to its end is begun again when more has come, so it pays to give
 * many bytes at a time.
 */
public final class ListScanner {

  /** What has to come next. */
  private enum Next {
    LIST,
    FIRST_MEMBER,
    MEMBER,
    AFTER_MEMBER,
    FIRST_ITEM,
    ITEM,
    AFTER_ITEM,
    NOTHING,
    /** Only a parser can tell what there was. */
    UNCLEAR
  }

  /** There are keys that only a parser can tell from {@code spec}. */
  private static final int UNKNOWN = -1;

  private static final PathKey ITEMS = new PathKey("items");
  private static final PathKey METADATA = new PathKey("metadata");
  private static final PathKey KIND = new PathKey("kind");
  private static final PathKey API_VERSION = new PathKey("apiVersion");
  private static final PathKey RESOURCE_VERSION = new PathKey("resourceVersion");
  private static final PathKey CONTINUE = new PathKey("continue");
  private static final PathKey SPEC = new PathKey("spec");

  private final int most;
  private final JsonScanner json = new JsonScanner();
  private final List<KubernetesObject> objects = new ArrayList<>();
  private Next next = Next.LIST;
  private byte[] bytes = {};
  private ListBytes source = new ListBytes(bytes);

  private @Nullable String kind;
  private @Nullable String apiVersion;
  private @Nullable String resourceVersion;
  private @Nullable String continueToken;
  private boolean metadata;

  /** Where the spec of the item begins, from its own beginning on. */
  private int spec;

  private boolean items;

  /**
   * Nothing has come yet.
   *
   * @param most how many items are kept; the rest is checked only
   */
  public ListScanner(int most) {
    this.most = most;
  }

  /**
   * Reads what is there whole. The objects are slices of the array, which nobody may change.
   *
   * @param array holds what has come and was not read yet, from index 0
   * @param length how many bytes have come
   * @return how many bytes were read; what is behind them has to be at the beginning of the next
   *     array, with more behind it
   */
  public int read(byte[] array, int length) {
    bytes = array;
    source = new ListBytes(array);
    int done = 0;
    try {
      while (next != Next.UNCLEAR) {
        int at = WhiteSpace.skip(bytes, done, length);
        if (at == length) {
          return next == Next.NOTHING ? length : done;
        }
        int end = step(at);
        if (end > length) {
          // What lies behind the end was taken for a part of it.
          next = Next.UNCLEAR;
        }
        done = end;
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      // It goes on behind the array.
      return done;
    } finally {
      bytes = new byte[0];
    }
    return 0;
  }

  /**
   * What the objects that were read last are slices of.
   *
   * @return the array that was given last
   */
  public ListBytes source() {
    return source;
  }

  /**
   * The list, once all of it was read.
   *
   * @return the list, or null if it is not whole, or takes a parser to read
   */
  public @Nullable ObjectList list() {
    return next == Next.NOTHING && items && !"Status".equals(kind)
        ? new ObjectList(kind, apiVersion, resourceVersion, continueToken, objects)
        : null;
  }

  /** Reads one part, and gives the index after it. */
  private int step(int at) {
    byte sign = bytes[at];
    return switch (next) {
      case LIST -> sign(sign == '{', Next.FIRST_MEMBER, at);
      case FIRST_MEMBER -> sign == '}' ? sign(true, Next.NOTHING, at) : member(at);
      case MEMBER -> member(at);
      case AFTER_MEMBER ->
          sign == '}' ? sign(true, Next.NOTHING, at) : sign(sign == ',', Next.MEMBER, at);
      case FIRST_ITEM -> sign == ']' ? sign(true, Next.AFTER_MEMBER, at) : item(at);
      case ITEM -> item(at);
      case AFTER_ITEM ->
          sign == ']' ? sign(true, Next.AFTER_MEMBER, at) : sign(sign == ',', Next.ITEM, at);
      case NOTHING, UNCLEAR -> sign(false, Next.UNCLEAR, at);
    };
  }

  private int sign(boolean expected, Next then, int at) {
    next = expected ? then : Next.UNCLEAR;
    return at + 1;
  }

  private int item(int at) {
    int end = bytes[at] == '{' ? object(at) : JsonScanner.UNCLEAR;
    if (end >= 0 && objects.size() < most) {
      objects.add(new RawObject(source, at, end - at, Math.max(spec, 0)));
    }
    return ended(end, Next.AFTER_ITEM);
  }

  private int object(int start) {
    spec = 0;
    int at = WhiteSpace.skip(bytes, start + 1);
    if (bytes[at] == '}') {
      return at + 1;
    }
    while (true) {
      int value = json.key(bytes, at);
      if (value < 0) {
        return JsonScanner.UNCLEAR;
      }
      if (spec == 0) {
        int keyEnd = CheckedJson.textEnd(bytes, at);
        spec = keyEnd < 0 ? UNKNOWN : SPEC.isAt(bytes, at, keyEnd) ? value - start : 0;
      }
      int end = json.value(bytes, value, 1);
      if (end < 0) {
        return JsonScanner.UNCLEAR;
      }
      at = WhiteSpace.skip(bytes, end);
      if (bytes[at] == '}') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return JsonScanner.UNCLEAR;
      }
      at = WhiteSpace.skip(bytes, at + 1);
    }
  }

  private int ended(int end, Next then) {
    next = end < 0 ? Next.UNCLEAR : then;
    return end;
  }

  private int member(int at) {
    int value = json.key(bytes, at);
    int keyEnd = value < 0 ? CheckedJson.UNCLEAR : CheckedJson.textEnd(bytes, at);
    if (keyEnd < 0) {
      return ended(JsonScanner.UNCLEAR, Next.UNCLEAR);
    }
    if (ITEMS.isAt(bytes, at, keyEnd)) {
      boolean expected = bytes[value] == '[' && !items;
      items = true;
      return sign(expected, Next.FIRST_ITEM, value);
    }
    int end = json.value(bytes, value, 0);
    if (end >= 0 && !keep(at, keyEnd, value)) {
      end = JsonScanner.UNCLEAR;
    }
    return ended(end, Next.AFTER_MEMBER);
  }

  /** Whether what belongs to a key of the list is as usual, and there for the first time. */
  private boolean keep(int key, int keyEnd, int value) {
    if (METADATA.isAt(bytes, key, keyEnd)) {
      boolean first = !metadata && bytes[value] == '{';
      metadata = true;
      return first && keepMetadata(value);
    }
    if (KIND.isAt(bytes, key, keyEnd)) {
      boolean first = kind == null;
      kind = text(value);
      return first && kind != null;
    }
    if (API_VERSION.isAt(bytes, key, keyEnd)) {
      boolean first = apiVersion == null;
      apiVersion = text(value);
      return first && apiVersion != null;
    }
    return true;
  }

  private boolean keepMetadata(int start) {
    for (int at = CheckedJson.first(bytes, start); at >= 0; ) {
      int keyEnd = CheckedJson.textEnd(bytes, at);
      int value = json.key(bytes, at);
      if (keyEnd < 0 || !keepOfMetadata(at, keyEnd, value)) {
        return false;
      }
      at = CheckedJson.after(bytes, value);
    }
    return true;
  }

  private boolean keepOfMetadata(int key, int keyEnd, int value) {
    if (RESOURCE_VERSION.isAt(bytes, key, keyEnd)) {
      boolean first = resourceVersion == null;
      resourceVersion = text(value);
      return first && resourceVersion != null;
    }
    if (CONTINUE.isAt(bytes, key, keyEnd)) {
      boolean first = continueToken == null;
      continueToken = text(value);
      return first && continueToken != null;
    }
    return true;
  }

  /** The text at an index, or null if it is none, or has escapes. */
  private @Nullable String text(int value) {
    return bytes[value] == '"' ? CheckedJson.plainText(bytes, value) : null;
  }
}
