package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No path leaves that of the cluster's URL. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "/api/v1/pods, /api/v1/pods",
    "//api//v1/pods, /api/v1/pods",
    "/api/v1/pods/, /api/v1/pods/",
    "/api///, /api/",
    "/api/v1/namespaces/team%2Da, /api/v1/namespaces/team%2Da",
    "/api/v1/services/https:web:80/proxy/a%2Fb, /api/v1/services/https:web:80/proxy/a%2Fb",
    "/a/%25/b, /a/%25/b",
    "/a/%2525/%C3%A9%2520b, /a/%2525/%C3%A9%2520b",
    "/a/.../b, /a/.../b",
    "/a/..b/b.., /a/..b/b..",
    "/a;v=1/b, /a;v=1/b",
    "/%C3%A9, /%C3%A9",
    "/http://other.example.com/, /http:/other.example.com/",
    "/a@b:c, /a@b:c",
    "/*, /*"
  })
  void what_stays_below_goes_on_as_it_came_but_for_double_slashes(String path, String expected) {
    assertThat(Target.of(path, "").path()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/.",
        "/../",
        "/a/../b",
        "/a/./b",
        "/a/..",
        "/a//..//b",
        "/%2e%2e/a",
        "/a/%252e%252e/b",
        "/a/%25252e%25252E/b",
        "/%C3%A9%252f%252e%252e/b",
        "/%2E%2e/a",
        "/.%2e/a",
        "/%2e./a",
        "/%2e/a",
        "/a/%2e%2e",
        "/a%2f..%2fb",
        "/a%2F..",
        "/..%2fa",
        "/..%5ca",
        "/a%5C..%5Cb",
        "/%2e%2e%2f%2e%2e",
        "/..;/a",
        "/..;x=y/a",
        "/.;/a",
        "/%2e%2e;/a",
        "/..%3bx/a",
        "/a%2f..;b/c",
        "/a\\..\\b",
        "/a\\b",
        "/a b",
        "/a\tb",
        "/a\r\nHost: other",
        "/a\u0000b",
        "/a\u007fb",
        "/é",
        "/a#b",
        "/a?b",
        "/%",
        "/%2",
        "/%zz",
        "/%u002e%u002e/a",
        "/%00",
        "/a%0d%0ab",
        "/%7f",
        "/%c0%ae%c0%ae/a",
        "/%e0%80%ae/a",
        "/%ff",
        "/%c3"
      })
  void what_might_leave_is_refused(String path) {
    assertThatThrownBy(() -> Target.of(path, ""))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.name()).isEqualTo("InputError");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b&c=%20d", "a", "=&&", "labelSelector=a%3Db,c!=d", "x=[1]|{2}\\"})
  void a_query_goes_on_as_it_came(String query) {
    assertThat(Target.of("/a", query).query()).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a=\r\nHost: b", "a=é", "a#b", "\u0000", "a=\u007f"})
  void a_query_that_would_break_the_request_line_is_refused(String query) {
    assertThatThrownBy(() -> Target.of("/a", query)).isInstanceOf(Refusal.class);
  }

  @Test
  void no_random_path_leaves_however_it_is_read() {
    List<String> pieces =
        List.of(
            ".",
            "..",
            "%2e",
            "%2E",
            "%252e",
            "/",
            "//",
            "%2f",
            "%2F",
            "%252f",
            "\\",
            "%5c",
            ";",
            "%3b",
            "a",
            "api",
            "v1",
            "%",
            "%2",
            "%00",
            "%c0%ae",
            "é",
            " ",
            "?",
            "#",
            ";x=1",
            ".;",
            "%e0%80%ae",
            "%uff0e");
    Random random = new Random(42);
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder path = new StringBuilder("/");
      int count = random.nextInt(8);
      for (int j = 0; j < count; j++) {
        path.append(pieces.get(random.nextInt(pieces.size())));
      }
      String checked;
      try {
        checked = Target.of(path.toString(), "").path();
      } catch (Refusal e) {
        continue;
      }
      passed++;
      assertThat(checked).startsWith("/").doesNotContain("//").matches("[\\x21-\\x7e]+");
      assertThat(resolved("/base" + checked)).describedAs("%s", path).startsWith("base");
      String decoded = URLDecoder.decode("/base" + checked, StandardCharsets.UTF_8);
      assertThat(resolved(decoded)).describedAs("%s decoded", path).startsWith("base");
      String again = decoded.replaceAll("%(?![0-9a-fA-F]{2})", "_").replace("+", "_");
      assertThat(resolved(URLDecoder.decode(again, StandardCharsets.UTF_8)))
          .describedAs("%s decoded twice", path)
          .startsWith("base");
    }
    assertThat(passed).isGreaterThan(1000);
  }

  /** What is left when dot segments are resolved by somebody who takes all for a separator. */
  private static List<String> resolved(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("[/\\\\]", -1)) {
      String name = segment.replaceAll(";.*", "");
      if (name.equals("..")) {
        kept.pollLast();
      } else if (!name.equals(".") && !name.isEmpty()) {
        kept.addLast(name);
      }
    }
    return List.copyOf(kept);
  }
}
