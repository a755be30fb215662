package dev.followspot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppConfigTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "s3cr3t", "SPACED", "  padded \n", "REFERENCE", "${TOKEN}", "EMPTY", "");

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Object value(String yaml) {
    return AppConfig.parse("app-config.yaml", "v: " + yaml)
        .resolve(ENVIRONMENT)
        .root()
        .raw("v")
        .orElse("(absent)");
  }

  private static String mistakes(ThrowingCallable reader) {
    return catchThrowableOfType(ConfigurationException.class, reader).getMessage();
  }

  @Test
  void later_files_win_objects_merge_deeply_and_lists_are_replaced() throws IOException {
    Path first = file("a.yaml", "k: { a: 1, deep: { x: 1, y: 1 }, list: [1, 2] }\nonly: first");
    Path second = file("b.yaml", "k: { deep: { y: 2, z: 2 }, list: [3] }");
    Path third = file("c.yaml", "k: { a: null }");
    ConfigSection root = AppConfig.read(first, second, third).resolve(Map.of()).root();
    assertThat(root.raw("k").map(Object::toString))
        .contains("{a=null, deep={x=1, y=2, z=2}, list=[3]}");
    assertThat(root.string("only")).isEqualTo("first");
    assertThat(root.section("k").keys()).containsExactly("deep", "list");
  }

  @Test
  void a_value_whose_variable_is_not_set_leaves_that_of_the_earlier_file() {
    Configuration configuration =
        AppConfig.parse("a.yaml", "k: { v: first }")
            .and(AppConfig.parse("b.yaml", "k:\n  v: ${NOT_SET}"))
            .resolve(Map.of());
    assertThat(configuration.root().section("k").string("v")).isEqualTo("first");
    assertThat(configuration.unsetVariables())
        .extracting(ConfigProblem::toString)
        .containsExactly("b.yaml:2 k.v: NOT_SET is not set, so this key counts as absent here");
  }

  @Test
  void variables_are_filled_in_from_the_given_environment_only() {
    assertThat(value("${TOKEN}")).isEqualTo("s3cr3t");
    assertThat(value("'<${TOKEN}> and ${TOKEN}'")).isEqualTo("<s3cr3t> and s3cr3t");
    assertThat(value("${SPACED}")).isEqualTo("padded");
    assertThat(value("${REFERENCE}")).isEqualTo("${TOKEN}");
    assertThat(value("${PATH}")).isEqualTo("(absent)");
  }

  @Test
  void defaults_stand_in_for_variables_that_are_unset_or_empty() {
    assertThat(value("'${NOT_SET:-other}'")).isEqualTo("other");
    assertThat(value("'${EMPTY:-other}'")).isEqualTo("other");
    assertThat(value("'${TOKEN:-other}'")).isEqualTo("s3cr3t");
    assertThat(value("'${NOT_SET:-http://x:1/a-b}'")).isEqualTo("http://x:1/a-b");
    assertThat(value("'${NOT_SET:-}'")).isEqualTo("(absent)");
  }

  @Test
  void a_doubled_dollar_sign_stands_for_itself() {
    assertThat(value("'$${TOKEN}'")).isEqualTo("${TOKEN}");
    assertThat(value("'$$${TOKEN}'")).isEqualTo("$${TOKEN}");
    assertThat(value("'$TOKEN'")).isEqualTo("$TOKEN");
  }

  @Test
  void an_env_include_is_the_value_of_a_variable() {
    assertThat(value("{ $env: TOKEN }")).isEqualTo("s3cr3t");
    assertThat(value("{ $env: NOT_SET }")).isEqualTo("(absent)");
  }

  @Test
  void a_file_include_is_the_text_of_a_file_beside_the_configuration() throws IOException {
    file("secrets/token", "abc\n");
    Path config = file("app-config.yaml", "v: { $file: secrets/token }");
    Configuration configuration = AppConfig.read(config).resolve(Map.of());
    assertThat(configuration.root().string("v")).isEqualTo("abc");
    assertThat(configuration.files()).containsExactly(folder.resolve("secrets/token"));
  }

  @Test
  void an_include_is_the_value_in_another_file_with_its_own_variables_and_folder()
      throws IOException {
    file("more/clusters.yaml", "dev: { name: dev, token: '${TOKEN}', ca: { $file: ca.crt } }");
    file("more/ca.crt", "PEM");
    Path config = file("app-config.yaml", "v: { $include: more/clusters.yaml#dev }");
    assertThat(AppConfig.read(config).resolve(ENVIRONMENT).root().raw("v").map(Object::toString))
        .contains("{name=dev, token=s3cr3t, ca=PEM}");
  }

  @Test
  void every_include_that_fails_is_reported_with_its_place() throws IOException {
    Path config =
        file(
            "app-config.yaml",
            """
            a: { $file: nowhere }
            b: { $include: app-config.yaml#c }
            c: { $include: app-config.yaml#b }
            d: { $include: notes.txt }
            e: { $file: x, y: 1 }
            f: { $include: app-config.yaml#a.b.c }
            """);
    file("notes.txt", "text");
    String message = mistakes(() -> AppConfig.read(config).resolve(Map.of()));
    assertThat(message.lines())
        .anySatisfy(line -> assertThat(line).contains(":1 a: there is no file nowhere"))
        .anySatisfy(line -> assertThat(line).contains("$include leads back to itself"))
        .anySatisfy(line -> assertThat(line).contains(":4 d: $include reads .json, .yaml and .yml"))
        .anySatisfy(line -> assertThat(line).contains("$file must be the only key of its object"));
  }

  @Test
  void the_mistakes_of_all_files_are_reported_at_once() throws IOException {
    Path first = file("a.yaml", "k: 1\nk: 2\nl: 3\nl: 4");
    Path second = file("b.yaml", "k: [1");
    Path third = file("c.yaml", "- a list");
    assertThat(mistakes(() -> AppConfig.read(first, second, third, folder.resolve("no.yaml"))))
        .contains("a.yaml:2 k: this key is there twice, first at line 1")
        .contains("a.yaml:4 l: this key is there twice, first at line 3")
        .contains("b.yaml:")
        .contains("c.yaml:1 the top level is of type array")
        .contains("there is no file " + folder.resolve("no.yaml"));
  }

  @Test
  void a_mistake_never_quotes_the_line_it_stands_on() {
    for (String line :
        List.of(
            "token: 'hunter2",
            "token: hunter2: x",
            "token: \"\\hunter2\"",
            "token: *hunter2",
            "token: !hunter2 x",
            "token: hunter2\n\tx: y",
            "token: @hunter2",
            "{ hunter2",
            "? [hunter2]\n: x")) {
      assertThat(mistakes(() -> AppConfig.parse("app-config.yaml", "a: 1\n" + line)))
          .describedAs(line)
          .startsWith("app-config.yaml:")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void secrets_show_nowhere() {
    Configuration configuration =
        AppConfig.parse("app-config.yaml", "k: { token: '${TOKEN}', size: '${TOKEN}' }")
            .resolve(ENVIRONMENT);
    ConfigSection section = configuration.root().section("k");
    assertThat(section.optionalSecret("token").map(Secret::toString)).contains("***");
    assertThat(configuration.toString() + section + configuration.root()).doesNotContain("s3cr3t");
    assertThat(mistakes(() -> section.optionalInteger("size", 1, 9)))
        .contains("the value of ${TOKEN}")
        .doesNotContain("s3cr3t");
  }

  @Test
  void aliases_that_grow_without_bound_are_refused_in_bounded_memory() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(alias, alias))));
    }
    assertThat(mistakes(() -> AppConfig.parse("app-config.yaml", bomb.toString())))
        .contains("200000 values");
  }

  @Test
  void aliases_that_refer_to_what_holds_them_are_refused() {
    assertThat(mistakes(() -> AppConfig.parse("app-config.yaml", "a: &a { b: [*a] }")))
        .isEqualTo(
            "app-config.yaml:1 a.b[0]: an alias refers to an object or list that holds it; remove"
                + " the alias");
  }

  @Test
  void deep_nesting_is_refused() {
    assertThat(
            mistakes(
                () ->
                    AppConfig.parse(
                        "app-config.yaml", "a: " + "[".repeat(50_000) + "]".repeat(50_000))))
        .contains("deeper than 100 levels");
  }

  @Test
  void a_file_of_100_megabytes_is_refused_unread() throws IOException {
    Path large = folder.resolve("large.yaml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(100L * 1024 * 1024);
    }
    assertThat(mistakes(() -> AppConfig.read(large))).endsWith("large.yaml is larger than 8 MiB");
    Path config = file("app-config.yaml", "v: { $file: large.yaml }");
    assertThat(mistakes(() -> AppConfig.read(config).resolve(Map.of())))
        .contains("large.yaml is larger than 8 MiB");
  }

  @Test
  void folders_devices_and_other_encodings_are_refused() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "a: 1\nb: ü".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide.yaml");
    Files.write(wide, "a: 1".getBytes(StandardCharsets.UTF_16));
    assertThat(mistakes(() -> AppConfig.read(latin, wide, folder)))
        .contains("is not UTF-8: look at line 2")
        .contains("is UTF-16: save it as UTF-8")
        .contains("is a folder: name a file");
  }

  @Test
  void only_the_wanted_keys_are_resolved() {
    assertThat(
            AppConfig.parse("app-config.yaml", "kubernetes: { a: 1 }\napp: { $file: nowhere }")
                .only("kubernetes", "followspot")
                .resolve(Map.of())
                .root()
                .keys())
        .containsExactly("kubernetes");
  }

  @Test
  void keys_below_the_top_level_can_be_chosen_too() {
    Configuration configuration =
        AppConfig.parse(
                "app-config.yaml",
                """
                backend:
                  auth: { a: 1 }
                  listen: ':7007'
                  database: { password: '${NOT_SET}', ca: { $file: nowhere } }
                kubernetes: { b: 2 }
                """)
            .and(AppConfig.parse("more.yaml", "backend: text"))
            .and(AppConfig.parse("last.yaml", "backend: { auth: { c: 3 }, database: {} }"))
            .only("backend.auth", "backend.listen", "kubernetes")
            .resolve(Map.of());
    assertThat(configuration.unsetVariables()).isEmpty();
    assertThat(configuration.root().keys()).containsExactlyInAnyOrder("backend", "kubernetes");
    assertThat(configuration.root().section("backend").section("auth").keys()).containsExactly("c");
  }

  @Test
  void whatever_is_written_as_json_is_read_back() {
    long seed = 20_261_124;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Map<String, Object> value = object(random, 3);
      Configuration read =
          AppConfig.parse(
                  "app-config.yaml", dev.followspot.core.json.Json.write(Map.of("v", value)))
              .resolve(Map.of());
      assertThat(read.root().raw("v").orElse(null))
          .describedAs("seed %d, case %d", seed, i)
          .isEqualTo(value);
    }
  }

  private static Map<String, Object> object(Random random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      map.put("k" + text(random).replace("$", ""), any(random, depth - 1));
    }
    return map;
  }

  private static Object any(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2, 3 -> text(random);
      case 4 -> object(random, depth);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(any(random, depth - 1));
        }
        yield list;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    String characters = "aZ0 -_.:#,'\"\\/{}[]&*!|>%@`~?\n\t\u00fc\u20ac";
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  @Test
  void no_text_does_anything_but_parse_or_be_a_mistake() {
    long seed = 42;
    Random random = new Random(seed);
    String characters = "ab:-[]{}&*!|>'\"%@`#,? \n\t$\\<~0.";
    for (int i = 0; i < 5000; i++) {
      StringBuilder yaml = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        yaml.append(characters.charAt(random.nextInt(characters.length())));
      }
      try {
        AppConfig.parse("app-config.yaml", yaml.toString()).resolve(Map.of("a", "b"));
      } catch (ConfigurationException e) {
        assertThat(e.problems()).describedAs("seed %d, case %d", seed, i).isNotEmpty();
      }
    }
  }

  @Test
  void a_password_of_an_address_shows_nowhere_however_it_is_mistyped() {
    for (String url :
        List.of(
            "https://admin:p/hunter2@10.0.0.1:6443",
            "https://admin:p#hunter2@10.0.0.1",
            "https://ad min:p?hunter2@10.0.0.1",
            "ftp://admin:hunter2@10.0.0.1")) {
      ConfigSection root =
          AppConfig.parse("app-config.yaml", "url: '" + url + "'").resolve(Map.of()).root();
      assertThat(mistakes(() -> root.uri("url"))).doesNotContain("hunter2");
    }
  }
}
