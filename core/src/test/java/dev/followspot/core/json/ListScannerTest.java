package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
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
    ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
    scanner.read(body, length);
    return scanner.list();
  }

  private static @Nullable ObjectList parsed(byte[] body) throws IOException {
    try (JsonParser parser = Parsers.LISTS.createParser(body, 0, body.length)) {
      return new ListReader(parser, body, 0, body.length, Integer.MAX_VALUE).read();
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

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63, 64, 65, 127, 128, 129, 300, 480})
  void objects_and_arrays_are_told_apart_at_every_level(int depth) {
    Random random = new Random(depth);
    StringBuilder open = new StringBuilder();
    StringBuilder close = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      boolean array = random.nextBoolean();
      open.append(array ? "[" : "{\"a\":");
      close.insert(0, array ? ']' : '}');
    }
    String list = "{\"items\":[{\"x\":" + open + "1%s}]}";
    assertThat(scanned(list.formatted(close).getBytes(UTF_8))).isNotNull();
    for (int i = 0; i < depth; i++) {
      StringBuilder wrong = new StringBuilder(close);
      wrong.setCharAt(i, close.charAt(i) == ']' ? '}' : ']');
      assertThat(scanned(list.formatted(wrong).getBytes(UTF_8))).as("closer %s", i).isNull();
    }
  }

  @Test
  void items_beyond_those_that_are_wanted_are_checked_and_not_kept() {
    byte[] body = "{\"items\":[{\"a\":1},{\"b\":2},{\"c\":3},{\"d\":4}]}".getBytes(UTF_8);
    ListScanner scanner = new ListScanner(2);
    scanner.read(body, body.length);
    ObjectList list = scanner.list();
    assertThat(list).isNotNull();
    assertThat(list.objects()).extracting(Object::toString).hasSize(2);
    byte[] damaged = "{\"items\":[{\"a\":1},{\"b\":2},{\"c\":3},{\"d\":}]}".getBytes(UTF_8);
    ListScanner other = new ListScanner(2);
    other.read(damaged, damaged.length);
    assertThat(other.list()).isNull();
  }

  /** As whoever feeds it does: what was not read comes again, in a larger array if nothing was. */
  private static @Nullable ObjectList scannedInParts(byte[] body, int size) {
    ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
    int begin = 0;
    int capacity = size;
    while (true) {
      byte[] part = Arrays.copyOfRange(body, begin, Math.min(body.length, begin + capacity));
      int done = scanner.read(part, part.length);
      if (begin + part.length == body.length) {
        return scanner.list();
      }
      begin += done;
      capacity = done == 0 ? 2 * capacity : Math.max(size, capacity - done + 1);
    }
  }

  @Test
  void a_list_that_comes_in_parts_is_read_as_one_that_is_there_at_once() {
    int lists = 0;
    for (int seed = 0; seed < 6_000; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      String items = json.object(3) + json.space() + "," + json.object(2) + "," + json.object(3);
      byte[] body =
          ("{\"kind\":\"XList\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":["
                  + items
                  + "],\"y\":"
                  + json.value(2)
                  + "}"
                  + json.space())
              .getBytes(UTF_8);
      if (random.nextInt(4) == 0) {
        body[random.nextInt(body.length)] = SIGNS[random.nextInt(SIGNS.length)];
      }
      ObjectList whole = scanned(body);
      lists += whole == null ? 0 : 1;
      for (int size : new int[] {1, 2, 7, 64, 1 + random.nextInt(body.length)}) {
        assertThat(scannedInParts(body, size)).as("seed %s in %s", seed, size).isEqualTo(whole);
      }
    }
    assertThat(lists).isGreaterThan(500);
  }

  @Test
  void what_ends_a_text_is_found_wherever_it_is() {
    for (byte special :
        new byte[] {'"', '\\', 0, 31, '\n', (byte) 0x80, (byte) 0xc3, (byte) 0xff}) {
      for (int length = 0; length < 40; length++) {
        for (int start = 0; start <= length; start++) {
          byte[] text = new byte[length + 3];
          for (int i = 0; i < text.length; i++) {
            text[i] =
                i < start ? (byte) '"' : (byte) (' ' + 5 * i % 90 + (5 * i % 90 == 2 ? 1 : 0));
            text[i] = text[i] == '\\' && i >= start ? (byte) '~' : text[i];
          }
          text[length] = special;
          assertThat(EightBytes.special(text, start)).isEqualTo(length);
        }
      }
    }
  }

  @Test
  void a_text_without_an_end_goes_on_behind_the_array() {
    assertThatThrownBy(() -> EightBytes.special("abcdefghij\u007f~".getBytes(UTF_8), 1))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }
}
