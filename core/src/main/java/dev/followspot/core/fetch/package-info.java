/**
 * Lists the objects of a cluster, in one namespace or cluster-wide.
 *
 * <p>{@link dev.followspot.core.fetch.DefaultFetcher} is the fetcher that extensions wrap: one list
 * for each type, by pages, each of which becomes one {@link dev.followspot.spi.Cell}. {@link
 * dev.followspot.core.fetch.ObjectTypes} knows the object types of Backstage.
 */
@NullMarked
package dev.followspot.core.fetch;

import org.jspecify.annotations.NullMarked;
