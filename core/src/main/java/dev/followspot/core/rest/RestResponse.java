package dev.followspot.core.rest;

import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpTunnel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param status the HTTP status
 * @param headers the headers, without hop-by-hop headers and {@code Content-Length}; only after
 *     status 101 with {@code Upgrade}, which names the protocol
 * @param body the body, which has to be read or discarded; cancelling it ends what makes it. Each
 *     part has to be sent at once, since a watch may send nothing more for an hour. After status
 *     101, what the other side sends
 * @param tunnel takes what the caller sends after an upgrade; null unless the status is 101
 */
public record RestResponse(
    int status, HttpHeaders headers, HttpBody body, @Nullable HttpTunnel tunnel) {

  /** Checks the components. */
  public RestResponse {
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    if ((status == 101) != (tunnel != null)) {
      throw new IllegalArgumentException("status 101 and a tunnel go together");
    }
  }

  /**
   * A response without an upgrade.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param body the body
   * @return the response
   */
  public static RestResponse of(int status, HttpHeaders headers, HttpBody body) {
    return new RestResponse(status, headers, body, null);
  }
}
