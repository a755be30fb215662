package dev.followspot.core.extension;

import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyRequest;
import dev.followspot.spi.ProxyResponse;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A proxy interceptor whose failures refuse their request, and name it. */
final class GuardedProxyInterceptor implements ProxyInterceptor {

  private final ProxyInterceptor interceptor;
  private final Guard guard;

  GuardedProxyInterceptor(ProxyInterceptor interceptor, Guard guard) {
    this.interceptor = interceptor;
    this.guard = guard;
  }

  @Override
  public CompletionStage<ProxyResponse> handle(ProxyRequest request) {
    return guard.call(() -> interceptor.handle(request), Function.identity());
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
