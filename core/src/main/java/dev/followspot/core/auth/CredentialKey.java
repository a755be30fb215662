package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a credential that does not depend on the caller depends on: the strategy itself, and all of
 * a cluster that a strategy may look at. Suppliers make new clusters at each refresh, so that their
 * identity says nothing; a cluster with other settings must not be given the old credential.
 */
record CredentialKey(
    Identity strategy,
    String name,
    URI url,
    Map<String, String> authMetadata,
    Optional<Secret> token,
    Optional<Path> tokenFile,
    Optional<String> oidcTokenProvider,
    ClusterTls tls,
    Optional<URI> proxyUrl) {

  static CredentialKey of(AuthStrategy strategy, Cluster cluster) {
    return new CredentialKey(
        new Identity(strategy),
        cluster.name(),
        cluster.url(),
        cluster.authMetadata(),
        cluster.serviceAccountToken(),
        cluster.serviceAccountTokenFile(),
        cluster.oidcTokenProvider(),
        cluster.tls(),
        cluster.proxyUrl());
  }

  /** Only the name: metadata may hold secrets. */
  @Override
  public String toString() {
    return "CredentialKey[" + name + "]";
  }

  /** One strategy, whatever it thinks equality is. */
  static final class Identity {
    private final AuthStrategy strategy;

    Identity(AuthStrategy strategy) {
      this.strategy = strategy;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity identity && identity.strategy == strategy;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(strategy);
    }
  }
}
