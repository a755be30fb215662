package dev.followspot.core.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.followspot.spi.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that others wrote: TLS, ALPN, gzip, and many requests at once. */
class InteropTest {

  private static final String LARGE = "{\"items\":[" + "1234567890,".repeat(300_000) + "0]}";

  private static TestCertificates.Identity certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) {
    certificate =
        new TestCertificates(folder)
            .make("wire", "-keyalg", "RSA", "-keysize", "2048", "-ext", "SAN=ip:127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void many_large_answers_arrive_whole_over_few_connections(boolean http2) throws Exception {
    Path store =
        Files.copy(
            certificate.file(),
            Files.createTempFile("wire", ".p12"),
            StandardCopyOption.REPLACE_EXISTING);
    WireMockServer wire =
        new WireMockServer(
            options()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystorePath(store.toString())
                .keystoreType("PKCS12")
                .keystorePassword("changeit")
                .keyManagerPassword("changeit"));
    wire.start();
    try (HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT.withHttp2(http2))) {
      wire.stubFor(get(anyUrl()).willReturn(ok(LARGE)));
      Cluster cluster =
          cluster("https://127.0.0.1:" + wire.httpsPort())
              .caData(certificate.certificatePem())
              .build();
      List<CompletableFuture<ApiResponse>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(ask(engine, cluster));
      }
      for (CompletableFuture<ApiResponse> one : all) {
        assertThat(text(one)).isEqualTo(LARGE);
      }
      assertThat(engine.connections())
          .isBetween(1, http2 ? 1 : HttpSettings.DEFAULT.maxConnectionsPerCluster());
      assertThat(HttpEngineTest.threads()).hasSizeLessThanOrEqualTo(7);
    } finally {
      wire.stop();
    }
  }
}
