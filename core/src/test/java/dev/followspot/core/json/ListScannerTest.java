package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListScannerTest {

  private static final byte[] SIGNS =
      "{}[]\",:\\ \n\t0123456789-+.eEtrufalsn\u00001é€😀".getBytes(UTF_8);

  private static @Nullable ObjectList scanned(byte[] body) {
    return scanned(body, body.length);
  }

  private static @Nullable ObjectList scanned(byte[] body, int length) {
    ListScanner scanner = new ListScanner();
    scanner.read(body, length);
    return scanner.list();
  }

  private static @Nullable ObjectList parsed(byte[] body) throws IOException {
    try (JsonParser parser = Parsers.LISTS.createParser(body, 0, body.length)) {
      return new ListReader(parser, body, 0, body.length).read();
    } catch (InvalidListException | IOException e) {
      return null;
    }
  }

  @Test
  void an_ordinary_list_needs_no_parser() {
    String body =
        """
        {
          "kind": "PodList", "apiVersion": "v1",
          "metadata": {"resourceVersion": "17", "continue": "abc", "remainingItemCount": 3},
          "items": [{"metadata": {"name": "a\\u00e9\\n", "x": [1, -0.5e-7, true, null, "é😀"]}}, {}],
          "more": [[], {}]
        }
        """;
    ObjectList list = scanned(body.getBytes(UTF_8));
    assertThat(list).isNotNull();
    assertThat(list.kind()).isEqualTo("PodList");
    assertThat(list.apiVersion()).isEqualTo("v1");
    assertThat(list.resourceVersion()).isEqualTo("17");
    assertThat(list.continueToken()).isEqualTo("abc");
    assertThat(list.objects()).hasSize(2);
    assertThat(list.objects().get(0).name()).isEqualTo("aé\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"items\":null}",
        "{\"items\":[1]}",
        "{\"items\":[{}],\"items\":[]}",
        "{\"kind\":\"A\",\"kind\":\"A\",\"items\":[]}",
        "{\"k\\u0069nd\":\"A\",\"items\":[]}",
        "{\"items\":[{\"\\ud83d\":1}]}",
        "{\"kind\":\"Status\",\"items\":[]}",
        "{\"kind\":\"A\\n\",\"items\":[]}",
        "{\"kind\":null,\"items\":[]}",
        "{\"metadata\":{\"continue\":\"\\u0061\"},\"items\":[]}",
        "{\"kind\":7,\"items\":[]}",
        "{\"metadata\":{},\"metadata\":{},\"items\":[]}",
        "{\"items\":[]} x",
        "{\"items\":[{\"a\":01}]}",
        "{\"items\":[{\"a\":+1}]}",
        "{\"items\":[{\"a\":1.}]}",
        "{\"items\":[{\"a\":.5}]}",
        "{\"items\":[{\"a\":1e}]}",
        "{\"items\":[{\"a\":-}]}",
        "{\"items\":[{\"a\":tru}]}",
        "{\"items\":[{\"a\":truee}]}",
        "{\"items\":[{\"a\":\"\\x\"}]}",
        "{\"items\":[{\"a\":\"\\u12g4\"}]}",
        "{\"items\":[{\"a\":\"\t\"}]}",
        "{\"items\":[{\"a\":1,}]}",
        "{\"items\":[{\"a\":[1,]}]}",
        "{\"items\":[{\"a\":[1}]}]}",
        "{\"items\":[{\"a\" 1}]}",
        "{\"items\":[{a:1}]}",
        "{\"items\":[{}{}]}",
        "{\"items\":[{},]}",
        "{\"items\":[{}",
      })
  void whatever_is_odd_is_left_to_the_parser(String body) {
    assertThat(scanned(body.getBytes(UTF_8))).isNull();
  }

  @Test
  void what_lies_beyond_the_length_is_not_read() {
    byte[] body = "{\"items\":[{\"a\":\"b\"}]}".getBytes(UTF_8);
    for (int length = 0; length < body.length; length++) {
      assertThat(scanned(body, length)).as("length %s", length).isNull();
    }
  }

  @Test
  void nothing_is_taken_for_a_list_that_the_parser_refuses_or_reads_otherwise() throws Exception {
    int lists = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      byte[] body =
          ("{\"kind\":\"XList\",\"x\":" + json.value(2) + ",\"items\":[" + json.object(3) + "]}")
              .getBytes(UTF_8);
      for (int i = random.nextInt(3); i > 0; i--) {
        body[random.nextInt(body.length)] = SIGNS[random.nextInt(SIGNS.length)];
      }
      ObjectList scanned = scanned(body);
      if (scanned != null) {
        lists++;
        assertThat(scanned).as("seed %s", seed).isEqualTo(parsed(body));
      }
    }
    assertThat(lists).isGreaterThan(5_000);
  }
}
