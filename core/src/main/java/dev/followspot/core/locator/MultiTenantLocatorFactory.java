package dev.followspot.core.locator;

import dev.followspot.spi.LocateResult;
import dev.followspot.spi.ServiceLocator;
import dev.followspot.spi.ServiceLocatorContext;
import dev.followspot.spi.ServiceLocatorFactory;
import java.util.concurrent.CompletableFuture;

/** The service locator {@code multiTenant}: every entity runs on all clusters. */
public final class MultiTenantLocatorFactory implements ServiceLocatorFactory {

  /** Used by the engine; there is nothing to set. */
  public MultiTenantLocatorFactory() {}

  @Override
  public String name() {
    return "multiTenant";
  }

  @Override
  public ServiceLocator create(ServiceLocatorContext context) {
    return request -> CompletableFuture.completedFuture(LocateResult.of(request.clusters()));
  }
}
