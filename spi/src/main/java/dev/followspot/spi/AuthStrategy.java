package dev.followspot.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Makes the credential for a cluster. The engine keeps a credential until shortly before it expires
 * and asks once more after a 401.
 */
@FunctionalInterface
public interface AuthStrategy {

  /**
   * The credential for a cluster.
   *
   * @param cluster the cluster, whose {@link Cluster#authProvider()} names this strategy
   * @param context who asks, with which tokens
   * @return the credential; a {@link CredentialException} says why there is none
   */
  CompletionStage<Credential> credential(Cluster cluster, RequestContext context);

  /**
   * Whether the credential depends on who asks. If so, it is never shared between callers.
   *
   * @return true unless overridden
   */
  default boolean dependsOnCaller() {
    return true;
  }

  /**
   * What is wrong with a cluster's settings, such as a missing {@code oidcTokenProvider}. Reported
   * before the cluster is used.
   *
   * @param cluster a cluster that names this strategy
   * @return one message for each mistake, with its cure; none if all is well
   */
  default List<String> problems(Cluster cluster) {
    return List.of();
  }
}
