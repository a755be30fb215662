package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Caller;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The rules for an {@link AuthStrategy}. Extend it, and say where it succeeds and where it fails.
 */
public abstract class AuthStrategyContract {

  /** A test of one rule. */
  protected AuthStrategyContract() {}

  /**
   * The strategy under test.
   *
   * @return the strategy
   */
  protected abstract AuthStrategy strategy();

  /**
   * A cluster for which it has a credential.
   *
   * @return a cluster whose settings are right
   */
  protected abstract Cluster cluster();

  /**
   * A cluster for which it has none, or whose settings are wrong.
   *
   * @return the cluster; empty if there is no such thing, as for an anonymous strategy
   */
  protected abstract Optional<Cluster> clusterWithoutCredential();

  /**
   * Who asks, with which tokens.
   *
   * @return the application itself unless overridden, as a strategy that depends on the caller
   *     needs
   */
  protected RequestContext context() {
    return RequestContext.create();
  }

  @Test
  final void it_makes_a_credential() {
    Credential credential = credential(context());
    assertThat(credential.bearerToken().map(Secret::isBlank)).isNotEqualTo(Optional.of(true));
  }

  @Test
  final void settings_that_are_right_have_no_problems() {
    assertThat(strategy().problems(cluster())).isEmpty();
  }

  @Test
  final void a_missing_credential_is_a_failure_that_says_why() {
    Optional<Cluster> without = clusterWithoutCredential();
    if (without.isEmpty()) {
      return;
    }
    AuthStrategy strategy = strategy();
    Throwable failure =
        Contracts.failure(() -> strategy.credential(without.orElseThrow(), context()));
    assertThat(failure).isInstanceOf(CredentialException.class);
    assertThat(failure.getMessage()).isNotBlank();
  }

  @Test
  final void no_secret_is_in_the_text_of_a_credential() {
    Credential credential = credential(context());
    credential
        .bearerToken()
        .ifPresent(token -> assertThat(credential.toString()).doesNotContain(token.reveal()));
    credential
        .privateKey()
        .ifPresent(key -> assertThat(credential.toString()).doesNotContain(key.reveal()));
  }

  @Test
  final void what_does_not_depend_on_the_caller_is_the_same_for_every_caller() {
    AuthStrategy strategy = strategy();
    Cluster cluster = cluster();
    RequestContext jane = context().withCaller(Caller.of("user:default/jane"));
    Credential hers = Contracts.result(() -> strategy.credential(cluster, jane));
    Credential ours = Contracts.result(() -> strategy.credential(cluster, context()));
    assertThat(strategy.dependsOnCaller() || hers.equals(ours))
        .as("dependsOnCaller() says no, but two callers have different credentials")
        .isTrue();
  }

  @Test
  final void several_threads_may_use_it() {
    AuthStrategy strategy = strategy();
    Cluster cluster = cluster();
    assertThat(Contracts.inManyThreads(() -> strategy.credential(cluster, context())))
        .doesNotContainNull();
  }

  private Credential credential(RequestContext context) {
    AuthStrategy strategy = strategy();
    Cluster cluster = cluster();
    return Contracts.result(() -> strategy.credential(cluster, context));
  }
}
