package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.RequestContext;
import java.util.Objects;

/**
 * One request of an API server with a streamed body.
 *
 * @param cluster the cluster, whose URL's path goes before {@code path}
 * @param credential a bearer token that becomes {@code Authorization} unless {@code headers} have
 *     one, or a client certificate, or nothing
 * @param method the HTTP method
 * @param path the percent-encoded path below that of the cluster's URL; starts with a slash
 * @param query the percent-encoded query without the question mark; empty for none
 * @param headers the headers, without hop-by-hop headers, {@code Host} and {@code Content-Length}
 * @param body the body
 * @param upgrade the protocol to change to, such as {@code websocket}; empty for none
 * @param context until when the head of the answer is waited for, and whether it is wanted still
 */
public record StreamRequest(
    Cluster cluster,
    Credential credential,
    String method,
    String path,
    String query,
    HttpHeaders headers,
    HttpBody body,
    String upgrade,
    RequestContext context) {

  /** Checks the components. */
  public StreamRequest {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(upgrade, "upgrade");
    Objects.requireNonNull(context, "context");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path '" + path + "' does not start with /");
    }
  }
}
