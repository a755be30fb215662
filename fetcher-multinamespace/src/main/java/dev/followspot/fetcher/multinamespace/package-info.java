/**
 * A drop-in fetcher that looks in every namespace of a list. Put the jar on the class path, and the
 * annotation {@code backstage.io/kubernetes-namespace} may name several:
 *
 * <pre>
 * backstage.io/kubernetes-namespace: 'order-dev, order-prod'
 * </pre>
 *
 * <p>{@link dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory} is all there is to
 * know. It is also a model of an extension that decorates: it needs {@code followspot-spi} and
 * nothing else, leaves the listing to the fetcher below, and turns every failure into cells.
 */
@NullMarked
package dev.followspot.fetcher.multinamespace;

import org.jspecify.annotations.NullMarked;
