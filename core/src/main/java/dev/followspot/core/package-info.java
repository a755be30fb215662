/**
 * The entry point of the engine.
 *
 * <p>{@link dev.followspot.core.Followspot} is made once, from a {@link
 * dev.followspot.core.config.Configuration} or with a {@link
 * dev.followspot.core.FollowspotBuilder}, and closed at the end. A {@link
 * dev.followspot.core.LookupRequest} says what to look up, as whom and for how long; a {@link
 * dev.followspot.core.LookupResult} is the matrix of cells that comes out, as raw objects, typed
 * models, Backstage's JSON or JSON of the cells.
 *
 * <p>Entities are read by {@link dev.followspot.core.catalog.CatalogInfo}, kubectl's files by
 * {@link dev.followspot.core.cluster.Kubeconfig}. What can be replaced, and how, is told in {@code
 * dev.followspot.spi}; what was loaded, in {@link dev.followspot.core.extension.report}.
 */
@NullMarked
package dev.followspot.core;

import org.jspecify.annotations.NullMarked;
