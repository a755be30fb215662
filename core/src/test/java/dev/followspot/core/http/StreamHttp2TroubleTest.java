package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.failure;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 servers that answer early, break off, refuse and leave. */
class StreamHttp2TroubleTest {

  private static final int REFUSED_STREAM = 7;

  private static TestCertificates.Identity certificate;

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) {
    certificate = new TestCertificates(folder).server("h2");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private interface H2Handler {
    void handle(H2Peer peer, RawServer.Peer raw) throws Exception;
  }

  private static RawServer server(H2Handler handler) throws Exception {
    return RawServer.tls(certificate.context(), raw -> handler.handle(new H2Peer(raw, 100), raw))
        .withHttp2();
  }

  private static Cluster trusting(RawServer server) {
    return Asking.cluster(server.url()).caData(certificate.certificatePem()).build();
  }

  @Test
  void an_answer_may_come_before_the_body_is_read() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int stream = peer.request();
              peer.answer(stream, "enough");
              H2Peer.Frame frame;
              boolean ended = false;
              do {
                frame = peer.readAny();
                ended |= frame.type() == H2Peer.DATA && (frame.flags() & H2Peer.END_STREAM) != 0;
              } while (frame.type() != H2Peer.RST_STREAM);
              raw.tell(!ended && frame.stream() == stream);
              peer.answer(peer.request(), "next");
              peer.read();
            })) {
      Writer writer = new Writer();
      StreamResponse response =
          ask("POST", trusting(server)).body(HttpBody.of(writer)).answer(engine);
      assertThat(text(response)).isEqualTo("enough");
      writer.awaitCancel();
      assertThat(server.next()).isEqualTo(true);
      assertThat(text(ask("GET", trusting(server)).answer(engine))).isEqualTo("next");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void a_stream_that_is_reset_breaks_the_body_off_and_no_other() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int first = peer.request();
              peer.head(first);
              int second = peer.request();
              peer.head(second);
              peer.data(first, "begin", false);
              peer.reset(first, 2);
              peer.data(second, "whole", true);
              raw.awaitEnd();
            })) {
      Reader first = read(ask("GET", trusting(server)).answer(engine));
      Reader second = read(ask("GET", trusting(server)).answer(engine));
      assertThat(first.next()).isEqualTo("begin");
      ApiFailure failure = first.failure();
      assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(failure).hasMessageContaining("reset the stream in the middle of the answer");
      assertThat(second.rest()).isEqualTo("whole");
    }
  }

  @Test
  void a_connection_that_breaks_ends_all_its_streams() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              for (int i = 0; i < 2; i++) {
                int stream = peer.request();
                peer.head(stream);
                peer.data(stream, "begin", false);
              }
              raw.socket.close();
            })) {
      Reader first = read(ask("GET", trusting(server)).answer(engine));
      Reader second = read(ask("GET", trusting(server)).answer(engine));
      assertThat(first.failure().status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(second.failure().status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(engine.streams()).isZero();
    }
  }

  /** :status 200 and a Content-Length. */
  private static void head(H2Peer peer, int stream, int length) throws Exception {
    byte[] digits = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
    byte[] block =
        ByteBuffer.allocate(4 + digits.length)
            .put((byte) 0x88)
            .put((byte) 0x0f)
            .put((byte) 13)
            .put((byte) digits.length)
            .put(digits)
            .array();
    peer.send(H2Peer.HEADERS, H2Peer.END_HEADERS, stream, block);
  }

  @Test
  void a_body_that_is_not_as_long_as_it_says_breaks_off() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int tooShort = peer.request();
              head(peer, tooShort, 10);
              peer.data(tooShort, "short", true);
              int tooLong = peer.request();
              head(peer, tooLong, 10);
              peer.data(tooLong, "longer than that", false);
              int right = peer.request();
              head(peer, right, 10);
              peer.data(right, "just right", true);
              raw.awaitEnd();
            })) {
      for (int i = 0; i < 2; i++) {
        StreamResponse response = ask("GET", trusting(server)).answer(engine);
        assertThat(response.body().length()).hasValue(10);
        assertThat(read(response).failure().status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      }
      assertThat(text(ask("GET", trusting(server)).answer(engine))).isEqualTo("just right");
    }
  }

  @Test
  void a_refused_stream_is_tried_again_also_with_a_body_that_can_be() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              while (true) {
                peer.reset(peer.request(), REFUSED_STREAM);
                int stream = peer.request();
                raw.tell(new String(peer.read(H2Peer.DATA).payload(), StandardCharsets.US_ASCII));
                peer.answer(stream, "{}");
              }
            })) {
      assertThat(text(ask("POST", trusting(server)).body(HttpBody.of("again")).answer(engine)))
          .isEqualTo("{}");
      assertThat(server.next()).isEqualTo("again");
    }
  }

  @Test
  void a_refused_stream_whose_body_was_taken_fails() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int stream = peer.request();
              peer.read(H2Peer.DATA);
              peer.reset(stream, REFUSED_STREAM);
              raw.tell("refused");
              peer.request();
              raw.tell("sent again");
            })) {
      Writer writer = new Writer();
      CompletableFuture<StreamResponse> answer =
          ask("POST", trusting(server)).body(HttpBody.of(writer)).send(engine);
      writer.write("once");
      assertThat(failure(answer).status()).isEqualTo(CellStatus.UNREACHABLE);
      writer.awaitCancel();
      assertThat(server.next()).isEqualTo("refused");
    }
  }

  @Test
  void a_server_that_leaves_gets_no_write_twice() throws Exception {
    try (RawServer server =
        RawServer.tls(
                certificate.context(),
                raw -> {
                  H2Peer peer = new H2Peer(raw, 100);
                  int first = peer.request();
                  if (raw.number == 1) {
                    int second = peer.request();
                    // The first one was looked at, the second one was not.
                    peer.goAway(first);
                    raw.tell(second);
                    raw.awaitEnd();
                  } else {
                    peer.answer(first, "second try");
                    peer.request();
                    raw.tell("sent again");
                  }
                })
            .withHttp2()) {
      CompletableFuture<StreamResponse> one = ask("POST", trusting(server)).send(engine);
      CompletableFuture<StreamResponse> two = ask("POST", trusting(server)).send(engine);
      CompletableFuture.anyOf(one, two).get(30, TimeUnit.SECONDS);
      CompletableFuture<StreamResponse> unseen = one.isDone() ? one : two;
      CompletableFuture<StreamResponse> seen = one.isDone() ? two : one;
      assertThat(text(Streaming.answer(unseen))).isEqualTo("second try");
      assertThat(seen).isNotDone();
      server.next();
      engine.close();
      assertThat(failure(seen).status()).isEqualTo(CellStatus.CANCELLED);
    }
  }

  @Test
  void a_write_over_a_connection_that_breaks_is_not_repeated() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              peer.answer(peer.request(), "{}");
              peer.request();
              raw.tell("got it");
              raw.socket.close();
            })) {
      text(ask("GET", trusting(server)).answer(engine));
      assertThat(ask("DELETE", trusting(server)).failure(engine).status())
          .isEqualTo(CellStatus.UNREACHABLE);
      assertThat(server.next()).isEqualTo("got it");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }
}
