package dev.followspot.core.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer of an API server. Its body is not copied: nobody may change the array.
 *
 * @param status the HTTP status
 * @param contentType the {@code Content-Type}, null if there is none
 * @param body holds the body from index 0, decompressed; may be longer than the body
 * @param length how many bytes of {@code body} are the body
 * @param duration from the request to the last byte, with waiting and retries
 */
@SuppressWarnings("ArrayRecordComponent") // identity is fine: answers are never compared
public record ApiResponse(
    int status, @Nullable String contentType, byte[] body, int length, Duration duration) {

  /** The status and length, and nothing of the body. */
  @Override
  public String toString() {
    return "ApiResponse[" + status + ", " + length + " bytes]";
  }
}
