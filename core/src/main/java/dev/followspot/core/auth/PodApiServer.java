package dev.followspot.core.auth;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The API server of the pod in which this process runs, as Kubernetes tells it.
 *
 * @param host {@code KUBERNETES_SERVICE_HOST} in lower case, without brackets; empty if not set
 * @param port {@code KUBERNETES_SERVICE_PORT}; empty if not set
 */
record PodApiServer(String host, String port) {

  private static final Set<String> NAMES =
      Set.of("kubernetes.default.svc", "kubernetes.default.svc.cluster.local");

  private static final String HTTPS = "443";

  static PodApiServer of(Map<String, String> environment) {
    return new PodApiServer(
        bare(environment.getOrDefault("KUBERNETES_SERVICE_HOST", "")),
        environment.getOrDefault("KUBERNETES_SERVICE_PORT", ""));
  }

  /**
   * Whether a URL is that of this API server. Only https is: a token is never sent in the clear.
   */
  boolean isAt(URI url) {
    if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      return false;
    }
    String urlHost = bare(url.getHost());
    String urlPort = url.getPort() < 0 ? HTTPS : Integer.toString(url.getPort());
    boolean samePort = urlPort.equals(port.isEmpty() ? HTTPS : port);
    return samePort && (NAMES.contains(urlHost) || (!host.isEmpty() && urlHost.equals(host)));
  }

  private static String bare(String host) {
    String text = host.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }
}
