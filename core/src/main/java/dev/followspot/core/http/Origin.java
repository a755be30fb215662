package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is for. Requests share connections if, and only if, their origins are equal:
 * trust, server name and client certificate are in {@link TlsIdentity}, which is compared by
 * identity.
 *
 * @param host the host in lower case, an IPv6 address without brackets
 * @param port the port
 * @param tls how the connection is secured, null for plain HTTP
 * @param proxy the HTTP proxy on the way, or null
 */
record Origin(String host, int port, @Nullable TlsIdentity tls, @Nullable URI proxy) {

  static Origin of(Cluster cluster, @Nullable TlsIdentity tls) {
    URI url = cluster.url();
    return new Origin(hostOf(url), portOf(url), tls, cluster.proxyUrl().orElse(null));
  }

  /** Without the proxy's address, which may hold a password. */
  @Override
  public String toString() {
    return "Origin[" + hostAndPort() + "]";
  }

  static boolean isTls(Cluster cluster) {
    return "https".equalsIgnoreCase(cluster.url().getScheme());
  }

  static String hostOf(URI url) {
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  static int portOf(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  /** As in a Host header: the default port is left out. */
  String authority() {
    return port == (tls == null ? 80 : 443) ? bracketed() : hostAndPort();
  }

  /** For CONNECT and for messages: always with the port. */
  String hostAndPort() {
    return bracketed() + ":" + port;
  }

  private String bracketed() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** Whether plain requests go to the proxy, with the whole URL in their first line. */
  boolean plainProxy() {
    return proxy != null && tls == null;
  }

  /** For messages: where to, and through what. */
  String shown() {
    return proxy == null
        ? hostAndPort()
        : hostAndPort() + " through the proxy " + hostOf(proxy) + ":" + portOf(proxy);
  }
}
