package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of clusters that two readers of HTTP could understand in two ways. */
@SuppressWarnings("try")
class AnswerFormsTest {

  private static final String STRAY = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray";

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok" + STRAY,
          "/list", "HTTP/1.1 200 OK\r\nContent-Length: 2, 5\r\n\r\nok" + STRAY,
          "/sign", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok" + STRAY,
          "/coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "/size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx2\r\nok\r\n0\r\n\r\n",
          "/header", "HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 2\r\n\r\nok" + STRAY,
          "/extra", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + STRAY,
          "/none", "HTTP/1.1 204 No Content\r\n\r\n" + STRAY,
          "/both",
              "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "2\r\nok\r\n0\r\n\r\n"
                  + STRAY);

  private static RawCluster cluster;
  private static Backend backend;
  private static URI url;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    cluster =
        RawCluster.start(
            (request, out) ->
                out.write(
                    ANSWERS
                        .getOrDefault(
                            request.target(), RawCluster.answer(200, "text/plain", "next"))
                        .getBytes(ISO_8859_1)));
    backend =
        Backend.start(
            folder, Configs.open(Configs.podsOf("raw", cluster.url())), Configs.ORDERS, "-Xmx64m");
    url = backend.url();
  }

  @AfterAll
  static void stop() throws Exception {
    backend.close();
    cluster.close();
  }

  private static String get(String path) {
    return RawCaller.request("GET", SmugglingForms.PROXY + path, "", "");
  }

  private static void nextIsNext() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(RawCaller.ask(url, get("/next")).body()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lengths", "/list", "/sign"})
  void an_answer_that_is_not_clear_is_502(String path) throws Exception {
    RawCaller.Answer answer = RawCaller.ask(url, get(path));
    assertThat(answer.status()).as(answer.all()).isEqualTo(502);
    assertThat(answer.all()).doesNotContain("stray");
    nextIsNext();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/coding", "/size"})
  void a_body_that_is_not_clear_is_never_complete(String path) throws Exception {
    try (RawCaller caller = new RawCaller(url)) {
      caller.send(get(path));
      String head = caller.head();
      // It may be seen by whoever reads the head, or by whoever has not begun to send it on.
      if (!head.startsWith("HTTP/1.1 502 ") && !head.startsWith("HTTP/1.1 500 ")) {
        // The head was sent before it was seen that the body is broken.
        assertThat(head).doesNotContain("Content-Length");
        assertThat(new String(caller.in().readAllBytes(), ISO_8859_1)).doesNotEndWith("0\r\n\r\n");
      }
    }
    nextIsNext();
  }

  @Test
  void a_header_with_a_control_character_goes_on_without_it() throws Exception {
    RawCaller.Answer answer = RawCaller.ask(url, get("/header"));
    assertThat(answer.head()).doesNotContain("\0").containsOnlyOnce("Content-Length");
    assertThat(answer.body()).isEqualTo("ok");
    nextIsNext();
  }

  @RepeatedTest(3)
  void what_comes_after_an_answer_is_the_answer_to_nothing() throws Exception {
    assertThat(RawCaller.ask(url, get("/extra")).body()).isEqualTo("ok");
    nextIsNext();
    assertThat(RawCaller.ask(url, get("/none")).status()).isEqualTo(204);
    nextIsNext();
  }

  @Test
  void of_a_length_and_chunks_one_goes_on() throws Exception {
    try (RawCaller caller = new RawCaller(url)) {
      caller.send(get("/both"));
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.head()).doesNotContain("Content-Length: 50");
      assertThat(caller.rest()).isEmpty();
    }
    nextIsNext();
  }
}
