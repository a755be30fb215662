package dev.followspot.spi;

/** What an objects provider is created with. */
public interface ObjectsProviderContext extends ExtensionContext {

  /**
   * The objects provider below: the default one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  ObjectsProvider delegate();
}
