package dev.followspot.core.extension;

import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A permission policy whose failures name it and allow nothing. */
final class GuardedPermissionPolicy implements PermissionPolicy {

  private final PermissionPolicy policy;
  private final Guard guard;

  GuardedPermissionPolicy(PermissionPolicy policy, Guard guard) {
    this.policy = policy;
    this.guard = guard;
  }

  @Override
  public CompletionStage<Boolean> isAllowed(PermissionRequest request) {
    return guard.call(() -> policy.isAllowed(request), Function.identity());
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
