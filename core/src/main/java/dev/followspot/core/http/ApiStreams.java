package dev.followspot.core.http;

import java.util.concurrent.CompletionStage;

/** Sends requests whose bodies stream in both directions. Safe for use by several threads. */
public interface ApiStreams {

  /**
   * Sends a request and gives the answer as soon as its head is there, whatever its status.
   *
   * <p>Redirects are not followed and statuses are not retried. A request is sent again only if the
   * API server cannot have looked at it and its body can be read again. The head has to come by the
   * deadline of the context; after that, nothing but the end of a connection or of interest ends a
   * stream: a watch may be silent for hours.
   *
   * <p>Cancelling the context's cancellation, or the body of the answer, ends the request on the
   * wire at once; so does a body of the request that fails. Memory is bounded: no side is read
   * faster than the other one takes it.
   *
   * @param request what to send
   * @return the answer, completed on a thread of the engine, which must not be blocked; or a
   *     failure that is always an {@link ApiFailure}
   */
  CompletionStage<StreamResponse> stream(StreamRequest request);
}
