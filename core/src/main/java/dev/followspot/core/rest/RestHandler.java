package dev.followspot.core.rest;

import java.util.concurrent.CompletionStage;

/** Answers HTTP requests without blocking. Safe for use by several threads. */
@FunctionalInterface
public interface RestHandler {

  /**
   * Answers one request.
   *
   * @param request the request
   * @return the response, whose body may still come; never a failed stage: failures are answers
   */
  CompletionStage<RestResponse> handle(RestRequest request);
}
