package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.http.Streaming.Plenty;
import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.HttpTunnel;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that change their protocol, as exec, attach and port-forward do. */
class StreamUpgradeTest {

  private static TestCertificates.Identity certificate;
  private static TestCertificates.Identity alice;

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) {
    TestCertificates certificates = new TestCertificates(folder);
    certificate = certificates.server("upgrade");
    alice = certificates.make("alice");
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

  private static void accept(RawServer.Peer peer, String glued) throws IOException {
    peer.tell(peer.readHead());
    peer.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            + "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n"
            + glued);
  }

  private static RawServer.Handler echo(String glued) {
    return peer -> {
      accept(peer, glued);
      int next;
      while ((next = peer.in.read()) >= 0) {
        byte[] all = new byte[1 + peer.in.available()];
        all[0] = (byte) next;
        peer.in.readNBytes(all, 1, all.length - 1);
        peer.out.write(all);
        peer.out.flush();
      }
      peer.send("bye");
    };
  }

  private static Streaming.Ask exec(RawServer server) {
    return ask("GET", cluster(server))
        .to("/api/v1/namespaces/a/pods/b/exec?command=sh&stdin=true")
        .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .with("Sec-WebSocket-Version", "13")
        .with("Sec-WebSocket-Protocol", "v5.channel.k8s.io")
        .upgrade("websocket");
  }

  private static HttpTunnel tunnel(StreamResponse response) {
    return Objects.requireNonNull(response.tunnel());
  }

  private void assertNothingLeft() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (engine.streams() + engine.connections() > 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(engine.streams()).isZero();
    assertThat(engine.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bytes_go_in_both_directions_until_both_have_ended(boolean tls) throws Exception {
    try (RawServer server = server(tls, echo("hello "))) {
      StreamResponse response =
          exec(server).as(Credential.bearer(Secret.of("my-token"))).answer(engine);
      assertThat((String) server.next())
          .startsWith("GET /api/v1/namespaces/a/pods/b/exec?command=sh&stdin=true HTTP/1.1\r\n")
          .contains("Connection: Upgrade\r\nUpgrade: websocket\r\n")
          .contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
          .contains("Sec-WebSocket-Version: 13\r\n")
          .contains("Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n")
          .contains("Authorization: Bearer my-token\r\n")
          .doesNotContain("Content-Length");
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.headers().names())
          .containsExactly("upgrade", "sec-websocket-accept", "sec-websocket-protocol");
      Reader reader = read(response);
      assertThat(reader.next()).isEqualTo("hello ");
      Writer writer = new Writer();
      tunnel(response).send(writer);
      for (int i = 0; i < 5; i++) {
        writer.write("keys " + i);
        assertThat(reader.next(6)).isEqualTo("keys " + i);
      }
      // This direction ends, and the server sees it, and answers still.
      writer.complete();
      assertThat(reader.rest()).isEqualTo("bye");
      assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void much_goes_in_both_directions(boolean tls) throws Exception {
    int total = 20 << 20;
    try (RawServer server = server(tls, echo(""))) {
      StreamResponse response = exec(server).answer(engine);
      Reader reader = read(response);
      tunnel(response).send(new Plenty(total, 50_000));
      assertThat(reader.rest()).hasSize(total + 3).endsWith("\0bye");
      assertNothingLeft();
    }
  }

  @Test
  void the_server_may_end_first_and_read_on() throws Exception {
    try (RawServer server =
        server(
            false,
            peer -> {
              accept(peer, "bye");
              peer.socket.shutdownOutput();
              peer.tell(peer.readAll());
            })) {
      StreamResponse response = exec(server).answer(engine);
      server.next();
      Writer writer = new Writer();
      tunnel(response).send(writer);
      assertThat(read(response).rest()).isEqualTo("bye");
      writer.write("still ").write("here").complete();
      assertThat(server.next()).isEqualTo("still here");
      assertNothingLeft();
    }
  }

  @Test
  void over_tls_the_end_of_the_server_ends_everything() throws Exception {
    try (RawServer server = server(true, peer -> accept(peer, "bye"))) {
      StreamResponse response = exec(server).answer(engine);
      Writer writer = new Writer();
      tunnel(response).send(writer);
      assertThat(read(response).rest()).isEqualTo("bye");
      writer.awaitCancel();
      assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_slow_caller_slows_the_server_down(boolean tls) throws Exception {
    int total = 64 << 20;
    try (RawServer server =
        server(
            tls,
            peer -> {
              accept(peer, "");
              byte[] block = new byte[64 << 10];
              for (int sent = 0; sent < total; sent += block.length) {
                peer.out.write(block);
                written.set(sent + block.length);
              }
            })) {
      StreamResponse response = exec(server).answer(engine);
      Reader reader = read(response);
      reader.next();
      long before;
      do {
        before = written.get();
        Thread.sleep(300);
      } while (written.get() != before);
      // What is not here is in the buffers of the sockets.
      assertThat(before).isLessThan(32 << 20);
      assertThat(reader.rest()).hasSizeGreaterThan(total - (64 << 10));
      assertThat(reader.taken).hasValue(total);
    }
  }

  private final java.util.concurrent.atomic.AtomicInteger written =
      new java.util.concurrent.atomic.AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_slow_server_slows_the_caller_down(boolean tls) throws Exception {
    long total = 1L << 40;
    try (RawServer server =
        server(
            tls,
            peer -> {
              accept(peer, "");
              Thread.sleep(Long.MAX_VALUE);
            })) {
      StreamResponse response = exec(server).answer(engine);
      Plenty plenty = new Plenty(total, 50_000);
      tunnel(response).send(plenty);
      long before;
      do {
        before = plenty.given.get();
        Thread.sleep(300);
      } while (plenty.given.get() != before || before == 0);
      assertThat(before).isLessThan(32 << 20);
      response.body().discard();
      assertThat(plenty.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
      assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_caller_that_is_gone_closes_the_socket_at_once(boolean tls) throws Exception {
    try (RawServer server =
        server(
            tls,
            peer -> {
              accept(peer, "");
              peer.awaitEnd();
              peer.tell("gone");
            })) {
      Writer writer = new Writer();
      StreamResponse first = exec(server).answer(engine);
      tunnel(first).send(writer);
      server.next();
      read(first).cancel();
      assertThat(server.next()).isEqualTo("gone");
      writer.awaitCancel();

      CancellationSource source = new CancellationSource();
      StreamResponse second =
          exec(server).in(RequestContext.create().withCancellation(source.token())).answer(engine);
      server.next();
      source.cancel();
      assertThat(server.next()).isEqualTo("gone");
      assertThat(read(second).failure().status()).isEqualTo(CellStatus.CANCELLED);
      Writer late = new Writer();
      tunnel(second).send(late);
      assertNothingLeft();

      StreamResponse third = exec(server).answer(engine);
      server.next();
      Writer failing = new Writer();
      tunnel(third).send(failing);
      failing.fail(new IllegalStateException());
      assertThat(server.next()).isEqualTo("gone");
      assertThat(read(third).failure().status()).isEqualTo(CellStatus.CANCELLED);
      assertNothingLeft();
    }
  }

  @Test
  void a_server_that_resets_breaks_it_off() throws Exception {
    try (RawServer server =
        server(
            false,
            peer -> {
              accept(peer, "begin");
              peer.in.read();
              peer.reset();
            })) {
      StreamResponse response = exec(server).answer(engine);
      Reader reader = read(response);
      assertThat(reader.next()).isEqualTo("begin");
      Writer writer = new Writer();
      tunnel(response).send(writer);
      writer.write("x");
      assertThat(reader.failure().status()).isEqualTo(CellStatus.UNREACHABLE);
      writer.awaitCancel();
      assertNothingLeft();
    }
  }

  @Test
  void the_deadline_ends_with_the_head() throws Exception {
    try (RawServer server = server(false, echo(""))) {
      StreamResponse response =
          exec(server).in(Asking.within(Duration.ofSeconds(2))).answer(engine);
      Reader reader = read(response);
      Writer writer = new Writer();
      tunnel(response).send(writer);
      Thread.sleep(2500);
      writer.write("late");
      assertThat(reader.next()).isEqualTo("late");
    }
  }

  @Test
  void a_tunnel_takes_one_publisher() throws Exception {
    try (RawServer server = server(false, echo(""))) {
      HttpTunnel tunnel = tunnel(exec(server).answer(engine));
      tunnel.send(new Writer());
      assertThatThrownBy(() -> tunnel.send(new Writer())).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_refusal_is_a_plain_answer() throws Exception {
    try (RawServer server =
        server(
            false,
            peer -> {
              peer.tell(peer.readHead());
              peer.sendHead("HTTP/1.1 403 Forbidden", "Content-Length: 9", "X-Why: rbac");
              peer.send("forbidden");
              peer.awaitEnd();
            })) {
      StreamResponse response = exec(server).answer(engine);
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.tunnel()).isNull();
      assertThat(response.headers().first("X-Why")).hasValue("rbac");
      assertThat(text(response)).isEqualTo("forbidden");
      assertNothingLeft();
    }
  }

  @Test
  void each_upgrade_has_a_fresh_connection_and_leaves_others_alone() throws Exception {
    try (RawServer server =
        server(
            true,
            peer -> {
              String head = peer.readHead();
              if (head.contains("Upgrade")) {
                peer.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: SPDY/3.1");
                peer.send("spdy");
              } else {
                peer.answer("{}");
              }
              peer.awaitEnd();
            })) {
      assertThat(text(ask("GET", cluster(server)).answer(engine))).isEqualTo("{}");
      for (int i = 0; i < 3; i++) {
        StreamResponse response = ask("POST", cluster(server)).upgrade("SPDY/3.1").answer(engine);
        assertThat(response.headers().first("upgrade")).hasValue("SPDY/3.1");
        assertThat(read(response).next()).isEqualTo("spdy");
      }
      assertThat(server.accepted()).isEqualTo(4);
      assertThat(engine.streams()).isEqualTo(3);
    }
  }

  @Test
  void http2_is_not_offered_and_the_client_certificate_is() throws Exception {
    try (RawServer server =
        RawServer.tls(
            certificate.context(alice),
            true,
            peer -> {
              SSLSocket socket = (SSLSocket) peer.socket;
              socket.setHandshakeApplicationProtocolSelector(
                  (engineOrSocket, offered) -> {
                    peer.tell(offered);
                    return "http/1.1";
                  });
              accept(peer, socket.getSession().getPeerPrincipal().getName());
              peer.awaitEnd();
            })) {
      StreamResponse response =
          exec(server)
              .as(
                  Credential.clientCertificate(
                      Secret.of(alice.certificatePem()), Secret.of(alice.keyPem())))
              .answer(engine);
      assertThat(server.next()).hasToString("[http/1.1]");
      assertThat(read(response).next()).contains("CN=alice");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_proxy_on_the_way_is_asked_for_a_tunnel(boolean tls) throws Exception {
    try (RawServer proxy = ProxyTest.proxy();
        RawServer server = server(tls, echo("hello"))) {
      Cluster behind =
          cluster(server).toBuilder()
              .proxyUrl(URI.create("http://127.0.0.1:" + proxy.port()))
              .build();
      StreamResponse response = ask("GET", behind).upgrade("websocket").answer(engine);
      assertThat((String) proxy.next()).startsWith("CONNECT 127.0.0.1:" + server.port());
      Reader reader = read(response);
      assertThat(reader.next()).isEqualTo("hello");
      Writer writer = new Writer();
      tunnel(response).send(writer);
      writer.write("there");
      assertThat(reader.next(5)).isEqualTo("there");
      reader.cancel();
    }
  }

  @Test
  void closing_the_engine_ends_it() throws Exception {
    try (RawServer server =
        server(
            false,
            peer -> {
              accept(peer, "");
              peer.awaitEnd();
              peer.tell("gone");
            })) {
      StreamResponse response = exec(server).answer(engine);
      server.next();
      Writer writer = new Writer();
      tunnel(response).send(writer);
      writer.write("x");
      engine.close();
      assertThat(read(response).failure().status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo("gone");
      writer.awaitCancel();
    }
  }
}
