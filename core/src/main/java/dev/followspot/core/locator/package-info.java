/**
 * Which clusters an entity runs on: the built-in service locators, chosen by {@code
 * kubernetes.serviceLocatorMethod.type}.
 *
 * <p>{@link dev.followspot.core.locator.MultiTenantLocatorFactory} takes all clusters, {@link
 * dev.followspot.core.locator.SingleTenantLocatorFactory} those that the annotation {@code
 * backstage.io/kubernetes-cluster} names, {@link
 * dev.followspot.core.locator.CatalogRelationLocatorFactory} those that the entity depends on in
 * the catalog. All keep the order of the clusters. What names no cluster is a {@link
 * dev.followspot.spi.Problem} of the result, and nothing else is lost by it.
 */
@NullMarked
package dev.followspot.core.locator;

import org.jspecify.annotations.NullMarked;
