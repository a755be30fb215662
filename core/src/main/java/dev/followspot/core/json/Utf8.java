package dev.followspot.core.json;

/** Where a text in UTF-8 begins. */
final class Utf8 {

  private Utf8() {}

  /** The index after a byte order mark. */
  static int start(byte[] text, int length) {
    return length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF
        ? 3
        : 0;
  }

  /** False for UTF-16 and UTF-32, which would be read in another way than byte by byte. */
  static boolean looksLikeUtf8(byte[] text, int length) {
    int start = start(text, length);
    for (int i = start; i < Math.min(start + 4, length); i++) {
      if (text[i] == 0 || text[i] == (byte) 0xFE || text[i] == (byte) 0xFF) {
        return false;
      }
    }
    return true;
  }
}
