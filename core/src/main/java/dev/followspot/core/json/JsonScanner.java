package dev.followspot.core.json;

/**
 * Steps over JSON and checks it, without making anything of it: no tokens, no names, no numbers.
 * That takes a third of the time of a parser. Whatever it is not sure of it leaves to one.
 */
final class JsonScanner {

  /** What is here is no JSON, or only a parser can tell. */
  static final int UNCLEAR = -1;

  private static final int MAX_KEY = 50_000;

  /** One bit for each level that is open: whether it is an array. */
  private final long[] arrays = new long[Parsers.MAX_DEPTH / Long.SIZE + 1];

  /**
   * The index after the value that begins at an index, or {@link #UNCLEAR}. Beyond what has come
   * there may be anything: the caller has to check that the result is not beyond it.
   *
   * @param level how many levels of the object that it belongs to are open before it
   * @throws ArrayIndexOutOfBoundsException if the value goes on beyond the array
   */
  int value(byte[] json, int start, int level) {
    int depth = 0;
    int at = start;
    while (true) {
      byte first = json[at];
      if (first == '{' || first == '[') {
        boolean array = first == '[';
        at = WhiteSpace.skip(json, at + 1);
        if (level + depth == Parsers.MAX_DEPTH) {
          return UNCLEAR;
        }
        if (json[at] == (array ? ']' : '}')) {
          at++;
        } else {
          depth++;
          open(depth, array);
          at = array ? at : key(json, at);
          if (at < 0) {
            return UNCLEAR;
          }
          continue;
        }
      } else {
        at = first == '"' ? text(json, at, false) : word(json, at, first);
        if (at < 0) {
          return UNCLEAR;
        }
      }
      // After a value: the end of what it is in, as often as it ends, or the next one.
      while (true) {
        if (depth == 0) {
          return at;
        }
        at = WhiteSpace.skip(json, at);
        byte next = json[at];
        at++;
        if (next == ',') {
          at = WhiteSpace.skip(json, at);
          at = isArray(depth) ? at : key(json, at);
          if (at < 0) {
            return UNCLEAR;
          }
          break;
        }
        if (next != (isArray(depth) ? ']' : '}')) {
          return UNCLEAR;
        }
        depth--;
      }
    }
  }

  private void open(int level, boolean array) {
    long bit = 1L << level;
    int word = level / Long.SIZE;
    arrays[word] = array ? arrays[word] | bit : arrays[word] & ~bit;
  }

  private boolean isArray(int level) {
    return (arrays[level / Long.SIZE] >>> level & 1) != 0;
  }

  /** Where the value of the key begins that begins at an index, or {@link #UNCLEAR}. */
  int key(byte[] json, int start) {
    int end = json[start] == '"' ? text(json, start, true) : UNCLEAR;
    if (end < 0 || end - start > MAX_KEY) {
      return UNCLEAR;
    }
    int colon = WhiteSpace.skip(json, end);
    return json[colon] == ':' ? WhiteSpace.skip(json, colon + 1) : UNCLEAR;
  }

  /** The index after the text that begins at an index, or {@link #UNCLEAR}. */
  private static int text(byte[] json, int start, boolean key) {
    int at = EightBytes.special(json, start + 1);
    while (json[at] != '"') {
      byte next = json[at];
      int length = next == '\\' ? escape(json, at, key) : next < 0 ? sequence(json, at, next) : 0;
      if (length == 0) {
        return UNCLEAR;
      }
      at = EightBytes.special(json, at + length);
    }
    return at + 1;
  }

  /** How long an escape is, 0 if it is none; in keys, the parser is particular about surrogates. */
  private static int escape(byte[] json, int at, boolean key) {
    return switch (json[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' ->
          !key && hex(json, at + 2) && hex(json, at + 3) && hex(json, at + 4) && hex(json, at + 5)
              ? 6
              : 0;
      default -> 0;
    };
  }

  private static boolean hex(byte[] json, int at) {
    return Character.digit(json[at], 16) >= 0;
  }

  /** How long a character of several bytes is, 0 if it is none. */
  private static int sequence(byte[] json, int at, byte first) {
    int length =
        (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 0;
    for (int i = 1; i < length; i++) {
      if ((json[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int word(byte[] json, int start, byte first) {
    return switch (first) {
      case 't' -> word(json, start, "true");
      case 'f' -> word(json, start, "false");
      case 'n' -> word(json, start, "null");
      default -> number(json, start);
    };
  }

  private static int word(byte[] json, int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (json[start + i] != word.charAt(i)) {
        return UNCLEAR;
      }
    }
    return start + word.length();
  }

  private static int number(byte[] json, int start) {
    int at = json[start] == '-' ? start + 1 : start;
    if (json[at] == '0') {
      at++;
    } else {
      at = digits(json, at);
    }
    if (at > 0 && json[at] == '.') {
      at = digits(json, at + 1);
    }
    if (at > 0 && (json[at] | 0x20) == 'e') {
      boolean signed = json[at + 1] == '+' || json[at + 1] == '-';
      at = digits(json, signed ? at + 2 : at + 1);
    }
    return at - start > Parsers.MAX_NUMBER_LENGTH ? UNCLEAR : at;
  }

  /** The index after one or more digits, or {@link #UNCLEAR}. */
  private static int digits(byte[] json, int start) {
    int at = start;
    while (json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at == start ? UNCLEAR : at;
  }
}
