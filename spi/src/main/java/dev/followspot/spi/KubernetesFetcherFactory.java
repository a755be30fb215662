package dev.followspot.spi;

/** Creates a fetcher that wraps the one below it. */
public interface KubernetesFetcherFactory extends ExtensionFactory {

  /**
   * Creates the fetcher.
   *
   * @param context its configuration, what it wraps, and what it may use
   * @return the fetcher, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  KubernetesFetcher create(FetcherContext context);
}
