/**
 * How requests to a cluster are authenticated: the built-in strategies, and what shares and keeps
 * their answers.
 *
 * <p>A cluster's {@code authProvider} names a strategy. {@code serviceAccount} ({@link
 * dev.followspot.core.auth.ServiceAccountAuthFactory}) uses a configured token, a token file or the
 * pod's own token; {@code google}, {@code aks} and {@code oidc} pass a token of the caller on;
 * {@code clientCertificate} relies on the cluster's TLS settings; {@code localKubectlProxy} and
 * {@code anonymous} send nothing. They are registered as any extension is.
 *
 * <p>{@link dev.followspot.core.auth.Credentials} stands between the strategies and the requests:
 * all requests of a look-up share one answer, look-ups share what does not depend on the caller,
 * and whatever a strategy does wrong becomes a {@link dev.followspot.spi.CredentialException}.
 */
@NullMarked
package dev.followspot.core.auth;

import org.jspecify.annotations.NullMarked;
