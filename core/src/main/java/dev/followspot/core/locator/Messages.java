package dev.followspot.core.locator;

import java.util.List;
import java.util.regex.Pattern;

/** What messages show of texts that somebody else wrote. */
final class Messages {

  private static final int MAX_LENGTH = 80;
  private static final int MAX_PROBLEMS = 20;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

  private Messages() {}

  /** The text in quotes, on one line and not too long. */
  static String shown(String text) {
    String start = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return "'" + UNPRINTABLE.matcher(start).replaceAll("\uFFFD") + "'";
  }

  /** The first ones, as many as somebody would read. */
  static <T> List<T> limited(List<T> all) {
    return all.subList(0, Math.min(all.size(), MAX_PROBLEMS));
  }
}
