package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the web server takes from {@code backend}.
 *
 * @param listen where to listen
 * @param certificate the certificate of the server and its key; null for plain HTTP
 * @param cors which other origins may call; null for none
 * @param authenticates false if {@code backend.auth.dangerouslyDisableDefaultAuthPolicy} lets
 *     everybody in
 */
record ServerSettings(
    ListenAddress listen,
    @Nullable ServerCertificate certificate,
    @Nullable CorsSettings cors,
    boolean authenticates) {

  /**
   * Reads the settings.
   *
   * @throws dev.followspot.spi.ConfigurationException with every mistake
   */
  static ServerSettings from(ConfigSection root) {
    ConfigSection backend = root.section("backend");
    ConfigProblems problems = new ConfigProblems();
    ListenAddress listen = problems.read(() -> ListenAddress.from(backend));
    Optional<ServerCertificate> certificate = problems.read(() -> ServerCertificate.from(backend));
    Optional<CorsSettings> cors = problems.read(() -> CorsSettings.from(backend));
    Boolean open =
        problems.read(
            () ->
                backend
                    .section("auth")
                    .optionalBoolean("dangerouslyDisableDefaultAuthPolicy")
                    .orElse(false));
    problems.throwIfAny();
    return new ServerSettings(
        listen == null ? ListenAddress.DEFAULT : listen,
        certificate == null ? null : certificate.orElse(null),
        cors == null ? null : cors.orElse(null),
        !Boolean.TRUE.equals(open));
  }

  ServerSettings withPort(@Nullable Integer port) {
    return port == null
        ? this
        : new ServerSettings(listen.withPort(port), certificate, cors, authenticates);
  }
}
