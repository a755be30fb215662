package dev.followspot.core.json;

/** What may stand between the parts of JSON. */
final class WhiteSpace {

  private WhiteSpace() {}

  static boolean is(byte sign) {
    return sign <= ' ' && (sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t');
  }

  /**
   * The first index from one on that is no white space.
   *
   * @throws ArrayIndexOutOfBoundsException if there is nothing else in the array
   */
  static int skip(byte[] json, int start) {
    int at = start;
    while (is(json[at])) {
      at++;
    }
    return at;
  }

  /** The same, but no further than an index. */
  static int skip(byte[] json, int start, int end) {
    int at = start;
    while (at < end && is(json[at])) {
      at++;
    }
    return at;
  }
}
