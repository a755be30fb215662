package dev.followspot.spi;

/** Creates an objects provider that wraps the one below it. */
public interface ObjectsProviderFactory extends ExtensionFactory {

  /**
   * Creates the objects provider.
   *
   * @param context its configuration, what it wraps, and what it may use
   * @return the objects provider, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  ObjectsProvider create(ObjectsProviderContext context);
}
