/**
 * The proxy: requests of callers go on to the API server of a cluster, and its answers come back,
 * both as streams.
 *
 * <p>{@link dev.followspot.core.proxy.ClusterProxy} chooses the cluster, cleans the request and
 * hands it to the chain of interceptors. What lies below the chain adds the credential and sends,
 * so that no interceptor sees a credential of the portal. The path cannot leave that of the
 * cluster's URL, and no header that means something between the caller and the portal reaches a
 * cluster, or the other way round.
 */
@NullMarked
package dev.followspot.core.proxy;

import org.jspecify.annotations.NullMarked;
