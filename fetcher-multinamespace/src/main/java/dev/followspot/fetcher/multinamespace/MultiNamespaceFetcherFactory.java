package dev.followspot.fetcher.multinamespace;

/** Makes fetchers that look in every namespace of a list. */
public final class MultiNamespaceFetcherFactory {
  private MultiNamespaceFetcherFactory() {}
}
