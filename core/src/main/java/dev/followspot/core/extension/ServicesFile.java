package dev.followspot.core.extension;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of {@code META-INF/services}. It is read here, because {@link java.util.ServiceLoader}
 * gives up a whole file for one bad line.
 */
final class ServicesFile {

  private static final int MAX_BYTES = 1 << 20;

  /**
   * A line that is not empty.
   *
   * @param number from 1
   * @param text the line without comment and white space
   */
  record Line(int number, String text) {

    /** Whether it is the name of a class. */
    boolean isClassName() {
      boolean start = true;
      for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
        int c = text.codePointAt(i);
        if (c == '.') {
          if (start) {
            return false;
          }
          start = true;
        } else if (start ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c)) {
          start = false;
        } else {
          return false;
        }
      }
      return !start;
    }
  }

  private ServicesFile() {}

  static List<Line> read(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    // A cached connection would keep the jar open, and show the old content of a jar replaced.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return parse(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static List<Line> parse(String content) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : content.split("\r\n|\r|\n", -1)) {
      number++;
      int comment = raw.indexOf('#');
      String text = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      if (!text.isEmpty()) {
        lines.add(new Line(number, text));
      }
    }
    return lines;
  }
}
