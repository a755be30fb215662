package dev.followspot.spi;

/** What a service locator is created with. */
public interface ServiceLocatorContext extends ExtensionContext {

  /**
   * Another service locator to decorate, created with this same configuration.
   *
   * @param name the name of a built-in or another extension
   * @return the service locator
   * @throws ConfigurationException if there is none of that name, or it cannot be created; also if
   *     the two ask for each other
   */
  ServiceLocator delegate(String name);
}
