package dev.followspot.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KubernetesObjectTest {

  private static KubernetesObject pod() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("name", "order");
    metadata.put("namespace", "dev");
    metadata.put("labels", Map.of("app", "order"));
    metadata.put("deletionTimestamp", null);
    return KubernetesObject.of(
        Map.of(
            "metadata",
            metadata,
            "spec",
            Map.of(
                "containers",
                List.of(Map.of("image", "a:1"), Map.of("image", "b:2")),
                "priority",
                5)));
  }

  @Test
  void metadata_is_read_and_what_is_absent_is_empty_or_null() {
    KubernetesObject pod = pod();
    assertThat(pod.name()).isEqualTo("order");
    assertThat(pod.namespace()).isEqualTo("dev");
    assertThat(pod.labels()).containsExactly(Map.entry("app", "order"));
    assertThat(pod.annotations()).isEmpty();
    assertThat(pod.uid()).isNull();
    assertThat(pod.kind()).isNull();
    assertThat(pod.apiVersion()).isNull();
    KubernetesObject empty = KubernetesObject.of(Map.of());
    assertThat(empty.name()).isEmpty();
    assertThat(empty.namespace()).isNull();
    assertThat(empty.labels()).isEmpty();
  }

  @Test
  void metadata_of_the_wrong_type_is_as_good_as_absent() {
    KubernetesObject odd =
        KubernetesObject.of(
            Map.of(
                "metadata",
                Map.of(
                    "name", 5, "labels", List.of("a"), "annotations", Map.of("a", "b", "n", 1))));
    assertThat(odd.name()).isEmpty();
    assertThat(odd.labels()).isEmpty();
    assertThat(odd.annotations()).containsExactly(Map.entry("a", "b"));
    assertThat(KubernetesObject.of(Map.of("metadata", "text")).name()).isEmpty();
  }

  @Test
  void a_path_leads_through_objects_and_lists() {
    KubernetesObject pod = pod();
    assertThat(pod.text("spec", "containers", "1", "image")).contains("b:2");
    assertThat(pod.field("spec", "priority")).contains(5);
    assertThat(pod.field("spec", "containers", "2")).isEmpty();
    assertThat(pod.field("spec", "containers", "-1")).isEmpty();
    assertThat(pod.field("spec", "containers", "x")).isEmpty();
    assertThat(pod.field("spec", "priority", "x")).isEmpty();
    assertThat(pod.field("metadata", "deletionTimestamp")).as("JSON's null").isEmpty();
    assertThat(pod.text("spec", "priority")).as("no text").isEmpty();
  }

  @Test
  void a_path_without_keys_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> pod().field());
    assertThatIllegalArgumentException().isThrownBy(() -> pod().withField("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> pod().withoutField());
  }

  @Test
  void setting_a_field_makes_a_copy_and_the_objects_on_the_way() {
    KubernetesObject pod = pod();
    KubernetesObject changed =
        pod.withField("c:3", "spec", "containers", "0", "image")
            .withField(List.of(1, true), "status", "new", "values")
            .withField(null, "spec", "priority");
    assertThat(changed.text("spec", "containers", "0", "image")).contains("c:3");
    assertThat(changed.text("spec", "containers", "1", "image")).contains("b:2");
    assertThat(changed.field("status", "new", "values")).contains(List.of(1, true));
    assertThat(((Map<?, ?>) changed.field("spec").orElseThrow()).containsKey("priority")).isTrue();
    assertThat(changed.field("spec", "priority")).isEmpty();
    assertThat(pod).isEqualTo(pod());
  }

  @Test
  void an_element_that_a_list_does_not_have_cannot_be_set() {
    for (String index : List.of("2", "-1", "x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pod().withField("x", "spec", "containers", index, "image"))
          .withMessageContaining("'" + index + "' is no index of a list with 2 elements");
    }
  }

  @Test
  void a_label_or_annotation_is_set_where_there_was_none() {
    KubernetesObject changed = pod().withAnnotation("a/b.c", "1").withLabel("app", "other");
    assertThat(changed.annotations()).containsExactly(Map.entry("a/b.c", "1"));
    assertThat(changed.labels()).containsExactly(Map.entry("app", "other"));
    assertThat(KubernetesObject.of(Map.of()).withLabel("a", "b").labels()).hasSize(1);
  }

  @Test
  void removing_a_field_makes_a_copy() {
    KubernetesObject pod = pod();
    assertThat(pod.withoutField("spec", "containers", "0").text("spec", "containers", "0", "image"))
        .contains("b:2");
    assertThat(pod.withoutField("metadata").asMap()).containsOnlyKeys("spec");
    assertThat(pod.withoutField("metadata", "deletionTimestamp").field("metadata").orElseThrow())
        .as("a null is a value that can be removed")
        .isEqualTo(Map.of("name", "order", "namespace", "dev", "labels", Map.of("app", "order")));
    assertThat(pod).isEqualTo(pod());
  }

  @Test
  void removing_what_is_not_there_gives_the_same_object() {
    KubernetesObject pod = pod();
    assertThat(pod.withoutField("status", "phase")).isSameAs(pod);
    assertThat(pod.withoutField("status")).isSameAs(pod);
    assertThat(pod.withoutField("spec", "containers", "7")).isSameAs(pod);
    assertThat(pod.withoutField("spec", "priority", "x")).isSameAs(pod);
  }

  @Test
  void an_object_keeps_nothing_of_the_values_that_it_was_made_of() {
    List<Object> items = new ArrayList<>(List.of("a"));
    Map<String, Object> json = new LinkedHashMap<>(Map.of("items", items));
    KubernetesObject object = KubernetesObject.of(json);
    items.add("b");
    json.clear();
    assertThat(object.field("items")).contains(List.of("a"));
    assertThatThrownBy(() -> object.asMap().put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) object.field("items").orElseThrow()).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void what_is_not_json_is_refused() {
    for (Object value : List.of(new Object(), 'c', 1.5f, new String[0], Map.of(1, "a"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KubernetesObject.of(Map.of("x", List.of(value))));
      assertThatIllegalArgumentException().isThrownBy(() -> pod().withField(value, "x"));
    }
    KubernetesObject numbers =
        KubernetesObject.of(Map.of("x", List.of(1, 2L, 1.5, new BigDecimal("1e400"), true)));
    assertThat(numbers.field("x", "3")).contains(new BigDecimal("1e400"));
  }

  @Test
  void values_that_hold_themselves_or_are_too_deep_are_refused() {
    Map<String, Object> itself = new LinkedHashMap<>();
    itself.put("x", itself);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KubernetesObject.of(itself))
        .withMessageContaining("deeper than 500");
    Object deep = "x";
    for (int i = 0; i < 100_000; i++) {
      deep = Collections.singletonList(deep);
    }
    Object deepest = deep;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pod().withField(deepest, "x"))
        .withMessageContaining("deeper than 500");
  }

  /** Whatever the object and the path: what is set can be read, and what is removed cannot. */
  @Test
  void what_is_set_is_there_and_what_is_removed_is_not() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      KubernetesObject object = KubernetesObject.of(randomObject(random, 3));
      String[] path = new String[1 + random.nextInt(3)];
      Arrays.setAll(path, i -> "abc".substring(i, i + 1).repeat(1 + random.nextInt(2)));
      String what = "seed " + seed + ": " + object + " " + Arrays.toString(path);
      KubernetesObject set = object.withField("new", path);
      assertThat(set.field(path)).as(what).contains("new");
      assertThat(set.withoutField(path).field(path)).as(what).isEmpty();
      assertThat(object.withoutField(path).field(path)).as(what).isEmpty();
      if (object.field(path).isPresent()) {
        Object old = object.field(path).orElseThrow();
        assertThat(set.withField(old, path)).as(what).isEqualTo(object);
      }
    }
  }

  private static Map<String, Object> randomObject(Random random, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String key : List.of("a", "aa", "b", "bb", "c", "cc")) {
      switch (random.nextInt(depth > 0 ? 4 : 2)) {
        case 0 -> object.put(key, random.nextInt());
        case 1 -> {}
        default -> object.put(key, randomObject(random, depth - 1));
      }
    }
    return object;
  }
}
