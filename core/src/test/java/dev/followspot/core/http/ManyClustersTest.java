package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters come and go; what they needed goes with them. */
class ManyClustersTest {

  private static final int CLUSTERS = 500;
  private static TestCertificates.Identity certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) {
    certificate = new TestCertificates(folder).server("many");
  }

  private static RawServer server() throws Exception {
    return RawServer.tls(
        certificate.context(),
        peer -> {
          while (true) {
            peer.readHead();
            peer.answer("{}");
          }
        });
  }

  /** Each has settings of its own, so that nothing is shared. */
  private static Cluster cluster(RawServer server, int number) {
    return Cluster.named("cluster" + number)
        .url(server.url())
        .caData(certificate.certificatePem() + "\n# " + number)
        .authProvider("anonymous")
        .build();
  }

  private static long sockets() throws Exception {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void threads_and_sockets_are_flat_over_500_clusters_that_are_forgotten() throws Exception {
    try (RawServer server = server();
        HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT)) {
      int threads = 0;
      long sockets = 0;
      for (int i = 0; i < CLUSTERS; i++) {
        Cluster cluster = cluster(server, i);
        text(ask(engine, cluster));
        engine.forget(cluster);
        assertThat(engine.connections()).isZero();
        if (i == 50) {
          threads = HttpEngineTest.threads().size();
          sockets = sockets();
        }
      }
      assertThat(server.accepted()).isEqualTo(CLUSTERS);
      assertThat(HttpEngineTest.threads()).hasSizeLessThanOrEqualTo(Math.max(threads, 7));
      assertThat(sockets()).isLessThanOrEqualTo(sockets + 40);
      assertThat(engine.identities().size()).isZero();
    }
  }

  @Test
  void a_cluster_that_is_forgotten_leaves_the_connections_of_others_with_equal_settings()
      throws Exception {
    try (RawServer server = server();
        RawServer other = server();
        HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT)) {
      text(ask(engine, cluster(server, 1)));
      text(ask(engine, cluster(other, 1)));
      engine.forget(cluster(server, 1));
      assertThat(engine.connections()).isEqualTo(1);
      text(ask(engine, cluster(other, 1)));
      assertThat(other.accepted()).isEqualTo(1);
    }
  }

  @Test
  void clusters_that_nobody_forgets_keep_a_bounded_number_of_connections() throws Exception {
    HttpSettings settings = HttpSettings.DEFAULT.withBounds(1 << 20, 10);
    try (RawServer server = server();
        HttpEngine engine = new HttpEngine(settings)) {
      for (int i = 0; i < 100; i++) {
        text(ask(engine, cluster(server, i)));
        assertThat(engine.connections()).isLessThanOrEqualTo(10);
      }
    }
  }

  @Test
  void unused_connections_are_closed() throws Exception {
    HttpSettings settings =
        HttpSettings.DEFAULT.withTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(100));
    try (RawServer server =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.answer("{}");
                  peer.awaitEnd();
                  peer.tell("closed");
                });
        HttpEngine engine = new HttpEngine(settings)) {
      text(ask(engine, Asking.cluster(server.url()).build()));
      assertThat(server.next()).isEqualTo("closed");
    }
  }

  @Test
  void clusters_that_cannot_be_reached_leave_nothing_behind() throws Exception {
    try (HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT)) {
      for (int i = 0; i < CLUSTERS; i++) {
        Cluster cluster = Asking.cluster("http://127.0.0.1:1").build();
        assertThat(failure(ask(engine, cluster)).status()).isEqualTo(CellStatus.UNREACHABLE);
      }
      assertThat(engine.connections()).isZero();
      assertThat(engine.requests()).isZero();
      assertThat(HttpEngineTest.threads()).hasSizeLessThanOrEqualTo(7);
    }
  }
}
