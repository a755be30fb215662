package dev.followspot.core.json;

import static dev.followspot.core.json.ObjectListsTest.json;
import static dev.followspot.core.json.ObjectListsTest.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.KubernetesObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RawObjectTest {

  private static final String POD =
      """
      {"metadata":{"name":"a-1","namespace":"dev","uid":"u-1","labels":{"app":"a","n":3},"annotations":{}},
       "spec":{"containers":[{"name":"main","ports":[80,8080]},null],"x":null},
       "numbers":[1,-3000000000,9223372036854775808,2.50],"flag":true}""";

  private final KubernetesObject pod = object(POD);

  @Test
  void metadata_is_read_without_parsing_the_whole() {
    assertThat(pod.name()).isEqualTo("a-1");
    assertThat(pod.namespace()).isEqualTo("dev");
    assertThat(pod.uid()).isEqualTo("u-1");
    assertThat(pod.labels()).isEqualTo(Map.of("app", "a"));
    assertThat(pod.annotations()).isEmpty();
    assertThat(pod.kind()).isNull();
    assertThat(pod).hasToString("dev/a-1");
    assertThat(object("{}")).hasToString("(no name)");
  }

  @Test
  void a_path_leads_through_objects_and_lists() {
    assertThat(pod.field("spec", "containers", "0", "ports", "1")).contains(8080);
    assertThat(pod.field("spec", "containers", "0"))
        .contains(Map.of("name", "main", "ports", List.of(80, 8080)));
    assertThat(pod.field("flag")).contains(true);
    assertThat(pod.field("spec", "containers", "1")).isEmpty();
    assertThat(pod.field("spec", "containers", "2")).isEmpty();
    assertThat(pod.field("spec", "containers", "-1")).isEmpty();
    assertThat(pod.field("spec", "containers", "name")).isEmpty();
    assertThat(pod.field("spec", "x")).isEmpty();
    assertThat(pod.field("spec", "x", "y")).isEmpty();
    assertThat(pod.field("flag", "y")).isEmpty();
    assertThat(pod.field("")).isEmpty();
    assertThatThrownBy(pod::field)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the path is empty; name at least one key");
  }

  @Test
  void numbers_are_the_smallest_type_that_holds_them() {
    assertThat(pod.field("numbers").orElseThrow())
        .isEqualTo(
            List.of(
                1, -3000000000L, new BigInteger("9223372036854775808"), new BigDecimal("2.50")));
  }

  @Test
  void values_are_immutable_at_every_level() {
    assertThatThrownBy(() -> pod.asMap().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) pod.field("spec", "containers").orElseThrow()).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    KubernetesObject named = ObjectLists.withKind(pod, "Pod", "v1");
    assertThatThrownBy(() -> named.asMap().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_change_is_a_copy_and_what_is_not_changed_keeps_its_bytes() {
    KubernetesObject changed = pod.withAnnotation("a", "ü").withoutField("spec");
    assertThat(changed.annotations()).isEqualTo(Map.of("a", "ü"));
    assertThat(changed.field("spec")).isEmpty();
    assertThat(changed.asMap().keySet()).containsExactly("metadata", "numbers", "flag");
    assertThat(json(pod)).isEqualTo(POD);
    assertThat(pod.withoutField("spec", "nothing")).isSameAs(pod);
  }

  @Test
  void of_a_key_that_stands_twice_the_first_counts_everywhere() {
    KubernetesObject twice = object("{\"a\":{\"b\":1},\"a\":{\"b\":2,\"c\":3}}");
    assertThat(twice.field("a", "b")).contains(1);
    assertThat(twice.field("a", "c")).isEmpty();
    assertThat(twice.asMap()).isEqualTo(Map.of("a", Map.of("b", 1)));
    assertThat(twice.field("a", "b")).contains(1);
  }

  @Test
  void equal_bytes_are_equal_objects() {
    Set<KubernetesObject> set = new HashSet<>(List.of(pod, object("{}")));
    assertThat(set).contains(object(POD), object("{}")).doesNotContain(object("{ }"));
    assertThat(object(POD)).hasSameHashCodeAs(pod);
    assertThat(ObjectLists.withKind(pod, "A", null))
        .isEqualTo(ObjectLists.withKind(object(POD), "A", null))
        .isNotEqualTo(ObjectLists.withKind(pod, "B", null));
  }

  @Test
  void looking_into_the_bytes_finds_what_the_parsed_object_has() {
    for (int seed = 0; seed < 2000; seed++) {
      String text = new RandomJson(new Random(seed)).object(5);
      KubernetesObject parsed = object(text);
      KubernetesObject values = KubernetesObject.of(parsed.asMap());
      for (List<String> path : paths(parsed.asMap())) {
        String[] keys = path.toArray(String[]::new);
        assertThat(object(text).field(keys))
            .as("seed %s, %s", seed, path)
            .isEqualTo(values.field(keys))
            .isEqualTo(parsed.field(keys));
        String[] further = Arrays.copyOf(keys, keys.length + 1);
        further[keys.length] = "0";
        assertThat(object(text).field(further))
            .as("seed %s, %s", seed, path)
            .isEqualTo(values.field(further));
      }
    }
  }

  private static List<List<String>> paths(Object value) {
    List<List<String>> paths = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> add((String) key, inner, paths));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(String.valueOf(i), list.get(i), paths);
      }
    }
    return paths;
  }

  private static void add(String key, Object inner, List<List<String>> paths) {
    paths.add(List.of(key));
    for (List<String> rest : paths(inner)) {
      List<String> path = new ArrayList<>(List.of(key));
      path.addAll(rest);
      paths.add(path);
    }
  }

  static KubernetesObject object(String json) {
    try {
      return parse("{\"items\":[" + json + "]}").objects().get(0);
    } catch (InvalidListException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void of_a_key_that_is_there_twice_the_first_one_counts_also_if_it_is_written_with_escapes() {
    for (String json :
        List.of(
            "{\"metadata\":{},\"spec\":{\"a\":1},\"spec\":{\"a\":2}}",
            "{\"sp\\u0065c\":{\"a\":1},\"spec\":{\"a\":2}}",
            "{\"x\":{\"spec\":{\"a\":3}},\"spec\":{\"a\":1,\"a\":2}}")) {
      KubernetesObject object = object(json);
      assertThat(object.field("spec", "a")).as(json).contains(1);
      assertThat(object.field("spec")).contains(object.asMap().get("spec"));
      assertThat(object.field("spec", "a")).contains(1);
    }
    assertThat(object("{\"status\":{\"spec\":{\"a\":3}}}").field("spec", "a")).isEmpty();
  }

  @Test
  void small_objects_of_texts_are_read_as_by_a_parser() {
    for (String json :
        List.of(
            "{}",
            " { \"a\" : \"b\" , \"c\" : { } }",
            "{\"a\":\"b\",\"a\":\"c\"}",
            "{\"a\":{\"b\":\"c\"},\"a\":\"d\"}",
            "{\"a\":\"b\\n\"}",
            "{\"\\u0061\":\"b\"}",
            "{\"a\":\"é😀\"}",
            "{\"a\":1}",
            "{\"a\":[\"b\"]}",
            "{\"a\":null}",
            "{\"a\":{\"b\":{\"c\":true}}}")) {
      KubernetesObject object = object("{\"spec\":" + json + ",\"more\":1}");
      Object read = object.field("spec").orElseThrow();
      assertThat(read).as(json).isEqualTo(object.asMap().get("spec"));
      assertThatThrownBy(() -> ((Map<?, ?>) read).clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
