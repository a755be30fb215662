package dev.followspot.acceptance;

import java.util.stream.Stream;

/**
 * Forms of requests that two readers of HTTP could understand in two ways, and some that are fine.
 */
final class SmugglingForms {

  static final String PROXY = "/api/kubernetes/proxy";

  /** What must not become a request. */
  static final String HIDDEN = "GET " + PROXY + "/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static final String IN_BODY = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private SmugglingForms() {}

  /**
   * One form.
   *
   * @param bytes what the caller writes
   * @param status of the answer
   * @param body what the cluster gets as body; null if it is not asked
   */
  record Form(String name, String bytes, int status, String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Form refused(String name, String bytes) {
    return new Form(name, bytes, 400, null);
  }

  private static Form post(String name, String headers, String body) {
    return refused(
        name,
        "POST "
            + PROXY
            + "/form HTTP/1.1\r\nHost: localhost\r\n"
            + headers
            + "\r\n"
            + body
            + HIDDEN);
  }

  private static Form get(String name, String target) {
    return refused(name, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static Form taken(Form form, String body) {
    return new Form(form.name(), form.bytes().replace(HIDDEN, ""), 200, body);
  }

  /** What is refused, and reaches no cluster. */
  static Stream<Form> bad() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    String empty = "0\r\n\r\n";
    return Stream.of(
        post("length and chunks", "Content-Length: 5\r\n" + chunked, empty),
        post("chunks and length", chunked + "Content-Length: 5\r\n", empty),
        post("two lengths", "Content-Length: 0\r\nContent-Length: 5\r\n", ""),
        post("two lengths in a list", "Content-Length: 0, 5\r\n", ""),
        post("length with a sign", "Content-Length: +5\r\n", ""),
        post("negative length", "Content-Length: -1\r\n", ""),
        post("length in hexadecimal", "Content-Length: 0x5\r\n", ""),
        post("length that overflows", "Content-Length: 18446744073709551616\r\n", ""),
        post("length without a value", "Content-Length: \r\n", ""),
        post("blank before the colon", "Content-Length : 0\r\n", ""),
        post("another coding", "Transfer-Encoding: xchunked\r\n", empty),
        post("line feed in a value, well framed", "X-A: b\nContent-Length: 0\r\n", ""),
        post("chunked twice", chunked + chunked, empty),
        post("chunked not last", "Transfer-Encoding: chunked, gzip\r\n", empty),
        post("folded coding", "Transfer-Encoding:\r\n chunked\r\n", empty),
        post("folded length", "Content-Length:\r\n 0\r\n", ""),
        post("vertical tab before the coding", "Transfer-Encoding: \u000bchunked\r\n", empty),
        post("quoted coding", "Transfer-Encoding: \"chunked\"\r\n", empty),
        post("carriage return in a value", "X-A: b\rTransfer-Encoding: chunked\r\n", empty),
        post("line feed in a value", "X-A: b\nTransfer-Encoding: chunked\r\n\r\n", empty),
        post("NUL in a value", "X-A: b\0c\r\nContent-Length: 0\r\n", ""),
        post("blank in a name", "X A: b\r\nContent-Length: 0\r\n", ""),
        post("line without a colon", "X-A\r\nContent-Length: 0\r\n", ""),
        post("name without letters", ": b\r\nContent-Length: 0\r\n", ""),
        post("blank before the first header", " X-A: b\r\nContent-Length: 0\r\n", ""),
        post("two hosts", "Host: y\r\nContent-Length: 0\r\n", ""),
        post("chunk size that overflows", chunked, "10000000000000000\r\n"),
        post("chunk size with a sign", chunked, "-1\r\n\r\n"),
        post("chunk size with a prefix", chunked, "0x0\r\n\r\n"),
        post("chunk longer than its size", chunked, "1\r\nabc\r\n0\r\n\r\n"),
        refused("no host", "GET " + PROXY + "/form HTTP/1.1\r\n\r\n"),
        refused("line feeds only", "GET " + PROXY + "/form HTTP/1.1\nHost: localhost\n\n"),
        refused(
            "blanks in the target", "GET " + PROXY + "/a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        get("encoded line end", PROXY + "/a%0d%0aX-Hidden:%20b"),
        get("encoded NUL", PROXY + "/a%00b"),
        get("encoded dots", PROXY + "/%2e%2e/hidden"),
        get("dots", PROXY + "/../hidden"),
        get("dots with an encoded slash", PROXY + "/a/..%2f..%2fhidden"),
        get("dots with a backslash", PROXY + "/..%5c..%5chidden"),
        get("dots with a parameter", PROXY + "/..;a=b/hidden"),
        get("dots encoded twice end in the base path", PROXY + "/%u002e%u002e/hidden"),
        get("half an escape", PROXY + "/a%2"),
        get("no UTF-8", PROXY + "/%c0%ae%c0%ae/hidden"),
        get("a fragment", PROXY + "/a#b"),
        get("a host and another one in an absolute target", "http://other" + PROXY + "/form"),
        get("user in an absolute target", "http://user:secret@localhost" + PROXY + "/form"));
  }

  /** What is passed on, in a clean form. */
  static Stream<Form> fine() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    return Stream.of(
        taken(post("chunk extension", chunked, "3;a=b\r\nabc\r\n0;c\r\n\r\n"), "abc"),
        taken(post("trailers", chunked, "3\r\nabc\r\n0\r\nHost: y\r\nX-Hidden: b\r\n\r\n"), "abc"),
        taken(post("after identity", "Transfer-Encoding: identity\r\n" + chunked, "0\r\n\r\n"), ""),
        taken(post("coding in capitals", "Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n"), ""),
        taken(
            post("waiting for 100", "Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"), "abc"),
        taken(
            post(
                "length named by Connection",
                "Connection: content-length\r\nContent-Length: 3\r\n",
                "abc"),
            "abc"),
        taken(
            post("request as a body", "Content-Length: " + IN_BODY.length() + "\r\n", IN_BODY),
            IN_BODY),
        taken(get("absolute target", "http://localhost" + PROXY + "/form"), ""),
        taken(get("encoded slash", PROXY + "/a%2fb"), ""),
        taken(
            post(
                "upgrade to HTTP/2",
                """
                Connection: Upgrade, HTTP2-Settings\r
                Upgrade: h2c\r
                HTTP2-Settings: AAMAAABk\r
                Content-Length: 0\r
                """,
                ""),
            ""));
  }
}
