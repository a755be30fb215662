/** A drop-in fetcher that looks in every namespace of a list. */
@org.jspecify.annotations.NullMarked
module dev.followspot.fetcher.multinamespace {
  requires transitive dev.followspot.spi;
  requires static org.jspecify;

  exports dev.followspot.fetcher.multinamespace;

  provides dev.followspot.spi.KubernetesFetcherFactory with
      dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory;
}
