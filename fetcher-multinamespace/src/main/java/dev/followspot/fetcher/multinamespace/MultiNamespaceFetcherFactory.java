package dev.followspot.fetcher.multinamespace;

import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;

/**
 * Makes the fetcher that looks in every namespace of a list: {@code order-dev, order-prod}.
 *
 * <p>It splits the namespace of a request at its commas and asks the fetcher below for each part,
 * all at the same time. What comes back is put together namespace by namespace:
 *
 * <ul>
 *   <li>White space around a name does not count, empty parts are dropped, and a name that is there
 *       twice is fetched once. The order is that of the list.
 *   <li>A part that cannot be the name of a namespace is one {@link
 *       dev.followspot.spi.CellStatus#INVALID} cell that says why; the other parts are fetched. It
 *       never leads to a cluster-wide list, which an account of some namespaces may not make.
 *   <li>At most 1,000 namespaces are looked in; the next one is an {@code INVALID} cell that says
 *       so.
 *   <li>A list of nothing but commas and white space counts as absent.
 *   <li>Types that do not live in namespaces are asked for once, together with the first namespace.
 *       Cluster-wide cells that come back for several namespaces are kept once.
 *   <li>If the fetcher below fails for a namespace, instead of putting failures into cells, that
 *       namespace has an {@link dev.followspot.spi.CellStatus#EXTENSION} cell for each type.
 *   <li>A request for all namespaces goes through as it is.
 * </ul>
 *
 * <p>There is nothing to configure. To leave it out although the jar is there: {@code
 * followspot.extensions.fetcher: []}.
 *
 * <h2>How it is made</h2>
 *
 * <p>The class is named in {@code META-INF/services/dev.followspot.spi.KubernetesFetcherFactory}
 * and in the module's {@code provides}, has a public constructor without parameters, and does
 * nothing before {@link #create}. The fetcher keeps nothing but its delegate, so that threads may
 * share it, and chains stages instead of waiting for them.
 */
public final class MultiNamespaceFetcherFactory implements KubernetesFetcherFactory {

  /** Used by {@link java.util.ServiceLoader}; does nothing. */
  public MultiNamespaceFetcherFactory() {}

  @Override
  public String name() {
    return "multi-namespace";
  }

  @Override
  public KubernetesFetcher create(FetcherContext context) {
    return new MultiNamespaceFetcher(context.delegate());
  }
}
