package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Plenty;
import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpBody;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No side is read faster than the other one takes it, and memory is bounded. */
class StreamPaceTest {

  /** More than the buffers of two sockets ever hold. */
  private static final long MUCH = 1L << 40;

  private static final long IN_SOCKETS = 32 << 20;

  private static TestCertificates.Identity certificate;

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) {
    certificate = new TestCertificates(folder).server("pace");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static RawServer server(boolean tls, RawServer.Handler handler) throws Exception {
    return tls ? RawServer.tls(certificate.context(), handler) : RawServer.plain(handler);
  }

  private static Cluster cluster(RawServer server) {
    return Asking.cluster(server.url()).caData(certificate.certificatePem()).build();
  }

  /** Waits until a count stands still, and tells where. */
  private static long settled(AtomicLong count) throws InterruptedException {
    long before;
    do {
      before = count.get();
      Thread.sleep(300);
    } while (count.get() != before || before == 0);
    return before;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_slow_reader_slows_the_server_down(boolean tls) throws Exception {
    AtomicLong sent = new AtomicLong();
    try (RawServer server =
        server(
            tls,
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK", "Content-Length: " + MUCH);
              byte[] block = new byte[64 << 10];
              while (true) {
                peer.out.write(block);
                sent.addAndGet(block.length);
              }
            })) {
      Reader reader = read(ask("GET", cluster(server)).answer(engine));
      long unread = settled(sent);
      assertThat(unread).isLessThan(IN_SOCKETS);
      assertThat(reader.taken).hasValue(0);
      while (reader.taken.get() < 2 * unread) {
        reader.next();
      }
      long more = settled(sent);
      assertThat(more).isBetween(reader.taken.get(), reader.taken.get() + IN_SOCKETS);
      reader.cancel();
    }
  }

  @ParameterizedTest
  @CsvSource({"false,true", "false,false", "true,true", "true,false"})
  void a_slow_server_slows_the_body_of_the_request_down(boolean tls, boolean known)
      throws Exception {
    AtomicLong received = new AtomicLong();
    CompletableFuture<Void> go = new CompletableFuture<>();
    try (RawServer server =
        server(
            tls,
            peer -> {
              peer.readHead();
              go.get();
              byte[] block = new byte[64 << 10];
              int count;
              while ((count = peer.in.read(block)) >= 0) {
                received.addAndGet(count);
              }
            })) {
      Plenty plenty = new Plenty(MUCH, 50_000);
      HttpBody body = known ? HttpBody.of(plenty, MUCH) : HttpBody.of(plenty);
      CompletableFuture<StreamResponse> answer =
          ask("POST", cluster(server)).body(body).send(engine);
      long untaken = settled(plenty.given);
      assertThat(untaken).isLessThan(IN_SOCKETS);
      go.complete(null);
      while (received.get() < 3 * untaken) {
        Thread.sleep(5);
      }
      assertThat(plenty.given.get() - received.get()).isLessThan(IN_SOCKETS);
      plenty.subscriber().onError(new IllegalStateException("enough"));
      assertThat(Streaming.failure(answer)).hasMessage("the body of the request broke off");
    }
  }

  @Test
  void tiny_parts_that_nobody_reads_do_not_cost_more_than_the_window() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              byte[] chunks =
                  "1\r\nx\r\n".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
              for (int i = 0; i < 10; i++) {
                peer.out.write(chunks);
              }
              peer.send("0\r\n\r\n");
            })) {
      Reader reader = read(ask("GET", server).answer(engine));
      assertThat(reader.rest()).hasSize(100_000);
    }
  }

  /** What is sent, and how. */
  enum Way {
    HTTP1,
    HTTP1_TLS,
    HTTP2
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void hundreds_of_megabytes_pass_in_both_directions_through_a_small_heap(Way way)
      throws Exception {
    // A process of its own, with little memory; larger for a measurement by hand.
    long bytes = Long.getLong("followspot.test.streamBytes", 300L << 20);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                StreamPassing.class.getName(),
                way.name(),
                Long.toString(bytes))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("passed " + bytes + " bytes");
    System.out.print(output);
  }

  @Test
  void an_answer_that_was_read_already_needs_no_connection() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.answer("whole");
              peer.tell("sent");
            })) {
      StreamResponse response = ask("GET", server).answer(engine);
      server.next();
      assertThat(text(response)).isEqualTo("whole");
    }
  }
}
