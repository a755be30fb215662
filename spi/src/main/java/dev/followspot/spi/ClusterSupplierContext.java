package dev.followspot.spi;

/** What a cluster supplier is created with. */
public interface ClusterSupplierContext extends ExtensionContext {

  /**
   * Another cluster supplier to decorate, created with this same configuration.
   *
   * @param name the name of a built-in or another extension
   * @return the cluster supplier
   * @throws ConfigurationException if there is none of that name, or it cannot be created; also if
   *     the two ask for each other
   */
  ClusterSupplier delegate(String name);
}
