package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.failure;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.RequestContext;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How streams begin and end: cancelled, too late, too many, refused, and with the engine. */
class StreamLifeTest {

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT, new StreamSettings(8));

  @AfterEach
  void close() {
    engine.close();
  }

  /** Sends a head and one line, and tells when the other side has gone. */
  private static RawServer watching() throws Exception {
    return RawServer.plain(
        peer -> {
          peer.readHead();
          // At once: whoever has the head may be gone already.
          peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nline\n\r\n");
          peer.awaitEnd();
          peer.tell("gone");
        });
  }

  private static RawServer polite() throws Exception {
    return RawServer.plain(
        peer -> {
          while (true) {
            String head = peer.readHead();
            int length = head.contains("Content-Length: 3") ? 3 : 0;
            peer.tell(head.substring(0, head.indexOf(' ')) + " " + peer.read(length));
            peer.answer("{}");
          }
        });
  }

  private void assertNoStreams() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (engine.streams() > 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(engine.streams()).isZero();
  }

  // Cancelled.

  @Test
  void cancelling_the_body_of_the_answer_ends_the_request_at_once() throws Exception {
    try (RawServer server = watching()) {
      Reader reader = read(ask("GET", server).answer(engine));
      assertThat(reader.next()).isEqualTo("line\n");
      assertThat(engine.streams()).isEqualTo(1);
      reader.cancel();
      assertThat(server.next()).isEqualTo("gone");
      assertThat(engine.streams()).isZero();
      assertThat(engine.connections()).isZero();
    }
  }

  @Test
  void discarding_the_body_of_the_answer_ends_the_request_at_once() throws Exception {
    try (RawServer server = watching()) {
      ask("GET", server).answer(engine).body().discard();
      assertThat(server.next()).isEqualTo("gone");
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_caller_that_loses_interest_ends_the_request_at_once() throws Exception {
    try (RawServer server = watching()) {
      CancellationSource source = new CancellationSource();
      Writer writer = new Writer();
      Reader reader =
          read(
              ask("POST", server)
                  .body(HttpBody.of(writer))
                  .in(RequestContext.create().withCancellation(source.token()))
                  .answer(engine));
      assertThat(reader.next()).isEqualTo("line\n");
      source.cancel();
      assertThat(server.next()).isEqualTo("gone");
      assertThat(reader.failure().status()).isEqualTo(CellStatus.CANCELLED);
      writer.awaitCancel();
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void a_caller_that_loses_interest_before_the_head_ends_the_request_at_once() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.awaitEnd();
              peer.tell("gone");
            })) {
      CancellationSource source = new CancellationSource();
      CompletableFuture<StreamResponse> answer =
          ask("GET", server)
              .in(RequestContext.create().withCancellation(source.token()))
              .send(engine);
      server.next();
      source.cancel();
      assertThat(failure(answer).status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo("gone");
    }
  }

  @Test
  void a_request_that_is_not_wanted_any_more_is_not_sent() throws Exception {
    try (RawServer server = polite()) {
      CancellationSource source = new CancellationSource();
      source.cancel();
      Writer writer = new Writer();
      ApiFailure failure =
          ask("POST", server)
              .body(HttpBody.of(writer))
              .in(RequestContext.create().withCancellation(source.token()))
              .failure(engine);
      assertThat(failure.status()).isEqualTo(CellStatus.CANCELLED);
      writer.awaitCancel();
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void a_body_of_the_request_that_fails_ends_the_request_at_once() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.tell(peer.read(8));
              peer.tell(peer.readAll());
            })) {
      Writer writer = new Writer();
      CompletableFuture<StreamResponse> answer =
          ask("POST", server).body(HttpBody.of(writer)).send(engine);
      writer.write("one");
      assertThat(server.next()).isEqualTo("3\r\none\r\n");
      writer.fail(new IllegalStateException("my-secret"));
      ApiFailure failure = failure(answer);
      assertThat(failure.status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(failure)
          .hasMessage("the body of the request broke off")
          .hasMessageNotContaining("my-secret");
      assertThat(server.next()).isEqualTo("");
    }
  }

  @Test
  void a_body_of_the_request_that_fails_breaks_off_the_answer() throws Exception {
    try (RawServer server = watching()) {
      Writer writer = new Writer();
      Reader reader = read(ask("POST", server).body(HttpBody.of(writer)).answer(engine));
      assertThat(reader.next()).isEqualTo("line\n");
      writer.fail(new IllegalStateException());
      assertThat(server.next()).isEqualTo("gone");
      assertThat(reader.failure().status()).isEqualTo(CellStatus.CANCELLED);
    }
  }

  @Test
  void a_body_that_is_not_as_long_as_it_says_is_not_passed_off_as_whole() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.tell(peer.read(4));
              peer.tell(peer.readAll());
            })) {
      Writer shorter = new Writer();
      CompletableFuture<StreamResponse> first =
          ask("PUT", server).body(HttpBody.of(shorter, 10)).send(engine);
      shorter.write("some");
      assertThat(server.next()).isEqualTo("some");
      shorter.complete();
      assertThat(failure(first)).hasMessage("the body of the request ended after 4 of 10 bytes");
      assertThat(server.next()).isEqualTo("");

      Writer longer = new Writer();
      CompletableFuture<StreamResponse> second =
          ask("PUT", server).body(HttpBody.of(longer, 10)).send(engine);
      longer.write("more");
      assertThat(server.next()).isEqualTo("more");
      longer.write(" than it said");
      assertThat(failure(second)).hasMessageContaining("is longer than the 10 bytes");
      assertThat(server.next()).isEqualTo("");
      longer.awaitCancel();
    }
  }

  @Test
  void a_subscriber_that_throws_ends_its_own_request_only() throws Exception {
    try (RawServer server = watching()) {
      StreamResponse response = ask("GET", server).answer(engine);
      response
          .body()
          .map(
              part -> {
                throw new IllegalStateException("no");
              })
          .publisher()
          .subscribe(new Reader().eager());
      assertThat(server.next()).isEqualTo("gone");
      assertNoStreams();
    }
  }

  // Time.

  @Test
  void a_head_that_does_not_come_in_time_is_a_timeout() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.awaitEnd();
              peer.tell("gone");
            })) {
      ApiFailure failure =
          ask("GET", server).in(Asking.within(Duration.ofMillis(300))).failure(engine);
      assertThat(failure.status()).isEqualTo(CellStatus.TIMEOUT);
      assertThat(failure).hasMessageContaining("while waiting for the answer");
      assertThat(server.next()).isEqualTo("gone");
      assertThat(ask("GET", server).in(Asking.within(Duration.ZERO)).failure(engine).status())
          .isEqualTo(CellStatus.TIMEOUT);
      // The cluster may hear of the end before the engine has put the stream away.
      for (int i = 0; i < 2_000 && engine.streams() > 0; i++) {
        Thread.sleep(10);
      }
      assertThat(engine.streams()).isZero();
    }
  }

  @Test
  void after_the_head_there_is_no_time_limit() throws Exception {
    HttpSettings hasty =
        HttpSettings.DEFAULT.withTimeouts(
            Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(200));
    CountDownLatch late = new CountDownLatch(1);
    try (HttpEngine impatient = new HttpEngine(hasty);
        RawServer server =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.sendHead("HTTP/1.1 200 OK", "Content-Length: 4");
                  late.await();
                  peer.send("late");
                })) {
      StreamResponse response =
          ask("GET", server).in(Asking.within(Duration.ofSeconds(2))).answer(impatient);
      Thread.sleep(2500);
      late.countDown();
      assertThat(text(response)).isEqualTo("late");
    }
  }

  // Too many.

  @Test
  void above_the_limit_a_request_fails_at_once_and_others_go_on() throws Exception {
    try (RawServer server = watching()) {
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        readers.add(read(ask("GET", server).answer(engine)));
      }
      Writer writer = new Writer();
      ApiFailure failure = ask("POST", server).body(HttpBody.of(writer)).failure(engine);
      assertThat(failure.status()).isEqualTo(CellStatus.THROTTLED);
      assertThat(failure)
          .hasMessageContaining("followspot.proxy.maxConcurrentRequests is 8")
          .hasMessageContaining("raise it");
      writer.awaitCancel();
      assertThat(engine.streams()).isEqualTo(8);
      readers.get(0).cancel();
      Reader next = read(ask("GET", server).answer(engine));
      assertThat(next.next()).isEqualTo("line\n");
      assertThat(readers.get(7).next()).isEqualTo("line\n");
    }
  }

  @Test
  void streams_take_no_connection_and_no_slot_of_look_ups() throws Exception {
    HttpSettings few = HttpSettings.DEFAULT.withConcurrency(1, 1, 1);
    try (HttpEngine small = new HttpEngine(few, new StreamSettings(20));
        RawServer server =
            RawServer.plain(
                peer -> {
                  if (peer.readHead().contains("watch=true")) {
                    peer.sendHead("HTTP/1.1 200 OK", "Content-Length: 10");
                    peer.awaitEnd();
                  } else {
                    peer.answer("{}");
                    peer.awaitEnd();
                  }
                })) {
      for (int i = 0; i < 20; i++) {
        ask("GET", server).to("/api/v1/pods?watch=true").answer(small);
      }
      assertThat(Asking.text(Asking.ask(small, Asking.cluster(server.url()).build())))
          .isEqualTo("{}");
      assertThat(small.connections()).isEqualTo(21);
      assertThat(small.streams()).isEqualTo(20);
      assertThat(small.requests()).isZero();
    }
  }

  // Connections.

  @Test
  void reads_share_a_connection_and_writes_get_a_fresh_one() throws Exception {
    try (RawServer server = polite()) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(ask("GET", server).answer(engine))).isEqualTo("{}");
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(text(ask("POST", server).answer(engine))).isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(
              text(
                  ask("GET", server)
                      .body(HttpBody.of(new Streaming.Plenty(3, 3), 3))
                      .answer(engine)))
          .isEqualTo("{}");
      assertThat(server.accepted()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        text(ask("GET", server).answer(engine));
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  /** Closes each connection when the second request comes, as if it had been closed before. */
  private static RawServer forgetful() throws Exception {
    return RawServer.plain(
        peer -> {
          String head = peer.readHead();
          peer.tell(head.substring(0, head.indexOf(' ')));
          peer.answer("{}");
          peer.readHead();
          peer.reset();
        });
  }

  @Test
  void a_read_that_meets_a_stale_connection_is_sent_again() throws Exception {
    try (RawServer server = forgetful()) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(ask("GET", server).answer(engine))).isEqualTo("{}");
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void a_write_never_meets_a_stale_connection() throws Exception {
    try (RawServer server = forgetful()) {
      assertThat(text(ask("GET", server).answer(engine))).isEqualTo("{}");
      assertThat(server.next()).isEqualTo("GET");
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
        assertThat(text(ask(method, server).body(HttpBody.of("abc")).answer(engine)))
            .isEqualTo("{}");
        assertThat(server.next()).isEqualTo(method);
      }
    }
  }

  @Test
  void a_write_whose_answer_is_lost_is_not_repeated() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.reset();
            })) {
      ApiFailure failure = ask("POST", server).body(HttpBody.of("abc")).failure(engine);
      assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void a_cluster_that_is_down_fails_at_once_also_while_a_watch_is_open() throws Exception {
    ServerSocket listener = new ServerSocket(0);
    try {
      var cluster = Asking.cluster("http://127.0.0.1:" + listener.getLocalPort()).build();
      CompletableFuture<StreamResponse> watch = ask("GET", cluster).send(engine);
      try (Socket socket = listener.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Reader reader = read(Streaming.answer(watch));
        listener.close();
        for (String method : List.of("GET", "POST")) {
          ApiFailure failure = ask(method, cluster).failure(engine);
          assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
          assertThat(failure).hasMessageContaining("no connection to");
        }
        out.write("the watch".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(reader.rest()).isEqualTo("the watch");
      }
    } finally {
      listener.close();
    }
  }

  @Test
  void forgetting_a_cluster_closes_idle_connections_and_leaves_streams_alone() throws Exception {
    try (RawServer server = watching();
        RawServer other = polite()) {
      Reader reader = read(ask("GET", server).answer(engine));
      text(ask("GET", other).answer(engine));
      assertThat(engine.connections()).isEqualTo(2);
      engine.forget(Asking.cluster(other.url()).build());
      engine.forget(Asking.cluster(server.url()).build());
      assertThat(engine.connections()).isEqualTo(1);
      assertThat(reader.next()).isEqualTo("line\n");
    }
  }

  @Test
  void unused_connections_are_closed_after_a_time() throws Exception {
    HttpSettings brief =
        HttpSettings.DEFAULT.withTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(100));
    try (HttpEngine tidy = new HttpEngine(brief);
        RawServer server =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.answer("{}");
                  peer.awaitEnd();
                  peer.tell("closed");
                })) {
      assertThat(text(ask("GET", server).answer(tidy))).isEqualTo("{}");
      assertThat(server.next()).isEqualTo("closed");
      assertThat(tidy.connections()).isZero();
    }
  }

  // The engine.

  @Test
  void closing_ends_every_stream_and_every_thread() throws Exception {
    try (RawServer server = watching();
        RawServer silent = RawServer.plain(RawServer.Peer::awaitEnd)) {
      HttpEngine doomed = new HttpEngine(HttpSettings.DEFAULT);
      Reader reader = read(ask("GET", server).answer(doomed));
      Writer writer = new Writer();
      CompletableFuture<StreamResponse> waiting =
          ask("POST", silent).body(HttpBody.of(writer)).send(doomed);
      writer.write("some");
      assertThat(HttpEngineTest.threads()).hasSizeLessThanOrEqualTo(3 + 9);
      doomed.close();
      assertThat(reader.failure().status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(failure(waiting)).hasMessage("the HTTP engine is closed");
      writer.awaitCancel();
      assertThat(server.next()).isEqualTo("gone");
      assertThat(doomed.streams()).isZero();
      assertThat(ask("GET", server).failure(doomed).status()).isEqualTo(CellStatus.CANCELLED);
      engine.close();
      assertThat(HttpEngineTest.threads()).isEmpty();
    }
  }
}
