package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HTTP proxy on the way. */
class ProxyTest {

  private static TestCertificates.Identity certificate;

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) {
    certificate = new TestCertificates(folder).server("behind");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /** Tells what it was asked, and connects to this machine's port. */
  static RawServer proxy() throws IOException {
    return RawServer.plain(
        peer -> {
          String head = peer.readHead();
          peer.tell(head);
          int port = Integer.parseInt(head.substring(head.indexOf(':') + 1, head.indexOf(" HTTP")));
          try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.sendHead("HTTP/1.1 200 Connection established");
            Thread back = new Thread(() -> copy(target, peer.out), "proxy-back");
            back.setDaemon(true);
            back.start();
            peer.in.transferTo(target.getOutputStream());
          }
        });
  }

  private static void copy(Socket from, OutputStream to) {
    try (InputStream in = from.getInputStream()) {
      byte[] buffer = new byte[8192];
      int count;
      while ((count = in.read(buffer)) > 0) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // The end of the connection.
    }
  }

  private Cluster.Builder behind(RawServer proxy, String url) {
    return cluster(url)
        .caData(certificate.certificatePem())
        .proxyUrl(URI.create("http://127.0.0.1:" + proxy.port()));
  }

  @Test
  void https_goes_through_a_tunnel_and_the_proxy_sees_no_token() throws Exception {
    try (RawServer proxy = proxy();
        RawServer server =
            RawServer.tls(
                certificate.context(),
                peer -> {
                  while (true) {
                    peer.tell(peer.readHead());
                    peer.answer("{}");
                  }
                })) {
      Credential token = Credential.bearer(Secret.of("my-token"));
      for (int i = 0; i < 3; i++) {
        assertThat(
                text(
                    ask(
                        engine,
                        behind(proxy, server.url()).build(),
                        Asking.of(token),
                        within(Duration.ofSeconds(20)))))
            .isEqualTo("{}");
        assertThat((String) server.next()).contains("Bearer my-token");
      }
      assertThat((String) proxy.next())
          .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1")
          .doesNotContain("my-token");
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  void http_2_works_through_a_tunnel() throws Exception {
    try (RawServer proxy = proxy();
        RawServer server =
            RawServer.tls(
                    certificate.context(),
                    raw -> {
                      H2Peer peer = new H2Peer(raw, 100);
                      while (true) {
                        peer.answer(peer.request(), "{\"h\":2}");
                      }
                    })
                .withHttp2()) {
      assertThat(text(ask(engine, behind(proxy, server.url()).build()))).isEqualTo("{\"h\":2}");
    }
  }

  @Test
  void plain_http_sends_the_whole_url_to_the_proxy() throws Exception {
    try (RawServer proxy =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.answer("{}");
            })) {
      Cluster cluster =
          cluster("http://api.example.com:8080")
              .proxyUrl(URI.create("http://me:pass@127.0.0.1:" + proxy.port()))
              .build();
      assertThat(text(ask(engine, cluster))).isEqualTo("{}");
      assertThat((String) proxy.next())
          .startsWith("GET http://api.example.com:8080/api/v1/pods?limit=500 HTTP/1.1")
          .contains("Host: api.example.com:8080")
          .contains("Proxy-Authorization: Basic bWU6cGFzcw==");
    }
  }

  @Test
  void a_proxy_that_refuses_is_named() throws Exception {
    try (RawServer proxy =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead("HTTP/1.1 407 Proxy Authentication Required", "Content-Length: 0");
              peer.awaitEnd();
            })) {
      ApiFailure failure = failure(ask(engine, behind(proxy, "https://api.example.com").build()));
      assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(failure)
          .hasMessageContaining("api.example.com:443 through the proxy 127.0.0.1:" + proxy.port())
          .hasMessageContaining("the proxy answered 407");
    }
  }

  @Test
  void other_kinds_of_proxies_are_refused() throws Exception {
    Cluster cluster =
        cluster("https://api.example.com").proxyUrl(URI.create("socks5://127.0.0.1:1")).build();
    assertThat(failure(ask(engine, cluster))).hasMessageContaining("only http:// is supported");
  }
}
