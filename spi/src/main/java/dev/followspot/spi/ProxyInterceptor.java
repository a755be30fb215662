package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/**
 * Stands between the callers of the proxy and the API servers: it may change, answer or refuse a
 * request, and change the response, one that streams included.
 *
 * <pre>{@code
 * ProxyInterceptor next = context.delegate();
 * return request -> request.method().equals("DELETE")
 *     ? CompletableFuture.failedFuture(new NotAllowedException("the portal deletes nothing"))
 *     : next.handle(request);
 * }</pre>
 *
 * <p>Several wrap each other, see {@link ExtensionFactory#order()}. One that fails refuses its
 * request and nothing else. Implementations are safe for use by several threads and block none.
 */
@FunctionalInterface
public interface ProxyInterceptor {

  /**
   * Handles one request.
   *
   * @param request the request; its body is not read yet
   * @return the response, whose body may still come; or a failed stage: {@link NotAllowedException}
   *     is answered with 403, anything else with 500
   */
  CompletionStage<ProxyResponse> handle(ProxyRequest request);
}
