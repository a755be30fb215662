package dev.followspot.core.http;

import java.util.concurrent.CompletionStage;

/**
 * Asks API servers. Everything that Followspot asks of a cluster goes through one of these. Safe
 * for use by several threads.
 */
public interface ApiClient {

  /**
   * Sends a GET and gives the whole answer, whatever its status.
   *
   * <p>The credential is asked for first. A 401 is answered with one refresh of the credential and
   * one more try, a 429 or 503 with one more try after what {@code Retry-After} says, if there is
   * time for it. Redirects are not followed. The stage ends by the deadline of the context, and at
   * once when its cancellation is cancelled.
   *
   * @param request what to ask for
   * @return the answer, completed on a thread of the engine, which must not be blocked; or a
   *     failure that is always an {@link ApiFailure}
   */
  CompletionStage<ApiResponse> get(ApiRequest request);
}
