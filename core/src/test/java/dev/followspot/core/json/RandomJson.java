package dev.followspot.core.json;

import java.util.Random;

/** Random JSON as text: white space, escapes, all planes of Unicode, numbers of every form. */
final class RandomJson {

  private static final String[] SPACE = {"", "", "", " ", "\n", "\t", "\r\n", "  \n  "};
  private static final String[] ESCAPES = {
    "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\ud83d\\ude00"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-17",
    "2147483648",
    "-9223372036854775808",
    "9223372036854775808",
    "1.5",
    "-0.001",
    "1e3",
    "1E-7",
    "2.50",
    "123456789012345678901234567890.5e-10",
    "1e400"
  };

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String space() {
    return pick(SPACE);
  }

  String value(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 8)) {
      case 0 -> pick(NUMBERS);
      case 1 -> pick("true", "false", "null");
      case 2, 3, 4 -> text();
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  String array(int depth) {
    StringBuilder json = new StringBuilder("[").append(space());
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      json.append(i == 0 ? "" : ",").append(space()).append(value(depth - 1)).append(space());
    }
    return json.append(']').toString();
  }

  /** Its keys are different. */
  String object(int depth) {
    StringBuilder json = new StringBuilder("{").append(space());
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      json.append(i == 0 ? "" : ",").append(space());
      json.append(text().replaceFirst("\"$", i + "\"")).append(space()).append(':');
      json.append(space()).append(value(depth - 1)).append(space());
    }
    return json.append('}').toString();
  }

  String text() {
    StringBuilder json = new StringBuilder("\"");
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> json.append(pick(ESCAPES));
        case 1 -> json.appendCodePoint(0x80 + random.nextInt(0x700));
        case 2 -> json.appendCodePoint(0x4E00 + random.nextInt(0x1000));
        case 3 -> json.appendCodePoint(0x1F600 + random.nextInt(0x40));
        case 4 -> json.append(pick("{", "}", "[", "]", ",", ":", " ", "'"));
        default -> json.append((char) ('a' + random.nextInt(26)));
      }
    }
    return json.append('"').toString();
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
