package dev.followspot.spi;

/** Creates a cluster supplier, chosen by its name in {@code clusterLocatorMethods[].type}. */
public interface ClusterSupplierFactory extends ExtensionFactory {

  /**
   * Creates the cluster supplier.
   *
   * @param context its configuration, and what it may use
   * @return the cluster supplier, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  ClusterSupplier create(ClusterSupplierContext context);
}
