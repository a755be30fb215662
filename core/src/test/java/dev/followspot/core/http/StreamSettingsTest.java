package dev.followspot.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamSettingsTest {

  @TempDir Path folder;

  private StreamSettings read(String value) throws Exception {
    String yaml =
        """
        followspot:
          proxy:
            maxConcurrentRequests: %s
        """
            .formatted(value);
    Path file = Files.writeString(folder.resolve("app-config.yaml"), yaml);
    return StreamSettings.from(
        AppConfig.read(file).resolve(Map.of()).root().section("followspot").section("proxy"));
  }

  @Test
  void the_limit_is_read_and_has_a_default() throws Exception {
    assertThat(StreamSettings.from(ConfigSection.empty("followspot.proxy")))
        .isEqualTo(StreamSettings.DEFAULT);
    assertThat(StreamSettings.DEFAULT.maxConcurrentRequests()).isEqualTo(1024);
    assertThat(read("7")).isEqualTo(new StreamSettings(7));
  }

  @Test
  void a_limit_that_makes_no_sense_names_its_key_and_what_is_allowed() {
    assertThatThrownBy(() -> read("0"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("followspot.proxy.maxConcurrentRequests")
        .hasMessageContaining("a whole number from 1 to 100000");
    assertThatThrownBy(() -> new StreamSettings(0))
        .hasMessage("maxConcurrentRequests is 0; 1 to 100000 is allowed");
  }
}
