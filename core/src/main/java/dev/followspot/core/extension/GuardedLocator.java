package dev.followspot.core.extension;

import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.ServiceLocator;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A service locator whose failures name it. */
final class GuardedLocator implements ServiceLocator {

  private final ServiceLocator locator;
  private final Guard guard;

  GuardedLocator(ServiceLocator locator, Guard guard) {
    this.locator = locator;
    this.guard = guard;
  }

  @Override
  public CompletionStage<LocateResult> locate(LocateRequest request) {
    return guard.call(() -> locator.locate(request), Function.identity());
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
