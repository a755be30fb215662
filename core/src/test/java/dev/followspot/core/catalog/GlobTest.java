package dev.followspot.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.yaml|a.yaml",
        "*|a",
        "**|a/b/c",
        "**/*.yaml|a.yaml",
        "**/*.yaml|a/b/c.yaml",
        "a/**/z|a/z",
        "a/**/z|a/b/c/z",
        "a/**|a/b",
        "?.yml|a.yml",
        "[ab]c|bc",
        "[!ab]c|cc",
        "[a-c]*|bus",
        "{a,b}/*.{yml,yaml}|b/c.yaml",
        "a*b*c|aXbXbc",
        "*a*|a",
        ".hidden|.hidden",
        "**/.x/*|a/.x/b",
        "a//b|a/b",
        "*/*|a/b",
        "[]|[]",
        "a[|a[",
        "**/**/a|a",
        "ä*|äb"
      })
  void it_matches(String pattern, String path) {
    assertThat(Glob.of(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.yaml|a/b.yaml",
        "*.yaml|a.yml",
        "*|a/b",
        "?|ab",
        "*|.hidden",
        "**|.git/config",
        "**/*.yaml|.git/a.yaml",
        "**/*.yaml|a/..data/b.yaml",
        "[!a]c|ac",
        "[a-c]|d",
        "a/**/z|a/zz",
        "*/*|a",
        "*/*|a/b/c",
        "a.yaml|aXyaml",
        "(a|b)|a",
        "?.yaml|.yaml"
      })
  void it_does_not_match(String pattern, String path) {
    assertThat(Glob.of(pattern).matches(path)).isFalse();
  }

  @Test
  void no_pattern_takes_long() {
    String pattern = "*a".repeat(100) + "/" + "**/x*/".repeat(100) + "z";
    String path = "a".repeat(5000) + "/" + "x/".repeat(300) + "y";
    assertThat(Glob.of(pattern).matches(path)).isFalse();
  }

  @Test
  void patterns_without_bound_are_refused() {
    assertThatThrownBy(() -> Glob.of("{a,b}".repeat(7)))
        .hasMessage("stands for more than 64 patterns");
    assertThatThrownBy(() -> Glob.of("a".repeat(1001))).hasMessageContaining("longer than 1000");
    assertThatThrownBy(() -> Glob.of("a{b")).hasMessageContaining("not closed");
    assertThatThrownBy(() -> Glob.of("a{b{c}}")).hasMessageContaining("within another");
  }
}
