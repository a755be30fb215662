package dev.followspot.core.http;

import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpTunnel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and its body to come.
 *
 * @param status the HTTP status
 * @param headers the headers as the API server sent them, hop-by-hop headers and {@code
 *     Content-Length} left out
 * @param body the body, which has to be read or discarded; after status 101 what the server sends.
 *     A body that breaks off ends with an {@link ApiFailure}
 * @param tunnel takes what goes to the server after an upgrade; null unless the status is 101
 */
public record StreamResponse(
    int status, HttpHeaders headers, HttpBody body, @Nullable HttpTunnel tunnel) {

  /** Checks the components. */
  public StreamResponse {
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
  }
}
