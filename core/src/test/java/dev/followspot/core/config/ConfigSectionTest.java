package dev.followspot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSectionTest {

  private static ConfigSection section(String yaml) {
    return AppConfig.parse("app-config.yaml", yaml).resolve(Map.of("EMPTY", "", "N", "7")).root();
  }

  private static String mistake(String yaml, Function<ConfigSection, ?> reader) {
    ConfigSection section = section(yaml);
    return catchThrowableOfType(ConfigurationException.class, () -> reader.apply(section))
        .getMessage();
  }

  @Test
  void a_number_is_no_text() {
    assertThat(mistake("a:\n  name: 5", root -> root.section("a").string("name")))
        .isEqualTo(
            "app-config.yaml:2 a.name: Invalid type, got number '5', wanted string; put it in"
                + " quotes");
  }

  @Test
  void a_missing_key_is_named_with_the_line_of_its_section() {
    assertThat(mistake("\na: { x: 1 }", root -> root.section("a").string("url")))
        .isEqualTo("app-config.yaml:2 a.url: is missing; this key needs a text");
  }

  @Test
  void a_missing_key_is_compared_with_the_keys_that_are_there() {
    assertThat(mistake("authProvidr: google", root -> root.string("authProvider")))
        .endsWith("; is 'authProvidr' a misspelling of it?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "null", "~", "", "'${EMPTY}'", "'${UNSET}'"})
  void empty_null_and_unset_values_are_absent(String value) {
    ConfigSection root = section("k: " + value);
    assertThat(root.keys()).isEmpty();
    assertThat(root.optionalString("k")).isEmpty();
    assertThat(root.optionalSecret("k")).isEmpty();
    assertThat(root.optionalUri("k")).isEmpty();
    assertThat(root.optionalPath("k")).isEmpty();
    assertThat(root.optionalPaths("k")).isEmpty();
    assertThat(root.optionalBoolean("k")).isEmpty();
    assertThat(root.optionalInteger("k", 0, 9)).isEmpty();
    assertThat(root.optionalDuration("k")).isEmpty();
    assertThat(root.optionalStrings("k")).isEmpty();
    assertThat(root.stringMap("k")).isEmpty();
    assertThat(root.optionalSection("k")).isEmpty();
    assertThat(root.sections("k")).isEmpty();
    assertThat(root.raw("k")).isEmpty();
    assertThatThrownBy(() -> root.string("k")).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> root.uri("k")).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void a_required_key_with_an_unset_variable_names_the_variable() {
    assertThat(mistake("token: ${K8S_DEV_TOKEN}", root -> root.string("token")))
        .isEqualTo("app-config.yaml:1 token: K8S_DEV_TOKEN is not set; this key needs a text");
    assertThat(section("token: ${A}-${B}").problem("token", "a token is needed"))
        .hasMessage("app-config.yaml:1 token: a token is needed (A and B are not set)");
    assertThat(mistake("url: ${EMPTY}", root -> root.uri("url")))
        .contains("is empty (the value of ${EMPTY})");
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "'''yes''',true",
    "'''1''',true",
    "1,true",
    "'''Off''',false",
    "n,false"
  })
  void booleans_may_be_texts(String value, boolean expected) {
    assertThat(section("k: " + value).optionalBoolean("k")).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"5,5", "'''5''',5", "5.0,5", "0x10,16", "'''-3''',-3", "'''${N}''',7"})
  void whole_numbers_may_be_texts(String value, long expected) {
    assertThat(section("k: " + value).optionalInteger("k", -10, 20)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"21", "-11", "1.5", "x", "true", "99999999999999999999", "[1]", ".nan"})
  void other_numbers_name_the_bounds(String value) {
    assertThat(mistake("k: " + value, root -> root.optionalInteger("k", -10, 20)))
        .startsWith("app-config.yaml:1 k: ")
        .endsWith("wanted a whole number from -10 to 20");
  }

  @ParameterizedTest
  @CsvSource({
    "10s,PT10S",
    "500ms,PT0.5S",
    "2m,PT2M",
    "1h,PT1H",
    "1.5 hours,PT1H30M",
    "1 day,PT24H",
    "PT10S,PT10S",
    "p1d,PT24H",
    "'{ seconds: 10, minutes: ''2'' }',PT2M10S",
    "0s,PT0S"
  })
  void durations(String value, Duration expected) {
    assertThat(section("k: " + value).optionalDuration("k")).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "-5s",
        "-PT1S",
        "5 lightyears",
        "{ second: 1 }",
        "{}",
        "[]",
        "9999999999999w",
        "PT9999999999999H",
        "{ seconds: [1] }",
        "p"
      })
  void other_durations_say_how_they_are_written(String value) {
    assertThat(mistake("k: " + value, root -> root.optionalDuration("k"))).contains("such as 10s");
  }

  @Test
  void addresses_are_http_or_https_with_a_host() {
    assertThat(section("u: https://10.0.0.1:6443/k8s").uri("u"))
        .isEqualTo(URI.create("https://10.0.0.1:6443/k8s"));
    for (String bad :
        List.of("ftp://h", "h:443", "https://", "https:///p", "'a b'", "//h", "https://h:99999")) {
      assertThat(mistake("u: " + bad, root -> root.uri("u"))).contains("wanted an http or https");
    }
    assertThat(mistake("u: ftp://me:hunter2@h/?sig=abc", root -> root.uri("u")))
        .contains("'ftp://***@h/?***'")
        .doesNotContain("hunter2", "abc");
  }

  @Test
  void every_bad_item_of_a_list_is_reported() {
    assertThat(mistake("l: [a, 5, '', null, {}]", root -> root.optionalStrings("l")).lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("app-config.yaml:1 l[1]: Invalid type, got number '5'");
    assertThat(mistake("l:\n- {}\n- x\n- y", root -> root.sections("l")).lines())
        .containsExactly(
            "app-config.yaml:3 l[1]: Invalid type, got string 'x', wanted object",
            "app-config.yaml:4 l[2]: Invalid type, got string 'y', wanted object");
    assertThat(mistake("m: { a: [], b: x, c: {} }", root -> root.stringMap("m")).lines())
        .hasSize(2);
  }

  @Test
  void items_with_unset_variables_are_left_out_and_the_others_keep_their_index() {
    ConfigSection root = section("l: ['${UNSET}', b]\no: ['${UNSET}', { a: b }]");
    assertThat(root.optionalStrings("l").orElseThrow()).containsExactly("b");
    assertThat(root.sectionList("o").get(0).path()).isEqualTo("o[1]");
  }

  @Test
  void a_map_of_texts_takes_numbers_and_booleans_as_they_are_written() {
    assertThat(section("m: { a: 1.10, b: true, c: '', d: null, e: x }").stringMap("m"))
        .containsExactly(Map.entry("a", "1.10"), Map.entry("b", "true"), Map.entry("e", "x"));
  }

  @Test
  void raw_values_are_plain_and_cannot_be_changed() {
    Object raw = section("r: { a: [1, 2.5, x, null, true], b: {} }").raw("r").orElseThrow();
    assertThat(raw.toString()).isEqualTo("{a=[1, 2.5, x, null, true], b={}}");
    assertThatThrownBy(() -> ((Map<?, ?>) raw).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_relative_path_of_a_text_is_refused() {
    assertThat(section("p: /etc/../etc/ca.pem").optionalPath("p")).contains(Path.of("/etc/ca.pem"));
    assertThat(mistake("p: ca.pem", root -> root.optionalPath("p"))).contains("an absolute path");
    assertThat(mistake("p: \"a\\0b\"", root -> root.optionalPath("p"))).contains("the path of a");
  }

  @Test
  void every_item_of_a_list_of_paths_is_checked() {
    assertThat(section("p: [/a/./b, /c]").optionalPaths("p"))
        .contains(List.of(Path.of("/a/b"), Path.of("/c")));
    assertThat(mistake("p:\n- 5\n- ca.pem\n- /ok", root -> root.optionalPaths("p")).lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("app-config.yaml:2 p[0]: Invalid type, got n"),
            second ->
                assertThat(second)
                    .startsWith("app-config.yaml:3 p[1]: ")
                    .contains("'ca.pem'", "an absolute path"));
  }

  @Test
  void unused_keys_come_with_the_nearest_known_key() {
    ConfigSection kubernetes =
        section(
                """
                kubernetes:
                  clusterLocatorMethod: []
                  objectTypes: [pods]
                  frontend: { podDelete: true }
                  <<: { a: 1 }
                  serviceLocatorMethod: { typ: multiTenant }
                  clusters:
                    - { name: a, ulr: b }
                """)
            .section("kubernetes");
    kubernetes.sections("clusterLocatorMethods");
    kubernetes.raw("frontend");
    kubernetes.optionalStrings("objectTypes");
    kubernetes.section("serviceLocatorMethod").optionalString("type");
    ExtensionConfig cluster = kubernetes.sections("clusters").get(0);
    cluster.string("name");
    cluster.optionalUri("url");
    assertThat(kubernetes.unusedKeys())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            "app-config.yaml:2 kubernetes.clusterLocatorMethod: is not known; did you mean"
                + " 'clusterLocatorMethods'? known keys: clusterLocatorMethods, clusters, frontend,"
                + " objectTypes, serviceLocatorMethod",
            "app-config.yaml:5 kubernetes.<<: is an ordinary key, since YAML 1.2 has no merge keys;"
                + " write the keys out",
            "app-config.yaml:6 kubernetes.serviceLocatorMethod.typ: is not known; did you mean"
                + " 'type'? known keys: type",
            "app-config.yaml:8 kubernetes.clusters[0].ulr: is not known; did you mean 'url'? known"
                + " keys: name, url");
  }

  @Test
  void sections_of_the_same_key_share_what_was_asked() {
    ConfigSection root = section("a: { b: 1, c: 2 }\nl: [{ d: 3 }]");
    root.section("a").raw("b");
    root.optionalSection("a").orElseThrow().raw("c");
    root.sections("l");
    root.sectionList("l").get(0).raw("d");
    assertThat(root.unusedKeys()).isEmpty();
  }

  @Test
  void an_absent_section_can_be_read_on() {
    ConfigSection absent = section("a: {}").section("x").section("y");
    assertThat(absent.path()).isEqualTo("x.y");
    assertThat(absent.location()).isEmpty();
    assertThat(absent.optionalString("z")).isEmpty();
    assertThat(ConfigSection.empty("e").unusedKeys()).isEmpty();
  }

  @Test
  void locations_are_those_of_keys_and_sections() {
    ConfigSection root = section("# a comment\na:\n  b:\n    c\n");
    assertThat(root.section("a").location()).isEqualTo("app-config.yaml:2");
    assertThat(root.section("a").location("b")).isEqualTo("app-config.yaml:3");
    assertThat(root.section("a").location("other")).isEqualTo("app-config.yaml:2");
    assertThat(root.section("a").problem("b", "is bad").problems())
        .containsExactly(new ConfigProblem("app-config.yaml:3", "a.b", "is bad"));
    assertThat(root.section("a").problem("", "is bad")).hasMessage("app-config.yaml:2 a: is bad");
  }

  @Test
  void mistakes_are_collected() {
    ConfigSection root = section("a: 1\nb: x");
    ConfigProblems problems = new ConfigProblems();
    assertThat(problems.<String>read(() -> root.string("a"))).isNull();
    assertThat(problems.<String>read(() -> root.string("a"))).isNull();
    assertThat(problems.<String>read(() -> root.string("b"))).isEqualTo("x");
    problems.add(new ConfigProblem("", "c", "is odd"));
    assertThat(problems.all()).hasSize(2);
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a: Invalid type")
        .hasMessageContaining("c: is odd");
  }

  @Test
  void plain_values_are_read_like_files() {
    ConfigSection root =
        Configuration.of(
                Map.of(
                    "u",
                    URI.create("https://h"),
                    "d",
                    Duration.ofSeconds(3),
                    "s",
                    Secret.of("hunter2"),
                    "n",
                    5,
                    "l",
                    List.of(Map.of("a", "${LITERAL}"))),
                Map.of())
            .root();
    assertThat(root.uri("u")).hasHost("h");
    assertThat(root.optionalDuration("d")).contains(Duration.ofSeconds(3));
    assertThat(root.optionalSecret("s")).contains(Secret.of("hunter2"));
    assertThat(root.optionalInteger("n", 0, 9)).contains(5L);
    assertThat(root.sections("l").get(0).string("a")).isEqualTo("${LITERAL}");
    assertThatThrownBy(() -> root.optionalInteger("s", 0, 9))
        .hasMessageContaining("s: Invalid type, got string a secret");
    assertThatThrownBy(() -> Configuration.of(Map.of("a", Map.of("x", new Object())), Map.of()))
        .hasMessageContaining("a.x: got a java.lang.Object");
    assertThat(Configuration.empty().root().keys()).isEmpty();
  }
}
