package dev.followspot.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {

  @TempDir Path folder;

  private HttpSettings read(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("app-config.yaml"), yaml);
    return HttpSettings.from(
        AppConfig.read(file).resolve(Map.of()).root().section("followspot").section("http"));
  }

  @Test
  void without_configuration_the_defaults_count() {
    assertThat(HttpSettings.from(ConfigSection.empty("followspot.http")))
        .isEqualTo(HttpSettings.DEFAULT);
  }

  @Test
  void every_key_is_read() throws Exception {
    HttpSettings settings =
        read(
            """
            followspot:
              http:
                connectTimeout: 1s
                requestTimeout: 2s
                idleTimeout: 3s
                maxConcurrentRequests: 4
                maxConcurrentRequestsPerCluster: 5
                maxConnectionsPerCluster: 6
                maxIdleConnections: 7
                maxResponseBytes: 8
                ioThreads: 9
                http2: false
            """);
    assertThat(settings)
        .isEqualTo(
            new HttpSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                4,
                5,
                6,
                7,
                8,
                9,
                false));
  }

  @Test
  void every_mistake_is_told_at_once() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    followspot:
                      http:
                        connectTimeout: soon
                        requestTimeout: 0s
                        ioThreads: 1000
                        http2: maybe
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("followspot.http.connectTimeout")
        .hasMessageContaining("followspot.http.requestTimeout")
        .hasMessageContaining("a time from 1ms to 24h is expected")
        .hasMessageContaining("a whole number from 1 to 64")
        .hasMessageContaining("followspot.http.http2");
  }

  @Test
  void settings_check_themselves() {
    assertThatThrownBy(() -> HttpSettings.DEFAULT.withConcurrency(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConcurrentRequests is 0; 1 to 100000 is allowed");
  }
}
