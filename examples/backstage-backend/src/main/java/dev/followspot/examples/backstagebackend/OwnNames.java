package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigSection;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The DNS names by which the backend is asked where nobody has to say who they are. Whoever owns
 * any other name can point it here, and their page is then of one origin with this backend.
 *
 * @param names in lower case
 */
record OwnNames(Set<String> names) {

  private static final String LOCALHOST = "localhost";
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** Those of {@code baseUrl}, of where it listens, and of the origins that may call. */
  static OwnNames from(ConfigSection backend, ListenAddress listen, @Nullable CorsSettings cors) {
    Set<String> names = new HashSet<>();
    backend.optionalUri("baseUrl").map(URI::getHost).ifPresent(host -> names.add(plain(host)));
    Optional.ofNullable(listen.host()).ifPresent(host -> names.add(plain(host)));
    List<OriginPattern> origins = cors == null ? null : cors.origins();
    if (origins != null) {
      origins.forEach(origin -> origin.host().ifPresent(host -> names.add(plain(host))));
    }
    return new OwnNames(Set.copyOf(names));
  }

  /** Whether a caller may have asked for this, as {@code host} or {@code host:port}. */
  boolean include(String authority) {
    String host = plain(PORT.matcher(authority.strip()).replaceFirst(""));
    return host.isEmpty()
        || isAddress(host)
        || host.equals(LOCALHOST)
        || host.endsWith("." + LOCALHOST)
        || names.contains(host);
  }

  /** Addresses cannot be pointed elsewhere. */
  private static boolean isAddress(String host) {
    return (host.startsWith("[") && host.endsWith("]")) || IPV4.matcher(host).matches();
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
