package dev.followspot.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.KubernetesObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @Test
  void values_are_hidden_and_all_else_stays() {
    assertThat(
            masked(
                """
                {"metadata":{"name":"db","annotations":{"a":"b"},"managedFields":[{"fieldsV1":{"f:data":{"f:x":{}}}}]},
                 "data":{"x":"aHVudGVyMg==","y":""},"stringData":{"z":"hunter2"},"type":"Opaque","immutable":true}"""))
        .isEqualTo(
            """
            {"metadata":{"name":"db","annotations":{"a":"b"},"managedFields":[{"fieldsV1":{"f:data":{"f:x":{}}}}]},\
            "data":{"x":"***","y":"***"},"stringData":{"z":"***"},"type":"Opaque","immutable":true}""");
  }

  @Test
  void the_configuration_applied_last_is_hidden_too() {
    String applied =
        Json.write(
            Map.of(
                "data",
                Map.of("x", "hunter2"),
                "metadata",
                Map.of(
                    "annotations", Map.of(LAST_APPLIED, "{\"stringData\":{\"y\":\"hunter2\"}}"))));
    KubernetesObject secret =
        RawObjectTest.object("{}").withAnnotation(LAST_APPLIED, applied).withAnnotation("a", "b");

    KubernetesObject masked = SecretMask.mask(secret);

    assertThat(masked.annotations()).containsEntry("a", "b");
    Map<?, ?> hidden = (Map<?, ?>) Json.parse(masked.annotations().get(LAST_APPLIED));
    assertThat(hidden.get("data")).isEqualTo(Map.of("x", "***"));
    assertThat(hidden.toString()).contains("stringData").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":\"hunter2\"}",
        "{\"data\":[\"hunter2\",{\"a\":\"hunter2\"}]}",
        "{\"data\":{\"a\":{\"b\":[\"hunter2\"]},\"c\":null,\"d\":1}}",
        "{\"stringData\":\"hunter2\"}",
        "{\"data\":{},\"data\":{\"a\":\"hunter2\"}}",
        "{\"data\":null,\"data\":{\"a\":\"hunter2\"}}",
        "{\"data\":{\"a\":\"***\",\"a\":\"hunter2\"}}",
        "{\"items\":[{\"data\":{\"a\":\"hunter2\"}},{\"items\":[{\"stringData\":{\"a\":\"hunter2\"}}]}]}",
        "{\"items\":{\"data\":{\"a\":\"hunter2\"}}}",
        "{\"items\":[\"hunter2\",[{\"data\":{\"a\":\"hunter2\"}}]]}",
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"hunter2\"}}}",
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"[{\\\"data\\\":{\\\"a\\\":\\\"hunter2\\\"}}]\"}}}",
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"data\\\":{\\\"a\\\":\\\"hunter2\\\"}\"}}}",
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"data\\\":{},\\\"data\\\":{\\\"a\\\":\\\"hunter2\\\"}}\"}}}",
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":{\"data\":{\"a\":\"hunter2\"}}}}}"
      })
  void no_shape_leaks(String secret) {
    assertThat(masked(secret)).doesNotContain("hunter2");
    assertThat(SecretMask.mask(RawObjectTest.object(secret)).toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":null,\"metadata\":null,\"items\":null}",
        "{\"metadata\":\"x\",\"kind\":\"Secret\"}",
        "{\"metadata\":{\"annotations\":[1]},\"other\":{\"data\":{\"a\":\"b\"}}}"
      })
  void what_holds_no_value_stays(String secret) {
    assertThat(masked(secret)).isEqualTo(secret);
  }

  @Test
  void an_applied_configuration_that_is_too_deep_to_read_is_hidden() {
    Map<String, Object> deep = new LinkedHashMap<>();
    String json = "{\"a\":".repeat(600) + "\"hunter2\"" + "}".repeat(600);
    deep.put("metadata", Map.of("annotations", Map.of(LAST_APPLIED, json)));
    assertThat(SecretMask.mask(KubernetesObject.of(deep)).annotations())
        .isEqualTo(Map.of(LAST_APPLIED, "***"));
  }

  private static String masked(String secret) {
    return ObjectListsTest.json(SecretMask.mask(RawObjectTest.object(secret)));
  }
}
