package dev.followspot.core.extension.report;

import dev.followspot.spi.AuditSinkFactory;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.CallerAuthenticatorFactory;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.CustomResourceSupplierFactory;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.ObjectsProviderFactory;
import dev.followspot.spi.PermissionPolicyFactory;
import dev.followspot.spi.ProxyInterceptorFactory;
import dev.followspot.spi.ServiceLocatorFactory;

/** What can be extended. */
public enum ExtensionPoint {
  /** Lists the objects of one cluster; extensions wrap each other. */
  FETCHER("fetcher", "fetcher", KubernetesFetcherFactory.class, true),
  /** Entity in, objects out; extensions wrap each other. */
  OBJECTS("objects", "objects provider", ObjectsProviderFactory.class, true),
  /** Knows the custom resources of a cluster; extensions wrap each other. */
  CUSTOM_RESOURCES(
      "customResources", "custom resource supplier", CustomResourceSupplierFactory.class, true),
  /** Changes, answers or refuses requests of the proxy; extensions wrap each other. */
  PROXY("proxy", "proxy interceptor", ProxyInterceptorFactory.class, true),
  /** Finds out who calls a route; extensions wrap each other. */
  AUTHENTICATION("authentication", "caller authenticator", CallerAuthenticatorFactory.class, true),
  /** Decides what callers may do; extensions wrap each other. */
  PERMISSIONS("permissions", "permission policy", PermissionPolicyFactory.class, true),
  /** Is told what callers did; extensions wrap each other. */
  AUDIT("audit", "audit sink", AuditSinkFactory.class, true),
  /** Makes credentials; chosen by name in {@code authProvider}. */
  AUTH("auth", "auth strategy", AuthStrategyFactory.class, false),
  /** Knows clusters; chosen by name in {@code clusterLocatorMethods[].type}. */
  CLUSTERS("clusters", "cluster supplier", ClusterSupplierFactory.class, false),
  /** Knows the clusters of an entity; chosen by name in {@code serviceLocatorMethod.type}. */
  LOCATOR("locator", "service locator", ServiceLocatorFactory.class, false);

  private final String key;
  private final String displayName;
  private final Class<? extends ExtensionFactory> factoryType;
  private final boolean wrapping;

  ExtensionPoint(
      String key,
      String displayName,
      Class<? extends ExtensionFactory> factoryType,
      boolean wrapping) {
    this.key = key;
    this.displayName = displayName;
    this.factoryType = factoryType;
    this.wrapping = wrapping;
  }

  /**
   * Its name in the configuration: the key below {@code followspot.extensions}.
   *
   * @return such as {@code fetcher}
   */
  public String key() {
    return key;
  }

  /**
   * What to call one of its extensions.
   *
   * @return such as {@code cluster supplier}
   */
  public String displayName() {
    return displayName;
  }

  /**
   * What a jar provides to extend it.
   *
   * @return the interface of its factories
   */
  public Class<? extends ExtensionFactory> factoryType() {
    return factoryType;
  }

  /**
   * Whether every extension is used and wraps the one below, instead of being chosen by its name.
   *
   * @return true for those that wrap each other
   */
  public boolean wrapping() {
    return wrapping;
  }
}
