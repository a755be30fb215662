/**
 * The contracts of Followspot: what plugin jars implement, and the immutable values that travel.
 *
 * <p>A look-up is a straight line. An {@link dev.followspot.spi.Entity} of the catalog goes into an
 * {@link dev.followspot.spi.ObjectsProvider}; a {@link dev.followspot.spi.ServiceLocator} chooses
 * among the clusters that the {@link dev.followspot.spi.ClusterSupplier}s know; an {@link
 * dev.followspot.spi.AuthStrategy} makes the {@link dev.followspot.spi.Credential} for each; a
 * {@link dev.followspot.spi.KubernetesFetcher} lists the objects of each {@link
 * dev.followspot.spi.ResourceType}, among them those that a {@link
 * dev.followspot.spi.CustomResourceSupplier} adds; and every list becomes one {@link
 * dev.followspot.spi.Cell} of the result. Each step is asynchronous and is given the {@link
 * dev.followspot.spi.RequestContext}: who asks, until when, and whether they still want the answer.
 *
 * <p>To extend it, implement a factory, name it in {@code META-INF/services} (or in a module's
 * {@code provides}), and put the jar on the class path. <em>Named</em> extensions ({@link
 * dev.followspot.spi.ClusterSupplierFactory}, {@link dev.followspot.spi.ServiceLocatorFactory},
 * {@link dev.followspot.spi.AuthStrategyFactory}) are chosen by configuration. <em>Wrapping</em>
 * ones ({@link dev.followspot.spi.KubernetesFetcherFactory}, {@link
 * dev.followspot.spi.ObjectsProviderFactory}, {@link
 * dev.followspot.spi.CustomResourceSupplierFactory}) decorate what is below them:
 *
 * <pre>{@code
 * public final class StampingFetcherFactory implements KubernetesFetcherFactory {
 *   @Override public String name() { return "stamping"; }
 *
 *   @Override public KubernetesFetcher create(FetcherContext context) {
 *     KubernetesFetcher next = context.delegate();
 *     return request -> next.fetch(request).thenApply(
 *         result -> result.mapObjects(o -> o.withAnnotation("example.com/seen-by", "portal")));
 *   }
 * }
 * }</pre>
 *
 * <p>Nothing here depends on a JSON library, an HTTP client or the engine.
 */
@NullMarked
package dev.followspot.spi;

import org.jspecify.annotations.NullMarked;
