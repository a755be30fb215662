package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Credential;
import dev.followspot.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a cluster is trusted to be, and who is told to come. */
class TlsTest {

  private static TestCertificates.Identity one;
  private static TestCertificates.Identity other;
  private static TestCertificates.Identity alice;
  private static TestCertificates.Identity bob;
  private static TestCertificates certificates;

  @TempDir Path folder;

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) {
    certificates = new TestCertificates(folder);
    one = certificates.server("one");
    other = certificates.server("other");
    alice = certificates.make("alice");
    bob = certificates.make("bob", "-keyalg", "RSA", "-keysize", "2048");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static RawServer server(TestCertificates.Identity certificate) throws Exception {
    return RawServer.tls(
        certificate.context(),
        peer -> {
          while (true) {
            peer.tell(peer.readHead());
            peer.answer("{}");
          }
        });
  }

  private ApiFailure tlsFailure(Cluster cluster) throws Exception {
    ApiFailure failure = failure(ask(engine, cluster));
    assertThat(failure.status()).as(failure.getMessage()).isEqualTo(CellStatus.TLS);
    return failure;
  }

  @Test
  void an_authority_may_be_pem_or_base64_of_pem_or_a_file() throws Exception {
    try (RawServer server = server(one)) {
      String pem = one.certificatePem();
      String base64 = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
      Path file = one.writeCertificate(folder.resolve("ca.pem"));
      assertThat(text(ask(engine, cluster(server.url()).caData(pem).build()))).isEqualTo("{}");
      assertThat(text(ask(engine, cluster(server.url()).caData(base64).build()))).isEqualTo("{}");
      assertThat(text(ask(engine, cluster(server.url()).caFile(file).build()))).isEqualTo("{}");
    }
  }

  @Test
  void a_certificate_of_nobody_that_is_trusted_is_told_so() throws Exception {
    try (RawServer server = server(one)) {
      assertThat(tlsFailure(cluster(server.url()).build()))
          .hasMessageContaining("127.0.0.1:" + server.port() + " is not trusted")
          .hasMessageContaining("caData or caFile");
      assertThat(tlsFailure(cluster(server.url()).caData(other.certificatePem()).build()))
          .hasMessageContaining("is not trusted");
    }
  }

  @Test
  void an_expired_certificate_is_told_so() throws Exception {
    TestCertificates.Identity old =
        certificates.signed(
            "old", "-startdate", "-10d", "-validity", "5", "-ext", "SAN=ip:127.0.0.1");
    TestCertificates.Identity early =
        certificates.signed("early", "-startdate", "+10d", "-ext", "SAN=ip:127.0.0.1");
    try (RawServer expired = server(old);
        RawServer future = server(early)) {
      assertThat(tlsFailure(cluster(expired.url()).caData(old.authorityPem()).build()))
          .hasMessageContaining("127.0.0.1:" + expired.port() + " has expired; renew it");
      assertThat(tlsFailure(cluster(future.url()).caData(early.authorityPem()).build()))
          .hasMessageContaining("is not valid yet; check the clocks");
    }
  }

  @Test
  void a_certificate_of_another_host_is_told_so_unless_the_server_name_is_given() throws Exception {
    TestCertificates.Identity elsewhere =
        certificates.make("elsewhere", "-ext", "SAN=dns:api.example.com");
    try (RawServer server =
        RawServer.tls(
            elsewhere.context(),
            peer -> {
              peer.readHead();
              peer.answer("{}");
            })) {
      Cluster cluster = cluster(server.url()).caData(elsewhere.certificatePem()).build();
      assertThat(tlsFailure(cluster))
          .hasMessageContaining("is not for the name '127.0.0.1'")
          .hasMessageContaining("tlsServerName");
      ClusterTls named =
          new ClusterTls(
              false, elsewhere.certificatePem(), null, "api.example.com", null, null, null, null);
      assertThat(text(ask(engine, cluster.toBuilder().tls(named).build()))).isEqualTo("{}");
    }
  }

  @Test
  void verification_can_be_skipped() throws Exception {
    try (RawServer server = server(certificates.make("whoever"))) {
      Cluster cluster = cluster(server.url()).build();
      ClusterTls skipping = cluster.tls().withSkipVerify(true);
      assertThat(text(ask(engine, cluster.toBuilder().tls(skipping).build()))).isEqualTo("{}");
    }
  }

  @Test
  void clusters_of_one_host_with_different_trust_share_no_connection() throws Exception {
    try (RawServer server = server(one)) {
      Cluster trusting = cluster(server.url()).caData(one.certificatePem()).build();
      ClusterTls skipping = ClusterTls.DEFAULT.withSkipVerify(true);
      text(ask(engine, trusting));
      text(ask(engine, trusting.toBuilder().tls(skipping).build()));
      assertThat(server.accepted()).isEqualTo(2);
      tlsFailure(cluster(server.url()).build());
      text(ask(engine, trusting));
      assertThat(engine.connections()).isEqualTo(2);
    }
  }

  @Test
  void callers_with_different_certificates_share_no_connection() throws Exception {
    try (RawServer server =
        RawServer.tls(
            one.context(alice, bob),
            true,
            peer -> {
              while (true) {
                peer.readHead();
                peer.answer(((SSLSocket) peer.socket).getSession().getPeerPrincipal().getName());
              }
            })) {
      Cluster cluster = cluster(server.url()).caData(one.certificatePem()).build();
      for (int i = 0; i < 3; i++) {
        assertThat(textAs(cluster, alice)).contains("CN=alice");
        assertThat(textAs(cluster, bob)).contains("CN=bob");
      }
      assertThat(server.accepted()).isEqualTo(2);
      ApiFailure nobody = failure(ask(engine, cluster));
      assertThat(nobody.status()).as(nobody.getMessage()).isEqualTo(CellStatus.TLS);
      assertThat(nobody).hasMessageContaining("check the client certificate");
    }
  }

  private String textAs(Cluster cluster, TestCertificates.Identity who) throws Exception {
    Credential credential =
        Credential.clientCertificate(Secret.of(who.certificatePem()), Secret.of(who.keyPem()));
    return text(ask(engine, cluster, Asking.of(credential), within(Duration.ofSeconds(20))));
  }

  @Test
  void files_are_read_again_when_they_change() throws Exception {
    Path file = other.writeCertificate(folder.resolve("rotated.pem"));
    try (RawServer server = server(one)) {
      Cluster cluster = cluster(server.url()).caFile(file).build();
      tlsFailure(cluster);
      Files.writeString(file, one.certificatePem() + "\n# renewed\n");
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      String answer = "";
      while (answer.isEmpty() && System.nanoTime() < end) {
        try {
          answer = text(ask(engine, cluster));
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(((ApiFailure) e.getCause()).status()).isEqualTo(CellStatus.TLS);
        }
      }
      assertThat(answer).isEqualTo("{}");
    }
  }

  @Test
  void a_missing_or_useless_file_is_named_and_not_shown() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThat(tlsFailure(cluster("https://127.0.0.1:1").caFile(missing).build()))
        .hasMessageContaining("the caFile " + missing + " does not exist");
    Path junk = Files.writeString(folder.resolve("junk.pem"), "my-secret-junk");
    assertThat(tlsFailure(cluster("https://127.0.0.1:1").caFile(junk).build()))
        .hasMessageContaining(junk.toString())
        .hasMessageContaining("neither PEM nor base64")
        .hasMessageNotContaining("my-secret-junk");

    ClusterTls keys = new ClusterTls(true, null, null, null, null, missing, null, missing);
    ApiFailure failure = failure(ask(engine, cluster("https://127.0.0.1:1").tls(keys).build()));
    assertThat(failure.status()).isEqualTo(CellStatus.CREDENTIAL);
    assertThat(failure).hasMessageContaining("the client certificate " + missing);

    ClusterTls useless =
        new ClusterTls(
            true,
            null,
            null,
            null,
            Secret.of(alice.certificatePem()),
            null,
            Secret.of("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"),
            null);
    ApiFailure broken = failure(ask(engine, cluster("https://127.0.0.1:1").tls(useless).build()));
    assertThat(broken.status()).isEqualTo(CellStatus.CREDENTIAL);
    assertThat(broken).hasMessageContaining("the client key").hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void a_server_without_tls_is_told_so() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.in.read();
              peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
              peer.awaitEnd();
            })) {
      assertThat(tlsFailure(cluster("https://127.0.0.1:" + server.port()).build()))
          .hasMessageContaining("does not speak TLS");
    }
  }

  @Test
  void a_server_that_accepts_and_says_nothing_is_unreachable_in_time() throws Exception {
    HttpSettings hasty =
        HttpSettings.DEFAULT.withTimeouts(
            Duration.ofMillis(400), Duration.ofSeconds(20), Duration.ofSeconds(60));
    try (HttpEngine impatient = new HttpEngine(hasty);
        RawServer server = RawServer.plain(RawServer.Peer::awaitEnd)) {
      ApiFailure failure =
          failure(
              ask(
                  impatient,
                  cluster("https://127.0.0.1:" + server.port()).build(),
                  ANONYMOUS,
                  within(Duration.ofSeconds(20))));
      assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(failure).hasMessageContaining("within 400 ms: it accepts connections");
    }
  }
}
