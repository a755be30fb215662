package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiStatusTest {

  @Test
  void a_refusal_says_why() {
    assertThat(
            parse(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                 "message":"pods is forbidden: User \\"x\\" cannot list","reason":"Forbidden",
                 "details":{"kind":"pods","message":"no"},"code":403}
                """))
        .contains(new ApiStatus("Forbidden", "pods is forbidden: User \"x\" cannot list", 403));
  }

  @Test
  void all_but_the_kind_may_be_missing_or_of_another_type() {
    assertThat(parse("{\"kind\":\"Status\"}")).contains(new ApiStatus(null, null, 0));
    assertThat(parse("{\"code\":\"403\",\"message\":[\"a\"],\"reason\":null,\"kind\":\"Status\"}"))
        .contains(new ApiStatus(null, null, 0));
    assertThat(parse("{\"kind\":\"Status\",\"code\":99999999999999999999}"))
        .contains(new ApiStatus(null, null, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "404 page not found",
        "<html>",
        "[]",
        "{}",
        "{\"kind\":\"Pod\"}",
        "{\"kind\":\"Status\"",
        "{\"kind\":{\"kind\":\"Status\"}}",
        "\"Status\"",
        "null"
      })
  void anything_else_is_none(String body) {
    assertThat(parse(body)).isEmpty();
  }

  @Test
  void hostile_bodies_are_read_in_bounds() {
    assertThat(parse("{\"kind\":\"Status\",\"message\":\"" + "x".repeat(1_000_000) + "\"}"))
        .hasValueSatisfying(status -> assertThat(status.message()).hasSize(2001).endsWith("x…"));
    assertThat(parse("{\"kind\":\"Status\",\"details\":" + "[".repeat(1_000_000))).isEmpty();
    assertThat(parse("{\"kind\":\"Status\",\"code\":" + "1".repeat(100_000) + "}")).isEmpty();
  }

  private static Optional<ApiStatus> parse(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return ApiStatus.parse(bytes, bytes.length);
  }
}
