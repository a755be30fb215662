package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.RequestContext;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Makes the {@link CredentialSource} of each cluster in each look-up.
 *
 * <p>All requests of one look-up share one answer, a failure too. What does not depend on the
 * caller ({@link AuthStrategy#dependsOnCaller()}) is shared further: look-ups at the same time ask
 * once, and a credential that expires is kept for other look-ups until shortly before, which is 30
 * seconds or a tenth of its life, whichever is less. A credential without an end is asked for anew
 * by each look-up, so that a strategy notices what has changed. Failures are not kept, and what
 * depends on the caller is never shared between look-ups.
 *
 * <p>A shared answer belongs to nobody: the strategy is then given a context of no caller, no
 * tokens, no deadline and no cancellation, and a look-up that ends early ends nobody else's
 * waiting.
 *
 * <p>A source fails with a {@link CredentialException} and nothing else. Its message names the auth
 * provider; of an exception that is no {@code CredentialException} only the type and place show,
 * since its message may hold a secret.
 *
 * <p>Safe for use by several threads; it starts none, and waits for nothing. It keeps at most 1000
 * credentials.
 */
public final class Credentials {

  private final SharedCredentials shared;

  /**
   * Nothing is kept yet.
   *
   * @param clock tells when a credential expires
   */
  public Credentials(Clock clock) {
    shared = new SharedCredentials(clock);
  }

  /**
   * Where one look-up gets the credential of a cluster from.
   *
   * @param cluster the cluster
   * @param strategy the strategy that its {@link Cluster#authProvider()} names; a strategy has to
   *     be the same instance for its credentials to be kept
   * @param context the context of the look-up
   * @return a source for this look-up alone; nothing is asked before it is
   */
  public CredentialSource source(Cluster cluster, AuthStrategy strategy, RequestContext context) {
    Objects.requireNonNull(context, "context");
    GuardedStrategy guarded = new GuardedStrategy(strategy, cluster);
    CredentialKey key = CredentialKey.of(strategy, cluster);
    return new LookupCredentials(
        new LookupCredentials.Origin() {
          @Override
          public CompletableFuture<Credential> first() {
            return perLookup()
                ? guarded.ask(context)
                : shared.get(key, () -> guarded.ask(RequestContext.create()));
          }

          @Override
          public CompletableFuture<Credential> after(Credential rejected) {
            return perLookup()
                ? guarded.ask(context)
                : shared.refresh(key, rejected, () -> guarded.ask(RequestContext.create()));
          }

          private boolean perLookup() {
            return guarded.dependsOnCaller();
          }
        });
  }
}
