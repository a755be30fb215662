package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
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
 * @param upgrade whether the connection will change its protocol, and so speaks HTTP/1.1 only
 * @param publicOnly whether only public addresses may be connected to
 */
record Origin(
    String host,
    int port,
    @Nullable TlsIdentity tls,
    @Nullable URI proxy,
    boolean upgrade,
    boolean publicOnly) {

  static Origin of(Cluster cluster, @Nullable TlsIdentity tls) {
    URI url = cluster.url();
    return new Origin(
        hostOf(url),
        portOf(url),
        tls,
        cluster.proxyUrl().orElse(null),
        false,
        cluster.publicAddressesOnly());
  }

  /** The same for connections that will be upgraded. */
  Origin forUpgrade() {
    return new Origin(host, port, tls, proxy, true, publicOnly);
  }

  /** The percent-encoded path of the cluster's URL without a slash at its end, and a path. */
  static String fullPath(Cluster cluster, String path) {
    String prefix = cluster.url().getRawPath();
    int end = prefix == null ? 0 : prefix.length();
    while (end > 0 && prefix != null && prefix.charAt(end - 1) == '/') {
      end--;
    }
    return prefix == null ? path : prefix.substring(0, end) + path;
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
    return proxy != null && tls == null && !upgrade;
  }

  /** Whether the proxy is asked for a way to the API server first. */
  boolean tunnelled() {
    return proxy != null && !plainProxy();
  }

  /** The start of a request: where to, and the password of the proxy if it reads it. */
  BasicHttpRequest request(String method, String target, boolean http2) {
    int shownPort = authority().equals(hostAndPort()) ? port : -1;
    BasicHttpRequest request =
        new BasicHttpRequest(
            method, tls == null ? "http" : "https", new URIAuthority(host, shownPort), target);
    request.setAbsoluteRequestUri(plainProxy());
    if (!http2) {
      request.addHeader("Host", authority());
    }
    if (plainProxy()) {
      authorizeAtProxy(request);
    }
    return request;
  }

  void authorizeAtProxy(HttpMessage request) {
    String user = proxy == null ? null : proxy.getUserInfo();
    if (user != null) {
      byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
      request.addHeader(
          "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** For messages: where to, and through what. */
  String shown() {
    return proxy == null
        ? hostAndPort()
        : hostAndPort() + " through the proxy " + hostOf(proxy) + ":" + portOf(proxy);
  }
}
