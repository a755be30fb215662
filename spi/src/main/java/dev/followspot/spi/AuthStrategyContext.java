package dev.followspot.spi;

/** What an auth strategy is created with. */
public interface AuthStrategyContext extends ExtensionContext {

  /**
   * Another auth strategy to decorate, created with this same configuration.
   *
   * @param name the name of a built-in or another extension
   * @return the auth strategy
   * @throws ConfigurationException if there is none of that name, or it cannot be created; also if
   *     the two ask for each other
   */
  AuthStrategy delegate(String name);
}
