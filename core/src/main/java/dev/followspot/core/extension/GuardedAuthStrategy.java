package dev.followspot.core.extension;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An auth strategy whose failures name it, without their texts, which might hold a secret. */
final class GuardedAuthStrategy implements AuthStrategy {

  private final AuthStrategy strategy;
  private final Guard guard;

  GuardedAuthStrategy(AuthStrategy strategy, Guard guard) {
    this.strategy = strategy;
    this.guard = guard;
  }

  @Override
  public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
    return guard.call(() -> strategy.credential(cluster, context), Function.identity());
  }

  /** If it cannot tell, its credentials are not shared between callers. */
  @Override
  public boolean dependsOnCaller() {
    try {
      return strategy.dependsOnCaller();
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      return true;
    }
  }

  @Override
  public List<String> problems(Cluster cluster) {
    try {
      return List.copyOf(strategy.problems(cluster));
    } catch (Throwable e) {
      String message = String.valueOf(guard.failure(e).getMessage());
      return List.of(message + "; its problems() cannot tell whether the cluster is set up well");
    }
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
