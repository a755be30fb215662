package dev.followspot.spi;

import java.util.Objects;

/**
 * A request for the API server of one cluster, on its way through the proxy. Its headers are clean:
 * no hop-by-hop headers, no cookies, no token of the portal, no {@code Impersonate-*} of the
 * caller.
 *
 * <p>{@code Authorization} is there only if the caller gave one for the cluster, with {@code
 * Backstage-Kubernetes-Authorization}; without it, the cluster's auth strategy adds a credential
 * after all interceptors, so that none of them sees it.
 *
 * @param cluster where it goes
 * @param method the HTTP method as the caller wrote it
 * @param path the percent-encoded path below that of the cluster's URL; starts with a slash and has
 *     no dot segments
 * @param query the percent-encoded query without the question mark, empty for none
 * @param headers the headers, without {@code Host} and {@code Content-Length}
 * @param body the body
 * @param upgrade the protocol that the caller wants to change to, such as {@code websocket}; empty
 *     for none
 * @param context who asks, with which tokens
 */
public record ProxyRequest(
    Cluster cluster,
    String method,
    String path,
    String query,
    HttpHeaders headers,
    HttpBody body,
    String upgrade,
    RequestContext context) {

  /** Checks the components. */
  public ProxyRequest {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(upgrade, "upgrade");
    Objects.requireNonNull(context, "context");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path '" + path + "' does not start with /");
    }
  }

  /**
   * Whether the caller wants to change the protocol.
   *
   * @return true for a WebSocket, for instance
   */
  public boolean isUpgrade() {
    return !upgrade.isEmpty();
  }

  /**
   * A copy with other headers.
   *
   * @param other the headers
   * @return the copy
   */
  public ProxyRequest withHeaders(HttpHeaders other) {
    return new ProxyRequest(cluster, method, path, query, other, body, upgrade, context);
  }

  /**
   * A copy with another path and query.
   *
   * @param otherPath percent-encoded, starts with a slash
   * @param otherQuery percent-encoded, empty for none
   * @return the copy
   */
  public ProxyRequest withTarget(String otherPath, String otherQuery) {
    return new ProxyRequest(
        cluster, method, otherPath, otherQuery, headers, body, upgrade, context);
  }

  /**
   * A copy with another body.
   *
   * @param other the body; the one that it replaces has to be read or discarded
   * @return the copy
   */
  public ProxyRequest withBody(HttpBody other) {
    return new ProxyRequest(cluster, method, path, query, headers, other, upgrade, context);
  }

  /** Method, cluster and path: no query and no header, since they may hold secrets. */
  @Override
  public String toString() {
    return method + " " + cluster.name() + " " + path;
  }
}
