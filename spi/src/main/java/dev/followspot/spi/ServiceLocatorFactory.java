package dev.followspot.spi;

/** Creates a service locator, chosen by its name in {@code serviceLocatorMethod.type}. */
public interface ServiceLocatorFactory extends ExtensionFactory {

  /**
   * Creates the service locator.
   *
   * @param context its configuration, and what it may use
   * @return the service locator, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  ServiceLocator create(ServiceLocatorContext context);
}
