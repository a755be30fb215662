package dev.followspot.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of the proxy gets.
 *
 * @param status the HTTP status
 * @param headers the headers, without {@code Content-Length} and hop-by-hop headers
 * @param body the body; for status 101 what the cluster sends after the upgrade
 * @param tunnel the way to the cluster after an upgrade; null unless the status is 101
 */
public record ProxyResponse(
    int status, HttpHeaders headers, HttpBody body, @Nullable HttpTunnel tunnel) {

  /** Checks the components. */
  public ProxyResponse {
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("HTTP has no status " + status);
    }
    if ((status == 101) != (tunnel != null)) {
      throw new IllegalArgumentException("status 101 and a tunnel go together");
    }
  }

  /**
   * An answer without an upgrade.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param body the body
   * @return the answer
   */
  public static ProxyResponse of(int status, HttpHeaders headers, HttpBody body) {
    return new ProxyResponse(status, headers, body, null);
  }

  /**
   * A copy with other headers.
   *
   * @param other the headers
   * @return the copy
   */
  public ProxyResponse withHeaders(HttpHeaders other) {
    return new ProxyResponse(status, other, body, tunnel);
  }

  /**
   * A copy with another body.
   *
   * @param other the body; the one that it replaces has to be read or discarded
   * @return the copy
   */
  public ProxyResponse withBody(HttpBody other) {
    return new ProxyResponse(status, headers, other, tunnel);
  }

  /**
   * A copy with another status.
   *
   * @param other the HTTP status
   * @return the copy
   */
  public ProxyResponse withStatus(int other) {
    return new ProxyResponse(other, headers, body, tunnel);
  }
}
