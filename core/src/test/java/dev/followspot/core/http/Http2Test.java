package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.status;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2: one connection for many requests, and servers that misbehave frame by frame. */
class Http2Test {

  private static TestCertificates.Identity certificate;

  private final HttpEngine engine =
      new HttpEngine(
          HttpSettings.DEFAULT.withTimeouts(
              Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60)));

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

  private static RawServer server(int maxStreams, H2Handler handler) throws Exception {
    return RawServer.tls(
            certificate.context(), raw -> handler.handle(new H2Peer(raw, maxStreams), raw))
        .withHttp2();
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384, 65_536, 262_144, 16_777_215})
  void long_tokens_go_out_in_frames_that_every_server_takes(int maxFrame) throws Exception {
    try (RawServer server =
        RawServer.tls(
                certificate.context(),
                raw -> {
                  H2Peer peer = new H2Peer(raw, 100, maxFrame);
                  while (true) {
                    H2Peer.Frame frame = peer.read(H2Peer.HEADERS);
                    int stream = frame.stream();
                    int length = frame.payload().length;
                    int largest = length;
                    while ((frame.flags() & H2Peer.END_HEADERS) == 0) {
                      frame = peer.read(H2Peer.CONTINUATION);
                      length += frame.payload().length;
                      largest = Math.max(largest, frame.payload().length);
                    }
                    peer.answer(stream, length + " " + largest);
                  }
                })
            .withHttp2()) {
      // The second one is sent when the settings of the server are known.
      for (int tokenLength : new int[] {100, 24_000, 100_000}) {
        Credential credential = Credential.bearer(Secret.of("\\~".repeat(tokenLength / 2)));
        String[] lengths =
            text(ask(
                    engine,
                    trusting(server),
                    Asking.of(credential),
                    within(Duration.ofSeconds(30))))
                .split(" ", 2);
        assertThat(Integer.parseInt(lengths[0])).isGreaterThanOrEqualTo(tokenLength);
        assertThat(Integer.parseInt(lengths[1])).isLessThanOrEqualTo(16_384);
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  private static Cluster trusting(RawServer server) {
    return cluster(server.url()).caData(certificate.certificatePem()).build();
  }

  private static RawServer friendly() throws Exception {
    return server(
        100,
        (peer, raw) -> {
          while (true) {
            peer.answer(peer.request(), "{}");
          }
        });
  }

  /** Answers when so many requests have come, so that all of them are under way at once. */
  private static RawServer gathering(int count) throws Exception {
    List<IoAction> answers = new ArrayList<>();
    return server(
        100,
        (peer, raw) -> {
          while (true) {
            int stream = peer.request();
            synchronized (answers) {
              answers.add(() -> peer.answer(stream, "{}"));
              if (answers.size() == count) {
                for (IoAction answer : answers) {
                  answer.run();
                }
                answers.clear();
              }
            }
          }
        });
  }

  @FunctionalInterface
  private interface IoAction {
    void run() throws IOException;
  }

  private List<CompletableFuture<ApiResponse>> many(int count, Cluster cluster) {
    return many(engine, count, cluster);
  }

  private static List<CompletableFuture<ApiResponse>> many(
      HttpEngine engine, int count, Cluster cluster) {
    List<CompletableFuture<ApiResponse>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(ask(engine, cluster));
    }
    return all;
  }

  @Test
  void many_requests_share_one_connection_also_on_a_cold_start() throws Exception {
    try (RawServer server = friendly()) {
      for (CompletableFuture<ApiResponse> one : many(300, trusting(server))) {
        assertThat(text(one)).isEqualTo("{}");
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(engine.connections()).isEqualTo(1);
    }
  }

  /** What the I/O threads have allocated so far. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("followspot-http-io"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
        .sum();
  }

  private static long allocatedBy(int requests, HttpEngine engine, Cluster cluster)
      throws Exception {
    long before = allocated();
    List<CompletableFuture<ApiResponse>> all = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      String path = "/api/v1/namespaces/" + i + "/pods";
      ApiRequest request =
          new ApiRequest(cluster, ANONYMOUS, path, "", within(Duration.ofSeconds(30)));
      all.add(engine.get(request).toCompletableFuture());
    }
    for (CompletableFuture<ApiResponse> one : all) {
      assertThat(text(one)).isEqualTo("{}");
    }
    return allocated() - before;
  }

  @Test
  void a_request_costs_no_more_memory_after_many_others_on_its_connection() throws Exception {
    try (RawServer server = friendly();
        HttpEngine single = new HttpEngine(HttpSettings.DEFAULT.withConcurrency(256, 100, 1))) {
      Cluster cluster = trusting(server);
      allocatedBy(200, single, cluster);
      long early = allocatedBy(200, single, cluster);
      allocatedBy(4_000, single, cluster);
      assertThat(allocatedBy(200, single, cluster)).isLessThan(2 * early);
    }
  }

  private static void askAllAfterAPause(HttpEngine engine, int count, Cluster cluster)
      throws Exception {
    Thread.sleep(300);
    for (CompletableFuture<ApiResponse> one : many(engine, count, cluster)) {
      assertThat(text(one)).isEqualTo("{}");
    }
  }

  private static void awaitConnections(HttpEngine engine, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (engine.connections() < count && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(engine.connections()).isEqualTo(count);
  }

  @Test
  void many_requests_after_a_pause_get_more_connections_for_the_next_time() throws Exception {
    int most = HttpSettings.DEFAULT.maxConnectionsPerCluster();
    int more = most + 4;
    try (RawServer server = gathering(more)) {
      Cluster cluster = trusting(server);
      askAllAfterAPause(engine, more, cluster);
      askAllAfterAPause(engine, more, cluster);
      awaitConnections(engine, most);
      askAllAfterAPause(engine, more, cluster);
      assertThat(server.accepted()).isEqualTo(most);
    }
  }

  @Test
  void few_requests_after_a_pause_share_one_connection() throws Exception {
    try (RawServer server = friendly()) {
      Cluster cluster = trusting(server);
      askAllAfterAPause(engine, 3, cluster);
      askAllAfterAPause(engine, 3, cluster);
      assertThat(engine.connections()).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void there_are_never_more_connections_than_the_configuration_allows() throws Exception {
    try (RawServer server = gathering(28);
        HttpEngine small = new HttpEngine(HttpSettings.DEFAULT.withConcurrency(256, 100, 2))) {
      Cluster cluster = trusting(server);
      for (int i = 0; i < 4; i++) {
        askAllAfterAPause(small, 28, cluster);
      }
      awaitConnections(small, 2);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void clusters_that_are_asked_at_once_share_the_connections_for_the_next_time() throws Exception {
    List<RawServer> servers = new ArrayList<>();
    try (HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT.withBounds(1 << 20, 40))) {
      for (int i = 0; i < 8; i++) {
        servers.add(gathering(28));
      }
      for (int round = 0; round < 4; round++) {
        Thread.sleep(300);
        List<CompletableFuture<ApiResponse>> all = new ArrayList<>();
        for (RawServer server : servers) {
          all.addAll(many(engine, 28, trusting(server)));
        }
        for (CompletableFuture<ApiResponse> one : all) {
          assertThat(text(one)).isEqualTo("{}");
        }
      }
      awaitConnections(engine, 16);
      assertThat(servers).extracting(RawServer::accepted).containsOnly(2);
    } finally {
      for (RawServer server : servers) {
        server.close();
      }
    }
  }

  @Test
  void a_server_that_allows_few_streams_gets_no_more_at_a_time() throws Exception {
    try (RawServer server =
        server(
            4,
            (peer, raw) -> {
              while (true) {
                peer.answer(peer.request(), "{}");
              }
            })) {
      for (CompletableFuture<ApiResponse> one : many(100, trusting(server))) {
        assertThat(text(one)).isEqualTo("{}");
      }
      assertThat(server.accepted())
          .isLessThanOrEqualTo(HttpSettings.DEFAULT.maxConnectionsPerCluster());
    }
  }

  @Test
  void cancelling_resets_the_stream_at_once_and_keeps_the_connection() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              int first = peer.request();
              raw.tell(first);
              H2Peer.Frame reset = peer.read();
              raw.tell(reset.type() + " " + (reset.stream() == first) + " " + reset.number());
              while (true) {
                peer.answer(peer.request(), "{}");
              }
            })) {
      CancellationSource source = new CancellationSource();
      RequestContext context = RequestContext.create().withCancellation(source.token());
      CompletableFuture<ApiResponse> call = ask(engine, trusting(server), ANONYMOUS, context);
      server.next();
      source.cancel();

      assertThat(call).isCompletedExceptionally();
      assertThat(status(call)).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo(H2Peer.RST_STREAM + " true 8");
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void cancelling_in_the_middle_of_an_answer_harms_no_other() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              // HttpCore closes a connection on which data comes more than a second late; who is
              // harmed by it asks again.
              while (raw.number > 1) {
                peer.answer(peer.request(), "{\"other\":1}");
              }
              int first = peer.request();
              peer.head(first);
              peer.data(first, "{\"items\":[", false);
              raw.tell(first);
              int second = peer.request();
              raw.tell(second);
              while (peer.read().type() != H2Peer.RST_STREAM) {
                // The reset is what counts.
              }
              peer.data(first, "1,2,3", false);
              peer.answer(second, "{\"other\":1}");
              while (true) {
                peer.answer(peer.request(), "{\"other\":1}");
              }
            })) {
      CancellationSource source = new CancellationSource();
      RequestContext context = RequestContext.create().withCancellation(source.token());
      CompletableFuture<ApiResponse> first = ask(engine, trusting(server), ANONYMOUS, context);
      server.next();
      CompletableFuture<ApiResponse> second = ask(engine, trusting(server));
      server.next();
      source.cancel();

      assertThat(status(first)).isEqualTo(CellStatus.CANCELLED);
      assertThat(text(second)).isEqualTo("{\"other\":1}");
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{\"other\":1}");
    }
  }

  @Test
  void thousands_of_cancelled_calls_leave_the_cluster_usable() throws Exception {
    try (RawServer server =
        server(
            50,
            (peer, raw) -> {
              while (true) {
                H2Peer.Frame frame = peer.read();
                if (frame.type() == H2Peer.HEADERS && raw.number > 0 && answering) {
                  peer.answer(frame.stream(), "{}");
                }
              }
            })) {
      answering = false;
      for (int round = 0; round < 30; round++) {
        CancellationSource source = new CancellationSource();
        RequestContext context = RequestContext.create().withCancellation(source.token());
        List<CompletableFuture<ApiResponse>> doomed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          doomed.add(ask(engine, trusting(server), ANONYMOUS, context));
        }
        source.cancel();
        for (CompletableFuture<ApiResponse> one : doomed) {
          assertThat(status(one)).isEqualTo(CellStatus.CANCELLED);
        }
      }
      answering = true;
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{}");
      assertThat(engine.requests()).isZero();
      assertThat(engine.connections())
          .isLessThanOrEqualTo(HttpSettings.DEFAULT.maxConnectionsPerCluster());
    }
  }

  private static volatile boolean answering;

  @Test
  void a_server_that_says_goodbye_is_asked_on_a_new_connection() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              peer.answer(peer.request(), "{}");
              if (raw.number == 1) {
                peer.request();
                peer.goAway(1);
                raw.awaitEnd();
              } else {
                peer.answer(peer.request(), "{}");
              }
            })) {
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{}");
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void a_refused_stream_is_tried_once_more() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              peer.reset(peer.request(), 7);
              peer.answer(peer.request(), "{}");
              peer.reset(peer.request(), 7);
              peer.reset(peer.request(), 7);
              peer.request();
            })) {
      assertThat(text(ask(engine, trusting(server)))).isEqualTo("{}");
      assertThat(status(ask(engine, trusting(server)))).isEqualTo(CellStatus.UNREACHABLE);
    }
  }

  @Test
  void a_reset_stream_or_connection_is_unreachable() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              int stream = peer.request();
              peer.head(stream);
              peer.data(stream, "{", false);
              peer.reset(stream, 2);
              stream = peer.request();
              peer.head(stream);
              peer.data(stream, "{", false);
              raw.reset();
            })) {
      ApiFailure reset = failure(ask(engine, trusting(server)));
      assertThat(reset.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(reset).hasMessageContaining("reset the stream in the middle");
      ApiFailure broken = failure(ask(engine, trusting(server)));
      assertThat(broken.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(broken).hasMessageContaining("in the middle of the answer");
    }
  }

  @Test
  void frames_that_make_no_sense_are_an_invalid_response() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              int stream = peer.request();
              peer.data(stream, "data before headers", true);
              raw.awaitEnd();
            })) {
      assertThat(status(ask(engine, trusting(server))))
          .isIn(CellStatus.INVALID_RESPONSE, CellStatus.UNREACHABLE);
    }
  }

  @Test
  void a_call_that_hangs_ends_in_time_and_the_silent_connection_is_given_up() throws Exception {
    HttpSettings hasty =
        HttpSettings.DEFAULT.withTimeouts(
            Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(60));
    try (HttpEngine impatient = new HttpEngine(hasty);
        RawServer server =
            server(
                100,
                (peer, raw) -> {
                  while (true) {
                    int stream = peer.request();
                    if (raw.number > 1) {
                      peer.answer(stream, "{}");
                    }
                  }
                })) {
      ApiFailure failure = failure(ask(impatient, trusting(server)));
      assertThat(failure.status()).isEqualTo(CellStatus.TIMEOUT);
      assertThat(failure).hasMessageContaining("followspot.http.requestTimeout is 300 ms");
      assertThat(text(ask(impatient, trusting(server)))).isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void the_deadline_of_the_caller_counts() throws Exception {
    try (RawServer server =
        server(
            100,
            (peer, raw) -> {
              while (true) {
                peer.request();
              }
            })) {
      ApiFailure failure =
          failure(ask(engine, trusting(server), ANONYMOUS, within(Duration.ofMillis(300))));
      assertThat(failure.status()).isEqualTo(CellStatus.TIMEOUT);
      assertThat(failure).hasMessageContaining("the deadline passed while waiting for the answer");
      assertThat(failure.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }
  }
}
