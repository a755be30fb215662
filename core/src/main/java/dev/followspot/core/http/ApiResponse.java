package dev.followspot.core.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer of an API server. Its body is not copied: nobody may change the array.
 *
 * @param status the HTTP status
 * @param contentType the {@code Content-Type}, null if there is none
 * @param body holds the body from index 0, decompressed; may be longer than the body. Empty if the
 *     reader has read all of it
 * @param length how many bytes the body has
 * @param reader what has read the body, null if there was none or it has not read all of it
 * @param duration from the request to the last byte, with waiting and retries
 */
@SuppressWarnings("ArrayRecordComponent") // identity is fine: answers are never compared
public record ApiResponse(
    int status,
    @Nullable String contentType,
    byte[] body,
    int length,
    @Nullable BodyReader reader,
    Duration duration) {

  /** The status and length, and nothing of the body. */
  @Override
  public String toString() {
    return "ApiResponse[" + status + ", " + length + " bytes]";
  }
}
