package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.KubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

  @Test
  void objects_go_untouched_into_a_document() throws IOException {
    KubernetesObject raw = RawObjectTest.object("{ \"a\" : 1.50 }");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(bytes);
    json.beginObject();
    json.name("first");
    json.object(raw);
    json.name("list");
    json.beginArray();
    json.object(raw);
    json.object(KubernetesObject.of(Map.of("b", "ü")));
    json.object(ObjectLists.withKind(raw, "A", null));
    json.string("x");
    json.object(raw);
    json.endArray();
    json.name("n");
    json.number(-7);
    json.name("t");
    json.bool(true);
    json.name("none");
    json.string(null);
    json.endObject();
    json.finish();
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            "{\"first\":{ \"a\" : 1.50 },\"list\":[{ \"a\" : 1.50 },{\"b\":\"ü\"},"
                + "{\"kind\":\"A\", \"a\" : 1.50 },\"x\",{ \"a\" : 1.50 }],"
                + "\"n\":-7,\"t\":true,\"none\":null}");
  }

  @Test
  void large_objects_keep_their_order_with_what_is_around_them() throws IOException {
    String large = "{\"a\":\"" + "é".repeat(100_000) + "\"}";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(bytes);
    json.beginArray();
    for (int i = 0; i < 3; i++) {
      json.string("x".repeat(20_000));
      json.object(RawObjectTest.object(large));
    }
    json.endArray();
    json.finish();
    String pair = "\"" + "x".repeat(20_000) + "\"," + large;
    assertThat(bytes.toString(UTF_8)).isEqualTo("[" + pair + "," + pair + "," + pair + "]");
  }

  @Test
  void the_stream_is_flushed_and_stays_open() throws IOException {
    List<String> calls = new ArrayList<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            calls.add("flush " + size());
          }

          @Override
          public void close() {
            calls.add("close");
          }
        };
    JsonOutput json = new JsonOutput(out);
    json.beginArray();
    json.object(RawObjectTest.object("{}"));
    json.endArray();
    json.finish();
    assertThat(calls).isNotEmpty().doesNotContain("close").last().isEqualTo("flush 4");
  }

  @Test
  void an_unfinished_document_is_not_completed_by_finishing_it() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(bytes);
    json.beginArray();
    json.finish();
    assertThat(bytes).hasToString("[");
  }

  @Test
  void plain_values_are_written_compactly() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "a\"b\\c\n\u0001/ü😀");
    values.put("list", Arrays.asList(1, 2L, 0.5, new BigDecimal("1.50"), null, false));
    values.put("big", new BigInteger("9223372036854775808"));
    assertThat(Json.write(values))
        .isEqualTo(
            "{\"text\":\"a\\\"b\\\\c\\n\\u0001/ü😀\",\"list\":[1,2,0.5,1.50,null,false],"
                + "\"big\":9223372036854775808}");
    assertThat(Json.write(null)).isEqualTo("null");
    assertThat(Json.write("x")).isEqualTo("\"x\"");
  }

  @Test
  void half_a_surrogate_pair_becomes_a_replacement_character() {
    Object parsed = Json.parse("{\"😀\":\"a\\ude00b\\ud83d\\ude00\"}");
    assertThat(Json.write(Map.of("a\ud83d", 1))).isEqualTo("{\"a\uFFFD\":1}");
    assertThat(Json.write(parsed)).isEqualTo("{\"😀\":\"a\uFFFDb😀\"}");
  }

  @Test
  void what_is_no_json_is_refused() {
    for (Object wrong : new Object[] {'c', Double.NaN, new Object(), Map.of(1, 2), List.of('x')}) {
      assertThatThrownBy(() -> Json.write(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    List<Object> deep = List.of();
    for (int i = 0; i < 501; i++) {
      deep = List.of(deep);
    }
    Object tooDeep = deep;
    assertThatThrownBy(() -> Json.write(tooDeep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON is nested deeper than 500 levels");
  }

  @Test
  void parsing_refuses_what_is_no_json_without_showing_it() {
    for (String wrong : List.of("", " ", "{", "secret", "[1,]", "{} {}", "[".repeat(501), "1 2")) {
      assertThatThrownBy(() -> Json.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret")
          .hasNoCause();
    }
    assertThatThrownBy(() -> Json.parse("{}".getBytes(UTF_16))).hasMessage("no JSON: not UTF-8");
  }

  @Test
  void random_json_survives_reading_and_writing() {
    for (int seed = 0; seed < 3000; seed++) {
      Object value = Json.parse(new RandomJson(new Random(seed)).value(5));
      assertThat(Json.parse(Json.write(value))).as("seed %s", seed).isEqualTo(value);
    }
  }
}
