package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  private final int most;
  private final JsonScanner json = new JsonScanner();
  private final List<KubernetesObject> objects = new ArrayList<>();
  private Next next = Next.LIST;
  private byte[] bytes = {};

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
      objects.add(new RawObject(bytes, at, end - at, Math.max(spec, 0)));
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
        spec = isSpec(at) ? value - start : CheckedJson.isPlain(bytes, at) ? 0 : UNKNOWN;
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

  private boolean isSpec(int at) {
    return bytes[at + 1] == 's'
        && bytes[at + 2] == 'p'
        && bytes[at + 3] == 'e'
        && bytes[at + 4] == 'c'
        && bytes[at + 5] == '"';
  }

  private int ended(int end, Next then) {
    next = end < 0 ? Next.UNCLEAR : then;
    return end;
  }

  private int member(int at) {
    int value = json.key(bytes, at);
    String key = value < 0 ? null : CheckedJson.plainText(bytes, at);
    if (key == null) {
      return ended(JsonScanner.UNCLEAR, Next.UNCLEAR);
    }
    switch (key) {
      case "items" -> {
        boolean expected = bytes[value] == '[' && !items;
        items = true;
        return sign(expected, Next.FIRST_ITEM, value);
      }
      case "metadata" -> {
        int end = metadata ? JsonScanner.UNCLEAR : metadata(value);
        metadata = true;
        return ended(end, Next.AFTER_MEMBER);
      }
      case "kind" -> {
        return ended(text(kind, value, text -> kind = text), Next.AFTER_MEMBER);
      }
      case "apiVersion" -> {
        return ended(text(apiVersion, value, text -> apiVersion = text), Next.AFTER_MEMBER);
      }
      default -> {
        return ended(json.value(bytes, value, 0), Next.AFTER_MEMBER);
      }
    }
  }

  /** The index after a text without escapes that was not there before. */
  private int text(@Nullable String before, int value, Consumer<String> keep) {
    int end = json.value(bytes, value, 0);
    String text =
        end >= 0 && before == null && bytes[value] == '"'
            ? CheckedJson.plainText(bytes, value)
            : null;
    if (text == null) {
      return JsonScanner.UNCLEAR;
    }
    keep.accept(text);
    return end;
  }

  /** Reads the metadata of the list once they are there whole. */
  private int metadata(int start) {
    int end = bytes[start] == '{' ? json.value(bytes, start, 0) : JsonScanner.UNCLEAR;
    if (end < 0) {
      return end;
    }
    int at = CheckedJson.first(bytes, start);
    while (at >= 0) {
      int value = json.key(bytes, at);
      String key = CheckedJson.plainText(bytes, at);
      if (key == null) {
        return JsonScanner.UNCLEAR;
      }
      int after =
          switch (key) {
            case "resourceVersion" -> text(resourceVersion, value, text -> resourceVersion = text);
            case "continue" -> text(continueToken, value, text -> continueToken = text);
            default -> json.value(bytes, value, 0);
          };
      if (after < 0) {
        return after;
      }
      at = CheckedJson.afterEnd(bytes, after);
    }
    return end;
  }
}
