package dev.followspot.spi;

/** Creates a custom resource supplier that wraps the one below it. */
public interface CustomResourceSupplierFactory extends ExtensionFactory {

  /**
   * Creates the custom resource supplier.
   *
   * @param context its configuration, what it wraps, and what it may use
   * @return the custom resource supplier, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  CustomResourceSupplier create(CustomResourceSupplierContext context);
}
