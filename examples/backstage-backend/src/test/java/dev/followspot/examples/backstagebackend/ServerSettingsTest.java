package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

  private static ServerSettings read(String yaml) {
    return ServerSettings.from(AppConfig.parse("app-config.yaml", yaml).resolve(Map.of()).root());
  }

  @Test
  void defaults_are_loopback_plain_http_no_other_origin_and_authentication() {
    ServerSettings settings = read("{}");
    assertThat(settings.listen()).hasToString("127.0.0.1:7007");
    assertThat(settings.certificate()).isNull();
    assertThat(settings.cors()).isNull();
    assertThat(settings.authenticates()).isTrue();
    assertThat(read("backend: { https: false }").certificate()).isNull();
    assertThat(settings.withPort(1).listen()).hasToString("127.0.0.1:1");
    assertThat(settings.withPort(null).listen()).hasToString("127.0.0.1:7007");
  }

  @Test
  void names_every_mistake_at_once() {
    ConfigurationException wrong =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                read(
                    """
                    backend:
                      listen: nowhere
                      https: true
                      auth: { dangerouslyDisableDefaultAuthPolicy: perhaps }
                      cors:
                        origin: 'https://[a'
                        methods: [GET, 'NO GOOD']
                        credentials: maybe
                        maxAge: -1
                    """));
    assertThat(wrong.problems())
        .extracting(problem -> problem.key())
        .containsExactlyInAnyOrder(
            "backend.listen",
            "backend.https",
            "backend.auth.dangerouslyDisableDefaultAuthPolicy",
            "backend.cors.origin",
            "backend.cors.methods",
            "backend.cors.credentials",
            "backend.cors.maxAge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "'true'", "{}", "{ certificate: {} }"})
  void https_without_a_certificate_names_the_cure(String https) {
    assertThatThrownBy(() -> read("backend: { https: " + https + " }"))
        .hasMessageContaining("backend.https")
        .hasMessageContaining("$file: tls.crt");
  }
}
