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
    if (!(request.context().cancellation() instanceof TrackedCancellation tracked)) {
      return guard.call(() -> interceptor.handle(request), Function.identity());
    }
    Runnable answered =
        tracked.asked(new TrackedCancellation.Extension(guard.name(), guard.label()));
    CompletionStage<ProxyResponse> stage =
        guard.call(() -> interceptor.handle(request), Function.identity());
    var unused = stage.whenComplete((response, failure) -> answered.run());
    return stage;
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
