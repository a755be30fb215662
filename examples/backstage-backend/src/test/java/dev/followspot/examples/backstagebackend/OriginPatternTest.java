package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://portal.example.com https://portal.example.com true",
        "https://portal.example.com https://PORTAL.example.com true",
        "https://portal.example.com https://portalxexample.com false",
        "https://portal.example.com https://portal.example.com.evil.test false",
        "https://portal.example.com http://portal.example.com false",
        "https://*.example.com https://a.example.com true",
        "https://*.example.com https://a.b.example.com true",
        "https://*.example.com https://example.com false",
        "https://*.example.com https://evil.test/.example.com false",
        "https://*.example.com https://example.com.evil.test false",
        "http://localhost:* http://localhost:3000 true",
        "http://localhost:300? http://localhost:3001 true",
        "http://localhost:300[0-4] http://localhost:3004 true",
        "http://localhost:300[0-4] http://localhost:3005 false",
        "http://localhost:300[!0-4] http://localhost:3005 true",
        "http{,s}://a.test https://a.test true",
        "http{,s}://a.test http://a.test true",
        "http://a.test,b http://a.test,b true",
        "http://(a|b).test http://a.test false",
      })
  void matches_as_globs_do(String pattern, String origin, boolean matches) {
    assertThat(OriginPattern.of(pattern).matches(origin)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* leave",
        "** leave",
        "a.example.com scheme",
        "*.example.com scheme",
        "localhost:3000 scheme",
        "https:a.example.com scheme",
        "https://a.example.com/ slash",
        "https://*.example.com/* slash",
        "https://a.example.com/path slash",
      })
  void tells_why_it_can_match_no_origin(String pattern, String why) {
    assertThat(OriginPattern.of(pattern).whyNever().orElse("")).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example.com",
        "http{,s}://*",
        "{http://a.test,https://b.test}",
        "http?//a.test",
        "null",
        "https:[/]/a.test"
      })
  void says_nothing_of_what_can_match(String pattern) {
    assertThat(OriginPattern.of(pattern).whyNever()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://[a", "https://{a", "https://a\\", "https://[z-a].test"})
  void refuses_what_is_no_pattern(String pattern) {
    assertThatThrownBy(() -> OriginPattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no pattern")
        .hasMessageContaining("https://*.example.com");
  }
}
