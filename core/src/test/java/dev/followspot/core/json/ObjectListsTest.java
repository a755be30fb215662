package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.KubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectListsTest {

  private static final String PODS =
      """
      { "kind": "PodList", "apiVersion": "v1",
        "metadata": {"resourceVersion": "17", "continue": "next", "remainingItemCount": 3},
        "items": [ {"metadata":{"name":"ä"}} ,\t{ "metadata" : { "name" : "b" } } ] }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[{\"a\":1},{},{},{}]}",
        "{\"\\u0061\":1,\"items\":[{\"a\":1},{},{},{}]}"
      })
  void of_a_list_with_more_objects_than_wanted_the_first_are_kept(String body) throws Exception {
    byte[] bytes = body.getBytes(UTF_8);
    List<KubernetesObject> kept = ObjectLists.parse(bytes, bytes.length, 2).objects();
    assertThat(kept).hasSize(2);
    assertThat(kept.get(0).field("a")).contains(1);
  }

  @Test
  void a_list_gives_its_head_and_its_items_untouched() throws Exception {
    ObjectList list = parse(PODS);

    assertThat(list.kind()).isEqualTo("PodList");
    assertThat(list.itemKind()).isEqualTo("Pod");
    assertThat(list.apiVersion()).isEqualTo("v1");
    assertThat(list.resourceVersion()).isEqualTo("17");
    assertThat(list.continueToken()).isEqualTo("next");
    assertThat(list.objects())
        .extracting(ObjectListsTest::json)
        .containsExactly(
            "{\"metadata\":{\"name\":\"ä\"}}", "{ \"metadata\" : { \"name\" : \"b\" } }");
    assertThat(list).hasToString("ObjectList[PodList, 2 objects, more to come]");
  }

  @Test
  void bytes_after_the_length_are_not_read() throws Exception {
    byte[] body = (PODS + "rubbish").getBytes(UTF_8);
    assertThat(ObjectLists.parse(body, PODS.getBytes(UTF_8).length).objects()).hasSize(2);
  }

  @Test
  void a_byte_order_mark_is_skipped() throws Exception {
    assertThat(parse("\uFEFF" + PODS).objects())
        .extracting(KubernetesObject::name)
        .containsExactly("ä", "b");
    assertThat(json(parse("\uFEFF" + PODS).objects().get(0)))
        .isEqualTo("{\"metadata\":{\"name\":\"ä\"}}");
  }

  @Test
  void the_items_may_stand_before_the_head() throws Exception {
    ObjectList list =
        parse("{\"items\":[{}],\"metadata\":{\"continue\":\"\"},\"kind\":\"AllowListList\"}");
    assertThat(list.objects()).hasSize(1);
    assertThat(list.continueToken()).isNull();
    assertThat(list.itemKind()).isEqualTo("AllowList");
  }

  @Test
  void a_list_needs_no_head() throws Exception {
    ObjectList list = parse("{\"kind\":null,\"metadata\":null,\"items\":[]}");
    assertThat(list).isEqualTo(new ObjectList(null, null, null, null, List.of()));
    assertThat(list.itemKind()).isNull();
  }

  @Test
  void null_items_of_a_list_are_none() throws Exception {
    assertThat(parse("{\"kind\":\"WidgetList\",\"items\":null}").objects()).isEmpty();
    refused(
        "{\"items\":null}",
        "the answer is an object without a kind with 'items: null'; a list was expected");
    refused("{\"kind\":\"Widget\",\"items\":null}", "of kind Widget with 'items: null'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                       | the answer is empty
          ` \n `                                   | nothing but white space
          <!DOCTYPE html><html lang="de">          | is HTML or XML instead of JSON; is there a gateway or a login page
          upstream connect error                   | the answer is no JSON; it begins with 'upstream connect error'
          OK                                       | it begins with 'OK'
          [{"kind":"PodList"}]                     | the answer is an array; a list was expected
          "PodList"                                | the answer is a text
          42                                       | the answer is a number
          null                                     | the answer is null
          true                                     | the answer is a boolean
          {}                                       | an object without a kind without 'items'
          {"kind":"Pod","spec":{}}                 | an object of kind Pod without 'items'
          {"items":{}}                             | 'items' of the answer is an object; an array was expected
          {"items":"x"}                            | 'items' of the answer is a text
          {"items":[{},3]}                         | item 1 of the answer is a number; an object was expected
          {"items":[null]}                         | item 0 of the answer is null
          {"items":[[]]}                           | item 0 of the answer is an array
          {"items":[],"items":[]}                  | the answer has 'items' twice
          {"kind":"A","items":[],"kind":"B"}       | the answer has 'kind' twice
          {"metadata":{"continue":"a","continue":"b"},"items":[]} | has 'metadata.continue' twice
          {"metadata":{"continue":7},"items":[]}   | 'metadata.continue' of the answer is a number; a text was expected
          {"metadata":[],"items":[]}               | 'metadata' of the answer is an array
          {"kind":["PodList"],"items":[]}          | 'kind' of the answer is an array
          {"items":[]} {"items":[]}                | goes on after the end of the list
          {"items":[]}]                            | the answer is no JSON: something is wrong near byte
          {"items":[{"a":01}]}                     | the answer is no JSON: something is wrong near byte
          {"items":[{"a":tru}]}                    | the answer is no JSON: something is wrong near byte
          {"items":[{"a":NaN}]}                    | the answer is no JSON: something is wrong near byte
          {"items":[{'a':1}]}                      | the answer is no JSON: something is wrong near byte
          {"items":[{"a":1,}]}                     | the answer is no JSON: something is wrong near byte
          {"items":[{"a":1},]}                     | the answer is no JSON: something is wrong near byte
          {"items":[{"a":"\\x"}]}                  | the answer is no JSON: something is wrong near byte
          {"items":[{"a":1                         | the answer is truncated JSON
          {"items":[{"a":"x                        | the answer is truncated JSON
          """)
  void what_is_no_list_is_refused(String body, String message) {
    refused(body, message);
  }

  @Test
  void a_status_is_refused_with_what_it_says() {
    refused(
        "{\"kind\":\"Status\",\"items\":[],\"reason\":\"Expired\",\"message\":\"too\\nold\\u001b[31m\"}",
        "the answer is a Status instead of a list: too old [31m");
    refused("{\"kind\":\"Status\",\"reason\":\"Expired\"}", "instead of a list: Expired");
  }

  @Test
  void what_is_not_utf_8_is_refused() {
    for (byte[] body : new byte[][] {PODS.getBytes(UTF_16), PODS.getBytes(UTF_16LE)}) {
      assertThatThrownBy(() -> ObjectLists.parse(body, body.length))
          .isInstanceOf(InvalidListException.class)
          .hasMessage("the answer is no JSON in UTF-8");
    }
    byte[] latin = PODS.getBytes(ISO_8859_1);
    assertThatThrownBy(() -> ObjectLists.parse(latin, latin.length))
        .isInstanceOf(InvalidListException.class);
  }

  @Test
  void messages_show_no_content_of_json() {
    assertThatThrownBy(() -> parse("{\"items\":[{\"data\":{\"password\": hunter2 }}]}"))
        .isInstanceOf(InvalidListException.class)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void the_beginning_of_a_page_is_shown_short_and_printable() {
    assertThatThrownBy(() -> parse("<html>\u001b[31m\n\u00fc" + "x".repeat(1000)))
        .hasMessageEndingWith("It begins with '<html>?[31m ??xxxxxxxxxxxxxxxxxxxxxxxxxx…'");
  }

  @Test
  void depth_is_limited_to_what_the_values_of_objects_hold() throws Exception {
    String deepest = "{\"a\":".repeat(499) + "{}" + "}".repeat(499);
    KubernetesObject object = parse("{\"items\":[" + deepest + "]}").objects().get(0);
    assertThat(object.withLabel("a", "b").labels()).containsEntry("a", "b");

    refused("{\"items\":[{\"a\":" + deepest + "}]}", "beyond the limits: more than 500 levels");
    refused("{\"items\":[" + "[".repeat(2_000_000), "item 0 of the answer is an array");
    refused("{\"items\":[{\"a\":" + "[".repeat(2_000_000), "beyond the limits");
    refused("{\"x\":" + "{\"a\":".repeat(2_000_000), "beyond the limits");
    refused("[".repeat(2_000_000), "the answer is an array");
  }

  @Test
  void enormous_numbers_and_keys_are_refused() {
    refused("{\"items\":[{\"a\":" + "9".repeat(5000) + "}]}", "a number of more than 1000 digits");
    refused("{\"items\":[{\"" + "k".repeat(100_000) + "\":1}]}", "beyond the limits");
  }

  @Test
  void texts_may_be_long() throws Exception {
    String text = "x".repeat(25_000_000);
    KubernetesObject object = parse("{\"items\":[{\"a\":\"" + text + "\"}]}").objects().get(0);
    assertThat(object.text("a").orElseThrow()).hasSize(text.length());
  }

  @Test
  void a_number_beyond_every_range_does_not_spoil_its_object() throws Exception {
    KubernetesObject object =
        parse("{\"items\":[{\"a\":1e99999999999,\"b\":1e999999999}]}").objects().get(0);
    assertThat(object.asMap()).containsEntry("a", "1e99999999999");
    assertThat(json(object.withoutField("a"))).isEqualTo("{\"b\":1E+999999999}");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8})
  void a_length_beyond_the_array_is_misuse(int length) {
    assertThatThrownBy(() -> ObjectLists.parse(new byte[7], length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void slices_of_random_lists_are_the_bytes_that_were_sent() throws Exception {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      String[] items = new String[random.nextInt(5)];
      StringBuilder body = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      body.append(json.space()).append("{").append(json.space());
      body.append("\"x\":").append(json.value(3)).append(",\"items\":[");
      for (int i = 0; i < items.length; i++) {
        items[i] = json.object(4);
        body.append(i == 0 ? "" : ",").append(json.space()).append(items[i]).append(json.space());
      }
      body.append("]").append(json.space()).append(",\"kind\":").append(json.text());
      body.append(json.space()).append("}").append(json.space());

      ObjectList list = parse(body.toString());

      assertThat(list.objects())
          .as("seed %s", seed)
          .extracting(ObjectListsTest::json)
          .containsExactly(items);
      for (KubernetesObject object : list.objects()) {
        assertThat(Json.parse(Json.write(object.asMap())))
            .as("seed %s", seed)
            .isEqualTo(object.asMap());
        object
            .asMap()
            .forEach(
                (key, value) ->
                    assertThat(ObjectLists.withKind(object, "K", null).field(key).orElse(null))
                        .isEqualTo(value));
      }
    }
  }

  @Test
  void random_damage_is_refused_or_read_but_never_ends_otherwise() {
    int refused = 0;
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      byte[] body =
          ("{\"kind\":\"XList\",\"items\":[" + json.object(4) + "," + json.object(3) + "]}")
              .getBytes(UTF_8);
      byte[] damaged = Arrays.copyOf(body, random.nextInt(body.length + 1));
      for (int i = random.nextInt(3); i > 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        ObjectLists.parse(damaged, damaged.length).objects().forEach(ObjectListsTest::readAll);
      } catch (InvalidListException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).isGreaterThan(4000);
  }

  @Test
  void every_truncation_is_refused() {
    byte[] body = PODS.stripTrailing().getBytes(UTF_8);
    for (int length = 0; length < body.length; length++) {
      int end = length;
      assertThatThrownBy(() -> ObjectLists.parse(body, end))
          .as("first %s bytes", end)
          .isInstanceOf(InvalidListException.class);
    }
  }

  @Test
  void a_kind_is_added_where_there_is_none() throws Exception {
    KubernetesObject bare = parse("{\"items\":[{\"metadata\":{\"name\":\"a\"}}]}").objects().get(0);
    KubernetesObject named = ObjectLists.withKind(bare, "Wid\"get", "example.com/v1");

    assertThat(json(named))
        .isEqualTo(
            "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Wid\\\"get\",\"metadata\":{\"name\":\"a\"}}");
    assertThat(named.kind()).isEqualTo("Wid\"get");
    assertThat(named.field("kind", "x")).isEmpty();
    assertThat(named.name()).isEqualTo("a");
    assertThat(named.asMap()).containsOnlyKeys("apiVersion", "kind", "metadata");
    assertThat(named).isNotEqualTo(bare);
    assertThat(ObjectLists.withKind(bare, null, null)).isSameAs(bare);
    assertThat(ObjectLists.withKind(named, "Other", "v9")).isSameAs(named);
  }

  @Test
  void a_kind_is_added_to_what_is_empty_or_made_of_values() throws Exception {
    KubernetesObject empty = parse("{\"items\":[{ \n}]}").objects().get(0);
    assertThat(json(ObjectLists.withKind(empty, "A", null))).isEqualTo("{\"kind\":\"A\" \n}");
    KubernetesObject made = KubernetesObject.of(Map.of("a", 1));
    assertThat(ObjectLists.withKind(made, "A", null).kind()).isEqualTo("A");
    KubernetesObject kind = KubernetesObject.of(Map.of("kind", "B"));
    assertThat(ObjectLists.withKind(kind, "A", null)).isSameAs(kind);
  }

  private static void readAll(KubernetesObject object) {
    assertThat(object.name()).isNotNull();
    assertThat(object.labels()).isNotNull();
    assertThat(object.kind() == null).isEqualTo(object.text("kind").isEmpty());
    assertThat(object.withLabel("a", "b").toString()).isNotNull();
    assertThat(json(object.withoutField("nothing"))).isNotEmpty();
  }

  private static void refused(String body, String message) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(InvalidListException.class)
        .hasMessageContaining(message);
  }

  static ObjectList parse(String body) throws InvalidListException {
    byte[] bytes = body.getBytes(UTF_8);
    return ObjectLists.parse(bytes, bytes.length);
  }

  static String json(KubernetesObject object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      JsonWriter.write(object, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(UTF_8);
  }
}
