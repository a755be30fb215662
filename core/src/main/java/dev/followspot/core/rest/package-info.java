/**
 * Backstage's HTTP contract, free of any web server, and below {@code /followspot} what it has no
 * route for.
 *
 * <p>A {@link dev.followspot.core.rest.RestHandler} turns a {@link
 * dev.followspot.core.rest.RestRequest} into a {@link dev.followspot.core.rest.RestResponse} whose
 * body may stream. The servlet adapts it; so can any other asynchronous server. {@link
 * dev.followspot.core.Followspot#backstageApi} makes one.
 */
@NullMarked
package dev.followspot.core.rest;

import org.jspecify.annotations.NullMarked;
