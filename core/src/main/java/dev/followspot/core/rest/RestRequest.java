package dev.followspot.core.rest;

import dev.followspot.spi.Cancellation;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.Objects;

/**
 * An HTTP request that came in.
 *
 * @param method the HTTP method as it came
 * @param mountPoint the percent-encoded path at which the handler is mounted, without a slash at
 *     its end, such as {@code /api/kubernetes}; empty for the root
 * @param path the percent-encoded path below the mount point, exactly as it came; empty or starts
 *     with a slash
 * @param query the percent-encoded query without the question mark, empty for none
 * @param headers all headers
 * @param body the body; it is read only where it is needed
 * @param remoteAddress the address of the peer, empty if it is not known
 * @param cancellation is cancelled when the caller hangs up
 */
public record RestRequest(
    String method,
    String mountPoint,
    String path,
    String query,
    HttpHeaders headers,
    HttpBody body,
    String remoteAddress,
    Cancellation cancellation) {

  /** Checks the components. */
  public RestRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(mountPoint, "mountPoint");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    Objects.requireNonNull(cancellation, "cancellation");
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException("the path '" + path + "' does not start with /");
    }
  }

  /** Method and path: no query and no header, since they may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
