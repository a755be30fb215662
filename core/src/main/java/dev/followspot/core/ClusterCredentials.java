package dev.followspot.core;

import dev.followspot.core.auth.Credentials;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.extension.Extensions;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the strategy of each cluster. A cluster without one, or with wrong settings for it, is
 * refused at the start if it stands in the configuration itself; else its own cells say so.
 */
final class ClusterCredentials {

  /** What users of kubeconfigs may have, and no strategy that comes with the engine. */
  private static final Set<String> OF_KUBECONFIGS = Set.of("exec", "auth-provider", "basic");

  private final Extensions extensions;
  private final Credentials credentials;

  ClusterCredentials(Extensions extensions, Credentials credentials) {
    this.extensions = extensions;
    this.credentials = credentials;
  }

  CredentialSource source(Cluster cluster, RequestContext context) {
    AuthStrategy strategy;
    List<String> problems;
    try {
      strategy = extensions.authStrategy(cluster.authProvider());
      problems = strategy.problems(cluster);
    } catch (ConfigurationException e) {
      return failing(
          "authProvider '"
              + cluster.authProvider()
              + "' cannot be used: "
              + e.getMessage()
              + (OF_KUBECONFIGS.contains(cluster.authProvider())
                  ? "; give the user a token, a tokenFile or a client certificate instead"
                  : ""));
    }
    return problems.isEmpty()
        ? credentials.source(cluster, strategy, context)
        : failing(String.join("; ", problems));
  }

  /** Whether callers have to bring along what the credential of a cluster is made of. */
  boolean areOfCallers(Cluster cluster) {
    try {
      return extensions.authStrategy(cluster.authProvider()).dependsOnCaller();
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private static CredentialSource failing(String message) {
    return new CredentialSource() {
      @Override
      public CompletionStage<Credential> credential() {
        return CompletableFuture.failedFuture(new CredentialException(message));
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return credential();
      }
    };
  }

  /** Checks the clusters that stand in the configuration, since they are there already. */
  void check(List<ClusterSupplier> configured, ConfigProblems problems) {
    for (ClusterSupplier supplier : configured) {
      CompletableFuture<List<Cluster>> clusters =
          supplier.clusters(RequestContext.create()).toCompletableFuture();
      if (clusters.isDone() && !clusters.isCompletedExceptionally()) {
        clusters.join().forEach(cluster -> check(cluster, problems));
      }
    }
  }

  private void check(Cluster cluster, ConfigProblems problems) {
    try {
      for (String problem : extensions.authStrategy(cluster.authProvider()).problems(cluster)) {
        problems.add(new ConfigProblem(cluster.origin(), "authProvider", problem));
      }
    } catch (ConfigurationException e) {
      problems.add(
          new ConfigProblem(
              cluster.origin(),
              "authProvider",
              "of cluster '"
                  + cluster.name()
                  + "' is '"
                  + cluster.authProvider()
                  + "': "
                  + e.problems().get(0).message()));
    }
  }
}
