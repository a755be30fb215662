package dev.followspot.core.extension;

import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuditSinkContext;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.CallerAuthenticatorContext;
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
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionPolicyContext;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyInterceptorContext;
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

  /** For an extension that wraps the one below it. */
  abstract static class Wrapping<T> extends Base {
    private final T delegate;

    Wrapping(Shared shared, ExtensionConfig config, T delegate) {
      super(shared, config);
      this.delegate = delegate;
    }

    public T delegate() {
      return delegate;
    }
  }

  /** For a fetcher. */
  static final class OfFetcher extends Wrapping<KubernetesFetcher> implements FetcherContext {
    OfFetcher(Shared shared, ExtensionConfig config, KubernetesFetcher delegate) {
      super(shared, config, delegate);
    }
  }

  /** For an objects provider. */
  static final class OfObjects extends Wrapping<ObjectsProvider> implements ObjectsProviderContext {
    OfObjects(Shared shared, ExtensionConfig config, ObjectsProvider delegate) {
      super(shared, config, delegate);
    }
  }

  /** For a custom resource supplier. */
  static final class OfCustomResources extends Wrapping<CustomResourceSupplier>
      implements CustomResourceSupplierContext {
    OfCustomResources(Shared shared, ExtensionConfig config, CustomResourceSupplier delegate) {
      super(shared, config, delegate);
    }
  }

  /** For a proxy interceptor. */
  static final class OfProxy extends Wrapping<ProxyInterceptor> implements ProxyInterceptorContext {
    OfProxy(Shared shared, ExtensionConfig config, ProxyInterceptor delegate) {
      super(shared, config, delegate);
    }
  }

  /** For a caller authenticator. */
  static final class OfAuthentication extends Wrapping<CallerAuthenticator>
      implements CallerAuthenticatorContext {
    OfAuthentication(Shared shared, ExtensionConfig config, CallerAuthenticator delegate) {
      super(shared, config, delegate);
    }
  }

  /** For a permission policy. */
  static final class OfPermissions extends Wrapping<PermissionPolicy>
      implements PermissionPolicyContext {
    OfPermissions(Shared shared, ExtensionConfig config, PermissionPolicy delegate) {
      super(shared, config, delegate);
    }
  }

  /** For an audit sink. */
  static final class OfAudit extends Wrapping<AuditSink> implements AuditSinkContext {
    OfAudit(Shared shared, ExtensionConfig config, AuditSink delegate) {
      super(shared, config, delegate);
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
