package dev.followspot.spi;

import java.util.Objects;

/**
 * The head of a request that came in.
 *
 * @param method the HTTP method
 * @param path the percent-encoded path below the mount point; starts with a slash
 * @param headers all headers as the caller sent them
 * @param remoteAddress the address of the peer, empty if it is not known
 */
public record IncomingRequest(
    String method, String path, HttpHeaders headers, String remoteAddress) {

  /** Checks the components. */
  public IncomingRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(remoteAddress, "remoteAddress");
  }

  /** Method and path: no header, since they may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
