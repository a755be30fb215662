package dev.followspot.spi;

/** What a fetcher is created with. */
public interface FetcherContext extends ExtensionContext {

  /**
   * The fetcher below: the default one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  KubernetesFetcher delegate();
}
