package dev.followspot.core.proxy;

import dev.followspot.core.text.Shortened;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A path and query that can be put below the path of a cluster's URL without leaving it, however
 * often a gateway on the way decodes what it should not.
 *
 * @param path percent-encoded as it came; starts with one slash, has no empty segments and no dot
 *     segments in any disguise
 * @param query percent-encoded as it came
 */
record Target(String path, String query) {

  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

  /** Checks a path and query. */
  static Target of(String path, String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '#') {
        throw Refusal.input(
            "the query holds a blank, a control character, '#' or a character outside of ASCII;"
                + " write it percent-encoded");
      }
    }
    return new Target(checked(path), query);
  }

  private static String checked(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '\\' || c == '#' || c == '?') {
        throw Refusal.input(
            "the path holds a blank, a control character, '\\', '#', '?' or a character outside of"
                + " ASCII; write it percent-encoded");
      }
    }
    StringBuilder whole = new StringBuilder(path.length());
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String segment = path.substring(from, to);
      if (!segment.isEmpty()) {
        check(segment);
        whole.append('/').append(segment);
      }
      from = to + 1;
    }
    return path.endsWith("/") || whole.isEmpty() ? whole.append('/').toString() : whole.toString();
  }

  private static void check(String segment) {
    String decoded = decoded(segment);
    checkOnce(segment, decoded);
    // A '%' that is meant to be there may be followed by anything: only what can be decoded counts.
    for (String more = decodedAgain(decoded); !more.equals(decoded); more = decodedAgain(decoded)) {
      checkOnce(segment, more);
      decoded = more;
    }
  }

  private static void checkOnce(String segment, String decoded) {
    for (int i = 0; i < decoded.length(); i++) {
      if (Character.isISOControl(decoded.charAt(i))) {
        throw Refusal.input("the path holds an encoded control character; leave it out");
      }
    }
    for (String piece : SEPARATORS.split(decoded, -1)) {
      int parameters = piece.indexOf(';');
      String name = parameters < 0 ? piece : piece.substring(0, parameters);
      if (name.equals(".") || name.equals("..")) {
        throw Refusal.input(
            "the path has the dot segment "
                + Shortened.quoted(segment)
                + "; write the path without it");
      }
    }
  }

  private static String decodedAgain(String text) {
    try {
      return decoded(text);
    } catch (Refusal e) {
      return text;
    }
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] text = segment.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      byte c = text[i];
      if (c == '%') {
        int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
        int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw Refusal.input("the path has a '%' without two hexadecimal digits; write %25");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw Refusal.input("the path is not percent-encoded UTF-8; encode it as UTF-8");
    }
  }
}
