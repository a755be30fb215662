package dev.followspot.spi;

/** Creates an auth strategy, chosen by its name in {@code authProvider}. */
public interface AuthStrategyFactory extends ExtensionFactory {

  /**
   * Creates the auth strategy.
   *
   * @param context its configuration, and what it may use
   * @return the auth strategy, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  AuthStrategy create(AuthStrategyContext context);
}
