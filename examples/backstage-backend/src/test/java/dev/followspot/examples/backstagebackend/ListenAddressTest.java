package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  private static ListenAddress read(String backend) {
    return ListenAddress.from(
        AppConfig.parse("app-config.yaml", backend)
            .resolve(Map.of("PORT", "7010"))
            .root()
            .section("backend"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backend: {}                                 | 127.0.0.1:7007",
        "backend: { listen: 7008 }                   | 127.0.0.1:7008",
        "backend: { listen: '7008' }                 | 127.0.0.1:7008",
        "backend: { listen: '${PORT}' }              | 127.0.0.1:7010",
        "backend: { listen: ':7008' }                | 0.0.0.0:7008",
        "backend: { listen: '127.0.0.1:7008' }       | 127.0.0.1:7008",
        "backend: { listen: '0.0.0.0:7008' }         | 0.0.0.0:7008",
        "backend: { listen: 'example.com:7008' }     | example.com:7008",
        "backend: { listen: '[::1]:7008' }           | [::1]:7008",
        "backend: { listen: { port: 7008 } }         | 127.0.0.1:7008",
        "backend: { listen: { port: '${PORT}' } }    | 127.0.0.1:7010",
        "backend: { listen: { host: 0.0.0.0 } }      | 0.0.0.0:7007",
        "backend: { listen: { host: '::1', port: 0 } } | [::1]:0",
      })
  void reads_every_form_of_backstage(String yaml, String address) {
    assertThat(read(yaml)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "host:", "host:70000", "a:b:1", "-1", "7008.5", "true", "[]"})
  void refuses_what_is_no_address(String value) {
    assertThatThrownBy(() -> read("backend: { listen: '" + value + "' }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("app-config.yaml:1 backend.listen: '" + value + "' is no address")
        .hasMessageContaining("<host>:<port>");
  }

  @Test
  void names_every_mistake_of_an_object() {
    assertThatThrownBy(() -> read("backend: { listen: { host: 5, port: many } }"))
        .hasMessageContaining("backend.listen.host")
        .hasMessageContaining("backend.listen.port");
  }

  @Test
  void knows_what_only_this_machine_can_reach() {
    assertThat(read("backend: { listen: 'localhost:1' }").isLoopback()).isTrue();
    assertThat(read("backend: { listen: '127.0.0.2:1' }").isLoopback()).isTrue();
    assertThat(read("backend: { listen: '[::1]:1' }").isLoopback()).isTrue();
    assertThat(read("backend: { listen: ':1' }").isLoopback()).isFalse();
    assertThat(read("backend: { listen: '10.0.0.1:1' }").isLoopback()).isFalse();
  }
}
