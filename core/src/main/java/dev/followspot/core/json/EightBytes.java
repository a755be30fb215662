package dev.followspot.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over texts eight bytes at a time. Most of a list is texts, and byte by byte the scanner
 * took more than twice as long for it.
 */
final class EightBytes {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long SPACES = ONES * ' ';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private EightBytes() {}

  /**
   * The first index from one on whose byte is more than a plain sign of a text: a quote, a
   * backslash, a control character, or a part of a character of several bytes.
   *
   * @throws ArrayIndexOutOfBoundsException if there is none in the array
   */
  static int special(byte[] json, int start) {
    int at = start;
    for (int last = json.length - Long.BYTES; at <= last; at += Long.BYTES) {
      long word = (long) WORD.get(json, at);
      long quotes = word ^ QUOTES;
      long backslashes = word ^ BACKSLASHES;
      // The highest bit of each byte that is special. A borrow may set it in the bytes after such a
      // one as well, but never before the first.
      long found =
          (((quotes - ONES) & ~quotes)
                  | ((backslashes - ONES) & ~backslashes)
                  | (word - SPACES)
                  | word)
              & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (json[at] >= ' ' && json[at] != '"' && json[at] != '\\') {
      at++;
    }
    return at;
  }
}
