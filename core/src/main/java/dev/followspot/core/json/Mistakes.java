package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.charset.StandardCharsets;

/** Says what is wrong with JSON without showing it: it may hold secrets. */
final class Mistakes {

  private static final int PREFIX = 40;
  private static final int LINE = 200;

  private Mistakes() {}

  static String describe(Exception failure) {
    if (failure instanceof StreamConstraintsException) {
      return "JSON beyond the limits: more than "
          + Parsers.MAX_DEPTH
          + " levels, a number of more than "
          + Parsers.MAX_NUMBER_LENGTH
          + " digits, or a key of more than 50000 characters";
    }
    if (failure instanceof JsonEOFException) {
      return "truncated JSON";
    }
    if (failure instanceof JsonProcessingException invalid && invalid.getLocation() != null) {
      return "no JSON: something is wrong near byte " + invalid.getLocation().getByteOffset();
    }
    return "no JSON";
  }

  /** A text of the answer, short and on one line. */
  static String printable(String text) {
    String line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
    return line.length() <= LINE ? line : line.substring(0, LINE) + "…";
  }

  /**
   * The printable ASCII at the beginning, so that a reader recognises a page or a proxy's words.
   */
  static String prefix(byte[] body, int start, int length) {
    int end = Math.min(length, start + PREFIX);
    String text = new String(body, start, Math.max(0, end - start), StandardCharsets.ISO_8859_1);
    String shown = text.replaceAll("\\s+", " ").replaceAll("[^ -~]", "?").strip();
    return "'" + shown + (end < length ? "…'" : "'");
  }
}
