package dev.followspot.core.extension.report;

import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.CustomResourceSupplierFactory;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.ObjectsProviderFactory;
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
