package dev.followspot.core.text;

import java.util.regex.Pattern;

/** Makes texts of strangers fit for a message. */
public final class Shortened {

  private static final int MAX_LENGTH = 80;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

  private Shortened() {}

  /**
   * A text on one line and not too long.
   *
   * @param text the text
   * @return its first 80 characters, with U+FFFD for what cannot be printed
   */
  public static String text(String text) {
    return text(text, MAX_LENGTH);
  }

  /**
   * A text on one line and of a length of its own.
   *
   * @param text the text
   * @param most how many characters to show
   * @return its beginning, with U+FFFD for what cannot be printed
   */
  public static String text(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most) + "…";
    return UNPRINTABLE.matcher(start).replaceAll("\uFFFD");
  }

  /**
   * A text in quotes, on one line and not too long.
   *
   * @param text the text
   * @return as {@link #text}, between single quotes
   */
  public static String quoted(String text) {
    return "'" + text(text) + "'";
  }
}
