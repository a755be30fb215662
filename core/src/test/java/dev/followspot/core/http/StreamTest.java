package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.Secret;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the server, and what comes back, over HTTP/1.1. */
class StreamTest {

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @AfterEach
  void close() {
    engine.close();
  }

  /** Tells each head, and answers with what it is given. */
  private static RawServer answering(String... lines) throws Exception {
    return RawServer.plain(
        peer -> {
          while (true) {
            peer.tell(peer.readHead());
            peer.send(String.join("\r\n", lines));
          }
        });
  }

  private static RawServer ok() throws Exception {
    return answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "{}");
  }

  // Requests.

  @Test
  void method_path_query_and_headers_go_on_as_they_came() throws Exception {
    try (RawServer server = ok()) {
      Cluster cluster = Asking.cluster(server.url() + "/k8s/clusters/c-1/").build();
      ask("GET", cluster)
          .to("//api//v1/pods/a%2Fb?watch=true&labelSelector=a%3Db")
          .with("Accept", "application/json;as=Table")
          .with("X-Odd", "\u00e9\u0085 \u00fc")
          .with("X-Twice", "1")
          .with("x-twice", "2")
          .answer(engine);
      assertThat((String) server.next())
          .startsWith(
              "GET /k8s/clusters/c-1//api//v1/pods/a%2Fb?watch=true&labelSelector=a%3Db HTTP/1.1\r\n")
          .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
          .contains("Accept: application/json;as=Table\r\n")
          .contains("X-Odd: \u00e9\u0085 \u00fc\r\n")
          .contains("X-Twice: 1\r\nx-twice: 2\r\n")
          .contains("User-Agent: followspot/")
          .doesNotContain("Content-Length")
          .doesNotContain("Transfer-Encoding")
          .doesNotContain("Accept-Encoding")
          .doesNotContain("Connection")
          .doesNotContain("Authorization");
    }
  }

  @Test
  void what_belongs_to_one_hop_does_not_go_on() throws Exception {
    try (RawServer server = ok()) {
      ask("GET", server)
          .with("Connection", "keep-alive, X-Named")
          .with("X-Named", "secret")
          .with("Keep-Alive", "timeout=5")
          .with("Proxy-Connection", "keep-alive")
          .with("Proxy-Authorization", "Basic secret")
          .with("TE", "trailers")
          .with("Trailer", "X-Sum")
          .with("Transfer-Encoding", "chunked")
          .with("Content-Length", "17")
          .with("Upgrade", "h2c")
          .with("HTTP2-Settings", "secret")
          .with("Expect", "100-continue")
          .with("Host", "evil.example")
          .with("User-Agent", "kubectl/v1.31")
          .answer(engine);
      assertThat(((String) server.next()).toLowerCase(java.util.Locale.ROOT))
          .contains("user-agent: kubectl/v1.31\r\n")
          .contains("host: 127.0.0.1:" + server.port())
          .doesNotContain("followspot")
          .doesNotContain("evil")
          .doesNotContain("secret")
          .doesNotContain("x-named")
          .doesNotContain("keep-alive")
          .doesNotContain("te:")
          .doesNotContain("trailer")
          .doesNotContain("transfer-encoding")
          .doesNotContain("content-length")
          .doesNotContain("upgrade")
          .doesNotContain("expect");
    }
  }

  @Test
  void the_token_of_the_credential_counts_unless_the_headers_have_one() throws Exception {
    try (RawServer server = ok()) {
      Credential token = Credential.bearer(Secret.of("from-the-strategy"));
      assertThat(text(ask("GET", server).as(token).answer(engine))).isEqualTo("{}");
      assertThat((String) server.next()).contains("Authorization: Bearer from-the-strategy\r\n");
      ask("GET", server).as(token).with("authorization", "Bearer mine").answer(engine);
      assertThat((String) server.next())
          .contains("authorization: Bearer mine\r\n")
          .doesNotContain("from-the-strategy");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void a_method_that_may_have_a_body_says_that_there_is_none(String method) throws Exception {
    try (RawServer server = ok()) {
      assertThat(text(ask(method, server).answer(engine))).isEqualTo("{}");
      assertThat((String) server.next())
          .startsWith(method + " /")
          .contains("Content-Length: 0\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FROBNICATE"})
  void any_method_may_have_a_body_of_known_length(String method) throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.tell(peer.read(12));
              peer.answer("{}");
              peer.awaitEnd();
            })) {
      assertThat(text(ask(method, server).body(HttpBody.of("Hello there!")).answer(engine)))
          .isEqualTo("{}");
      assertThat((String) server.next())
          .startsWith(method + " /")
          .contains("Content-Length: 12\r\n")
          .doesNotContain("Transfer-Encoding");
      assertThat(server.next()).isEqualTo("Hello there!");
    }
  }

  @Test
  void a_body_of_unknown_length_goes_in_chunks_each_at_once() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.tell(peer.read(8));
              peer.tell(peer.read(8));
              peer.tell(peer.read(5));
              peer.answer("{}");
              peer.awaitEnd();
            })) {
      Writer writer = new Writer();
      CompletableFuture<StreamResponse> answer =
          ask("POST", server).body(HttpBody.of(writer)).send(engine);
      assertThat((String) server.next())
          .contains("Transfer-Encoding: chunked\r\n")
          .doesNotContain("Content-Length");
      writer.write("one");
      assertThat(server.next()).isEqualTo("3\r\none\r\n");
      writer.write("").write("two");
      assertThat(server.next()).isEqualTo("3\r\ntwo\r\n");
      assertThat(answer).isNotDone();
      writer.complete();
      assertThat(server.next()).isEqualTo("0\r\n\r\n");
      assertThat(text(Streaming.answer(answer))).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GE T,/a,''",
    "'GET / HTTP/1.1\r\nX: ',/a,''",
    "CONNECT,/a,''",
    "connect,/a,''",
    "'',/a,''",
    "GET,'/a b',''",
    "GET,'/a HTTP/1.1\r\nX: y',''",
    "GET,/\u010a,''",
    "GET,/a#b,''",
    "GET,/a,'x y'",
    "GET,/a,'x\r\nX: y'",
  })
  void what_would_write_other_headers_is_not_sent(String method, String path, String query)
      throws Exception {
    try (RawServer server = ok()) {
      Streaming.Ask ask = ask(method, server);
      ask.path = path;
      ask.query = query;
      ApiFailure failure = ask.failure(engine);
      assertThat(failure.status()).isEqualTo(CellStatus.INVALID);
      assertThat(server.accepted()).isZero();
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_header_or_protocol_that_would_write_other_headers_is_not_sent() throws Exception {
    try (RawServer server = ok()) {
      // Over HTTP/2 a character is cut to eight bits: this one to a line feed.
      ApiFailure header = ask("GET", server).with("X-Evil", "a\u010ab: secret").failure(engine);
      assertThat(header.status()).isEqualTo(CellStatus.INVALID);
      assertThat(header).hasMessageContaining("X-Evil").hasMessageNotContaining("secret");
      assertThat(ask("GET", server).upgrade("a\r\nX: y").failure(engine).status())
          .isEqualTo(CellStatus.INVALID);
      assertThat(server.accepted()).isZero();
    }
  }

  // Answers.

  @Test
  void status_headers_and_bytes_come_back_as_the_server_sent_them() throws Exception {
    try (RawServer server =
        answering(
            "HTTP/1.1 302 Found",
            "Location: https://elsewhere.example/",
            "Content-Type: text/plain",
            "Content-Encoding: gzip",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2",
            "X-Empty:",
            "Keep-Alive: timeout=5",
            "Connection: keep-alive, X-Hop",
            "X-Hop: 1",
            "Content-Length: 8",
            "",
            "not gzip")) {
      StreamResponse response = ask("GET", server).answer(engine);
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.tunnel()).isNull();
      assertThat(response.headers().names())
          .containsExactly("location", "content-type", "content-encoding", "set-cookie", "x-empty");
      assertThat(response.headers().all("Set-Cookie")).containsExactly("a=1", "b=2");
      assertThat(response.body().length()).hasValue(8);
      assertThat(text(response)).isEqualTo("not gzip");
    }
  }

  @Test
  void informational_answers_are_skipped() throws Exception {
    try (RawServer server =
        answering(
            "HTTP/1.1 100 Continue",
            "",
            "HTTP/1.1 103 Early Hints",
            "Link: </a>",
            "",
            "HTTP/1.1 200 OK",
            "Content-Length: 2",
            "",
            "{}")) {
      for (int i = 0; i < 2; i++) {
        StreamResponse response = ask("GET", server).answer(engine);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().names()).isEmpty();
        assertThat(text(response)).isEqualTo("{}");
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void head_tells_the_length_of_what_it_does_not_send() throws Exception {
    try (RawServer server = answering("HTTP/1.1 200 OK", "Content-Length: 17", "", "")) {
      for (int i = 0; i < 2; i++) {
        StreamResponse response = ask("HEAD", server).answer(engine);
        assertThat(response.headers().first("Content-Length")).hasValue("17");
        assertThat(response.body().isEmpty()).isTrue();
        assertThat(text(response)).isEmpty();
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(engine.streams()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void some_answers_have_no_body(String status) throws Exception {
    try (RawServer server = answering("HTTP/1.1 " + status, "ETag: \"1\"", "", "")) {
      for (int i = 0; i < 2; i++) {
        StreamResponse response = ask("GET", server).answer(engine);
        assertThat(response.headers().names()).containsExactly("etag");
        assertThat(response.body().isEmpty()).isTrue();
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void lines_of_a_watch_arrive_at_once() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              for (int i = 1; i < 4; i++) {
                peer.send("7\r\nline " + i + "\n\r\n");
                assertThat(peer.in.read()).isEqualTo('\n');
              }
              peer.send("0\r\n\r\n");
              peer.awaitEnd();
            })) {
      // The server waits for the body of the request to confirm each line.
      Writer confirm = new Writer();
      StreamResponse response = ask("POST", server).body(HttpBody.of(confirm, 3)).answer(engine);
      assertThat(response.body().length()).isEmpty();
      Streaming.Reader reader = read(response);
      for (int i = 1; i < 4; i++) {
        assertThat(reader.next()).isEqualTo("line " + i + "\n");
        confirm.write("\n");
      }
      confirm.complete();
      assertThat(reader.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "413 Content Too Large"})
  void an_answer_may_come_before_the_body_is_read(String status) throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 " + status, "Content-Length: 6");
              peer.send("enough");
              peer.tell(peer.readAll());
            })) {
      Writer writer = new Writer();
      StreamResponse response = ask("POST", server).body(HttpBody.of(writer)).answer(engine);
      assertThat(text(response)).isEqualTo("enough");
      writer.awaitCancel();
      // The connection is reset or closed, but the body was never ended as if it were complete.
      Object seen = server.next();
      assertThat(seen).isNotEqualTo("0\r\n\r\n");
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_body_without_length_ends_with_the_connection() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK");
              peer.send("all of it");
            })) {
      assertThat(text(ask("GET", server).answer(engine))).isEqualTo("all of it");
    }
  }

  @Test
  void a_body_that_is_too_short_fails_after_what_came() throws Exception {
    for (List<String> head :
        List.of(List.of("Content-Length: 10"), List.of("Transfer-Encoding: chunked"))) {
      try (RawServer server =
          RawServer.plain(
              peer -> {
                peer.readHead();
                peer.sendHead("HTTP/1.1 200 OK", head.get(0));
                peer.send(head.get(0).startsWith("C") ? "begin" : "5\r\nbegin\r\n");
              })) {
        Streaming.Reader reader = read(ask("GET", server).answer(engine));
        assertThat(reader.next()).isEqualTo("begin");
        ApiFailure failure = reader.failure();
        assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
        assertThat(failure).hasMessageContaining("ended in the middle of the answer");
        assertThat(engine.streams()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-2", "+2", " -2", "-0", "x2", "2x", "ffffffffffffffffff", ""})
  void a_chunk_whose_size_is_no_number_fails_after_what_came(String size) throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              peer.send("5\r\nbegin\r\n" + size + "\r\nok\r\n0\r\n\r\n");
              peer.awaitEnd();
            })) {
      Streaming.Reader reader = read(ask("GET", server).answer(engine));
      assertThat(reader.next()).isEqualTo("begin");
      assertThat(reader.failure().status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_connection_that_is_reset_breaks_the_body_off() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK");
              peer.send("begin");
              peer.in.read();
              peer.reset();
            })) {
      Writer writer = new Writer();
      Streaming.Reader reader = read(ask("POST", server).body(HttpBody.of(writer)).answer(engine));
      assertThat(reader.next()).isEqualTo("begin");
      writer.write("go");
      assertThat(reader.failure().status()).isEqualTo(CellStatus.UNREACHABLE);
      writer.awaitCancel();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Odd: a\u0001b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX Odd: b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
      })
  void an_answer_that_is_no_http_is_told_so(String answer) throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send(answer);
              peer.awaitEnd();
            })) {
      assertThat(ask("GET", server).failure(engine).status())
          .isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_body_with_two_subscribers_goes_to_the_first() throws Exception {
    try (RawServer server = ok()) {
      StreamResponse response = ask("GET", server).answer(engine);
      var publisher = response.body().publisher();
      Streaming.Reader first = new Streaming.Reader();
      Streaming.Reader second = new Streaming.Reader();
      publisher.subscribe(first);
      publisher.subscribe(second);
      assertThat(first.rest()).isEqualTo("{}");
      assertThat(second.taken).hasValue(0);
    }
  }
}
