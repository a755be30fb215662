package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.failure;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Plenty;
import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over HTTP/2: many on one connection, none of which may slow down or end another. */
class StreamHttp2Test {

  private static final int CANCEL = 8;

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
  void parts_go_and_come_at_once_in_both_directions() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int stream = peer.request();
              peer.head(stream);
              while (true) {
                H2Peer.Frame frame = peer.read(H2Peer.DATA);
                String text = new String(frame.payload(), StandardCharsets.US_ASCII);
                boolean last = (frame.flags() & H2Peer.END_STREAM) != 0;
                peer.data(stream, "<" + text + ">", last);
              }
            })) {
      Writer writer = new Writer();
      Reader reader = read(ask("POST", trusting(server)).body(HttpBody.of(writer)).answer(engine));
      for (int i = 0; i < 5; i++) {
        writer.write("line " + i);
        assertThat(reader.next()).isEqualTo("<line " + i + ">");
      }
      writer.complete();
      assertThat(reader.rest()).isEqualTo("<>");
      assertThat(engine.streams()).isZero();
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void headers_go_and_come_as_the_bytes_that_they_are() throws Exception {
    List<Header> received = new ArrayList<>();
    try (RawServer server =
        server(
            (peer, raw) -> {
              H2Peer.Frame request = peer.read(H2Peer.HEADERS);
              received.addAll(
                  new HPackDecoder(4096, StandardCharsets.ISO_8859_1)
                      .decodeHeaders(ByteBuffer.wrap(request.payload())));
              ByteArrayBuffer answer = new ByteArrayBuffer(100);
              new HPackEncoder(4096, StandardCharsets.ISO_8859_1)
                  .encodeHeaders(
                      answer,
                      List.of(
                          new BasicHeader(":status", "200"),
                          new BasicHeader("x-odd", "\u00fc\u0085\u00e9")),
                      false);
              peer.send(
                  H2Peer.HEADERS,
                  H2Peer.END_HEADERS | H2Peer.END_STREAM,
                  request.stream(),
                  answer.toByteArray());
            })) {
      StreamResponse response =
          ask("GET", trusting(server)).with("x-odd", "\u00e9\u0085 \u00fc").answer(engine);
      assertThat(received)
          .anySatisfy(
              header -> {
                assertThat(header.getName()).isEqualTo("x-odd");
                assertThat(header.getValue()).isEqualTo("\u00e9\u0085 \u00fc");
              });
      assertThat(response.headers().first("x-odd")).hasValue("\u00fc\u0085\u00e9");
    }
  }

  @Test
  void streams_share_one_connection_and_look_ups_have_another() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              while (true) {
                int stream = peer.request();
                peer.head(stream);
                peer.data(stream, "{}", false);
              }
            })) {
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        readers.add(read(ask("GET", trusting(server)).answer(engine)));
      }
      for (Reader reader : readers) {
        assertThat(reader.next()).isEqualTo("{}");
      }
      assertThat(server.accepted()).isEqualTo(1);
      CompletableFuture<ApiResponse> lookUp = Asking.ask(engine, trusting(server));
      assertThat(Asking.status(lookUp)).isEqualTo(CellStatus.TIMEOUT);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void more_watches_than_one_connection_carries_get_another_one() throws Exception {
    try (RawServer server =
        RawServer.tls(
                certificate.context(),
                raw -> {
                  H2Peer peer = new H2Peer(raw, 10);
                  while (true) {
                    int stream = peer.request();
                    peer.head(stream);
                    peer.data(stream, "{}", false);
                  }
                })
            .withHttp2()) {
      List<CompletableFuture<StreamResponse>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        all.add(ask("GET", trusting(server)).send(engine));
      }
      for (CompletableFuture<StreamResponse> one : all) {
        assertThat(read(Streaming.answer(one)).next()).isEqualTo("{}");
      }
      assertThat(server.accepted()).isBetween(6, 12);
    }
  }

  @Test
  void a_slow_reader_stops_its_own_stream_and_no_other() throws Exception {
    byte[] block = new byte[16 << 10];
    try (RawServer server =
        server(
            (peer, raw) -> {
              int slow = peer.request();
              peer.head(slow);
              int sent = 0;
              while (sent + block.length <= peer.initialWindow) {
                peer.send(H2Peer.DATA, 0, slow, block);
                sent += block.length;
              }
              raw.tell(sent);
              // All that follows goes over the same connection, and is read at once.
              int fast = peer.request();
              peer.head(fast);
              long left = peer.initialWindow;
              for (int i = 0; i < 2000; i++) {
                while (left < block.length) {
                  left += allowed(peer, fast);
                }
                peer.send(H2Peer.DATA, 0, fast, block);
                left -= block.length;
              }
              peer.data(fast, "end", true);
              // Now the first one is read, and so may go on.
              raw.tell(allowed(peer, slow));
              peer.data(slow, "end", true);
              peer.read();
            })) {
      Reader slow = read(ask("GET", trusting(server)).to("/slow").answer(engine));
      int sent = (int) server.next();
      assertThat(sent).isBetween(StreamExchange.WINDOW - block.length, StreamExchange.WINDOW);
      Reader fast = read(ask("GET", trusting(server)).to("/fast").answer(engine));
      assertThat(fast.rest()).hasSize(2000 * block.length + 3);
      assertThat(slow.taken).hasValue(0);
      assertThat(slow.rest()).hasSize(sent + 3);
      assertThat((long) server.next()).isPositive();
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** Waits until a stream is allowed more, and tells how much. */
  private static long allowed(H2Peer peer, int stream) throws Exception {
    while (true) {
      H2Peer.Frame frame = peer.read(H2Peer.WINDOW_UPDATE);
      if (frame.stream() == stream) {
        return frame.number();
      }
    }
  }

  @Test
  void an_upload_goes_no_faster_than_the_server_allows() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int stream = peer.request();
              long received = 0;
              while (received < 65_535) {
                received += peer.read(H2Peer.DATA).payload().length;
              }
              raw.tell(received);
              peer.allow(0, 1 << 30);
              peer.allow(stream, 1 << 30);
              H2Peer.Frame frame;
              do {
                frame = peer.read(H2Peer.DATA);
                received += frame.payload().length;
              } while ((frame.flags() & H2Peer.END_STREAM) == 0);
              peer.answer(stream, Long.toString(received));
              peer.read();
            })) {
      Plenty plenty = new Plenty(50 << 20, 10_000);
      CompletableFuture<StreamResponse> answer =
          ask("PUT", trusting(server)).body(HttpBody.of(plenty, 50 << 20)).send(engine);
      assertThat(server.next()).isEqualTo(65_535L);
      assertThat(text(Streaming.answer(answer))).isEqualTo(Integer.toString(50 << 20));
    }
  }

  @Test
  void an_upload_that_the_server_does_not_take_is_not_read() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int first = peer.request();
              long received = 0;
              while (received < 65_535) {
                received += peer.read(H2Peer.DATA).payload().length;
              }
              raw.tell(received);
              int second = peer.request();
              peer.answer(second, "meanwhile");
              H2Peer.Frame reset = peer.read(H2Peer.RST_STREAM);
              raw.tell(reset.stream() == first && reset.number() == CANCEL);
            })) {
      Plenty plenty = new Plenty(1 << 30, 10_000);
      CompletableFuture<StreamResponse> stuck =
          ask("PUT", trusting(server)).body(HttpBody.of(plenty)).send(engine);
      assertThat(server.next()).isEqualTo(65_535L);
      assertThat(text(ask("GET", trusting(server)).answer(engine))).isEqualTo("meanwhile");
      assertThat(plenty.given.get()).isLessThan(100_000);
      plenty.subscriber().onError(new IllegalStateException("gone"));
      assertThat(failure(stuck).status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo(true);
    }
  }

  @Test
  void cancelling_resets_the_stream_at_once_and_late_data_harms_nobody() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              int watch = peer.request();
              peer.head(watch);
              int download = peer.request();
              peer.head(download);
              peer.data(download, "begin", false);
              H2Peer.Frame reset = peer.read(H2Peer.RST_STREAM);
              raw.tell(reset.stream() == download && reset.number() == CANCEL);
              // What was on its way arrives, for longer than HttpCore would put up with.
              for (int i = 0; i < 6; i++) {
                peer.data(download, "late", false);
                Thread.sleep(400);
                peer.data(watch, "line " + i, false);
              }
              peer.data(download, "", true);
              peer.data(watch, "", true);
              raw.awaitEnd();
            })) {
      Reader watch = read(ask("GET", trusting(server)).answer(engine));
      Reader download = read(ask("GET", trusting(server)).answer(engine));
      assertThat(download.next()).isEqualTo("begin");
      download.cancel();
      assertThat(server.next()).isEqualTo(true);
      assertThat(watch.rest()).isEqualTo("line 0line 1line 2line 3line 4line 5");
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void many_watches_opened_and_closed_leave_nothing_behind() throws Exception {
    try (RawServer server =
        server(
            (peer, raw) -> {
              Set<Integer> open = new HashSet<>();
              while (true) {
                H2Peer.Frame frame = peer.read();
                if (frame.type() == H2Peer.HEADERS) {
                  open.add(frame.stream());
                  peer.head(frame.stream());
                } else if (frame.type() == H2Peer.RST_STREAM) {
                  open.remove(frame.stream());
                  raw.tell(open.size());
                }
              }
            })) {
      Reader kept = read(ask("GET", trusting(server)).answer(engine));
      for (int i = 0; i < 200; i++) {
        read(ask("GET", trusting(server)).answer(engine)).cancel();
        // The reset of the stream, or the end of a connection that has had enough of them.
        Object seen = server.next();
        assertThat(seen instanceof Exception || (int) seen <= 1).as("%s", seen).isTrue();
      }
      assertThat(engine.streams()).isEqualTo(1);
      assertThat(engine.connections()).isLessThanOrEqualTo(2);
      kept.cancel();
    }
  }

  @Test
  void padding_does_not_use_the_window_up() throws Exception {
    int size = 200;
    byte[] padded = new byte[1 + size + 255];
    padded[0] = (byte) 255;
    int frames = 3 * StreamExchange.WINDOW / padded.length;
    try (RawServer server =
        server(
            (peer, raw) -> {
              int stream = peer.request();
              peer.head(stream);
              long left = peer.initialWindow;
              for (int i = 0; i < frames; i++) {
                while (left < padded.length) {
                  left += allowed(peer, stream);
                }
                peer.send(H2Peer.DATA, H2Peer.PADDED, stream, padded);
                left -= padded.length;
              }
              peer.data(stream, "", true);
              raw.awaitEnd();
            })) {
      assertThat(text(ask("GET", trusting(server)).answer(engine))).hasSize(frames * size);
    }
  }
}
