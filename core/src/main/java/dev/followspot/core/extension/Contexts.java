package dev.followspot.core.extension;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.CustomResourceSupplierContext;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.ExtensionContext;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsProviderContext;
import dev.followspot.spi.ServiceLocator;
import dev.followspot.spi.ServiceLocatorContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What factories are given. */
final class Contexts {

  /** What all extensions share. */
  record Shared(Clock clock, Executor executor, Map<String, String> environment) {}

  private abstract static class Base implements ExtensionContext {
    private final Shared shared;
    private final ExtensionConfig config;

    Base(Shared shared, ExtensionConfig config) {
      this.shared = shared;
      this.config = config;
    }

    @Override
    public ExtensionConfig config() {
      return config;
    }

    @Override
    public Clock clock() {
      return shared.clock();
    }

    @Override
    public Executor executor() {
      return shared.executor();
    }

    @Override
    public Map<String, String> environment() {
      return shared.environment();
    }
  }

  /** For a fetcher. */
  static final class OfFetcher extends Base implements FetcherContext {
    private final KubernetesFetcher delegate;

    OfFetcher(Shared shared, ExtensionConfig config, KubernetesFetcher delegate) {
      super(shared, config);
      this.delegate = delegate;
    }

    @Override
    public KubernetesFetcher delegate() {
      return delegate;
    }
  }

  /** For an objects provider. */
  static final class OfObjects extends Base implements ObjectsProviderContext {
    private final ObjectsProvider delegate;

    OfObjects(Shared shared, ExtensionConfig config, ObjectsProvider delegate) {
      super(shared, config);
      this.delegate = delegate;
    }

    @Override
    public ObjectsProvider delegate() {
      return delegate;
    }
  }

  /** For a custom resource supplier. */
  static final class OfCustomResources extends Base implements CustomResourceSupplierContext {
    private final CustomResourceSupplier delegate;

    OfCustomResources(Shared shared, ExtensionConfig config, CustomResourceSupplier delegate) {
      super(shared, config);
      this.delegate = delegate;
    }

    @Override
    public CustomResourceSupplier delegate() {
      return delegate;
    }
  }

  /** For an auth strategy. */
  static final class OfAuth extends Base implements AuthStrategyContext {
    private final Function<String, AuthStrategy> delegates;

    OfAuth(Shared shared, ExtensionConfig config, Function<String, AuthStrategy> delegates) {
      super(shared, config);
      this.delegates = delegates;
    }

    @Override
    public AuthStrategy delegate(String name) {
      return delegates.apply(name);
    }
  }

  /** For a cluster supplier. */
  static final class OfClusters extends Base implements ClusterSupplierContext {
    private final Function<String, ClusterSupplier> delegates;

    OfClusters(Shared shared, ExtensionConfig config, Function<String, ClusterSupplier> delegates) {
      super(shared, config);
      this.delegates = delegates;
    }

    @Override
    public ClusterSupplier delegate(String name) {
      return delegates.apply(name);
    }
  }

  /** For a service locator. */
  static final class OfLocator extends Base implements ServiceLocatorContext {
    private final Function<String, ServiceLocator> delegates;

    OfLocator(Shared shared, ExtensionConfig config, Function<String, ServiceLocator> delegates) {
      super(shared, config);
      this.delegates = delegates;
    }

    @Override
    public ServiceLocator delegate(String name) {
      return delegates.apply(name);
    }
  }

  private Contexts() {}
}
