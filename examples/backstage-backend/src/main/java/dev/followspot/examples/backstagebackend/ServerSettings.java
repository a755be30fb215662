package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the web server takes from {@code backend}.
 *
 * @param listen where to listen
 * @param certificate the certificate of the server and its key; null for plain HTTP
 * @param cors which other origins may call; null for none
 * @param authenticates false if {@code backend.auth.dangerouslyDisableDefaultAuthPolicy} lets
 *     everybody in
 * @param names the names by which it may be asked if it does not authenticate
 */
record ServerSettings(
    ListenAddress listen,
    @Nullable ServerCertificate certificate,
    @Nullable CorsSettings cors,
    boolean authenticates,
    OwnNames names) {

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
    boolean authenticates = !Boolean.TRUE.equals(open);
    ListenAddress address = listen == null ? ListenAddress.DEFAULT : listen;
    CorsSettings allowed = cors == null ? null : cors.orElse(null);
    // With authentication it is of no use, and whatever other programs make of it is fine.
    OwnNames names =
        authenticates
            ? new OwnNames(Set.of())
            : problems.read(() -> OwnNames.from(backend, address, allowed));
    problems.throwIfAny();
    return new ServerSettings(
        address,
        certificate == null ? null : certificate.orElse(null),
        allowed,
        authenticates,
        names == null ? new OwnNames(Set.of()) : names);
  }

  ServerSettings withPort(@Nullable Integer port) {
    return port == null
        ? this
        : new ServerSettings(listen.withPort(port), certificate, cors, authenticates, names);
  }
}
