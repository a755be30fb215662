package dev.followspot.core.json;

import static dev.followspot.core.json.ObjectListsTest.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.followspot.spi.KubernetesObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {

  private static final Elements CONTAINERS =
      Elements.of(
          List.of("spec", "containers"),
          List.of(
              List.of("name"),
              List.of("resources", "requests", "cpu"),
              List.of("resources", "limits", "cpu"),
              List.of("ports", "1"),
              List.of("resources")));

  private static KubernetesObject object(String text) throws Exception {
    return parse(("{'kind':'PodList','items':[" + text + "]}").replace('\'', '"')).objects().get(0);
  }

  private static List<List<Object>> values(KubernetesObject object) {
    return CONTAINERS.in(object).stream().map(Arrays::asList).toList();
  }

  @Test
  void values_come_in_the_order_of_the_fields() throws Exception {
    KubernetesObject pod =
        object(
            "{'spec':{'containers':[{'resources':{'limits':{'cpu':2},'requests':{'cpu':'250m'}},"
                + "'ports':[80,81],'name':'main'},7,{'name':'other'}]}}");
    assertThat(values(pod))
        .containsExactly(
            Arrays.asList(
                "main",
                "250m",
                2,
                81,
                Map.of("limits", Map.of("cpu", 2), "requests", Map.of("cpu", "250m"))),
            Arrays.asList("other", null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'spec':null}",
        "{'spec':{'containers':{}}}",
        "{'spec':{'containers':[]}}",
        "{'spec':{'containers':[null,[],'a',1,true,{}]}}",
        "{'spec':{'containers':[{'name':null,'resources':null,'ports':null}]}}",
        "{'spec':{'containers':[{'name':7,'resources':[{'cpu':1}],'ports':{'1':2}}]}}",
        "{'spec':{'containers':[{'resources':'requests','ports':[80]}]}}",
        "{'spec':{'containers':[{'resources':{'requests':'cpu','limits':[1]}}]}}",
        "{'spec':{'containers':[{'resources':{'requests':{'cpu':{'a':['}']}}}},{'name':'b'}]}}",
        "{'spec':{'containers':[{'resources':{'requests':{'cpu':'\\u0031'}}},{'name':'b'}]}}",
        "{'spec':{'containers':[{'resources':{'\\u0072equests':{'cpu':'1'}}},{'name':'b'}]}}",
        "{'spec':{'containers':[{'x':'}]','resources':{'x':'{[','limits':{'cpu':'1'}}}]}}"
      })
  void odd_ones_are_read_as_a_parser_reads_them(String text) throws Exception {
    KubernetesObject raw = object(text);
    assertThat(raw).isInstanceOf(RawObject.class);
    assertThat(values(raw)).isEqualTo(values(KubernetesObject.of(raw.asMap())));
  }

  @Test
  void of_a_key_that_is_there_twice_the_first_value_counts() throws Exception {
    KubernetesObject pod =
        object(
            "{'spec':{'containers':[{'name':'a','resources':{'limits':{'cpu':1,'cpu':2}},"
                + "'name':'b','resources':{'limits':{'cpu':3}}},{'name':'c'}]}}");
    assertThat(values(pod))
        .extracting(values -> values.get(0), values -> values.get(2))
        .containsExactly(tuple("a", 1), tuple("c", null));
  }

  @Test
  void a_path_has_a_key() {
    assertThatThrownBy(() -> Elements.of(List.of(), List.of(List.of("name"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the path is empty; name at least one key");
    assertThatThrownBy(() -> Elements.of(List.of("items"), List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
