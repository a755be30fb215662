package dev.followspot.core.fetch;

/** Makes text of strangers fit for messages. */
final class Texts {

  private Texts() {}

  /** Without control and format characters, which could fool a terminal or a log. */
  static String printable(String text, int maxLength) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), maxLength) + 1);
    text.codePoints()
        .limit(maxLength)
        .map(c -> isPrintable(c) ? c : ' ')
        .forEach(clean::appendCodePoint);
    if (text.codePointCount(0, text.length()) > maxLength) {
      clean.append('…');
    }
    return clean.toString();
  }

  private static boolean isPrintable(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
