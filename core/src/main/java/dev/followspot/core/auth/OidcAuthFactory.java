package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The auth provider {@code oidc}: the caller's token at {@code auth.oidc.<provider>} of the
 * request, where the provider is the cluster's {@code oidcTokenProvider}.
 */
public final class OidcAuthFactory implements AuthStrategyFactory {

  /** The key of {@link Cluster#authMetadata()} that wins over {@code oidcTokenProvider}. */
  static final String TOKEN_PROVIDER = "kubernetes.io/oidc-token-provider";

  private static final String MISSING =
      "oidcTokenProvider is missing; name the provider whose token this cluster takes, such as"
          + " 'okta' for auth.oidc.okta";

  /** Used by the engine; there is nothing to set. */
  public OidcAuthFactory() {}

  @Override
  public String name() {
    return "oidc";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new Oidc();
  }

  private static final class Oidc implements AuthStrategy {

    @Override
    public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
      return provider(cluster)
          .map(provider -> CallerToken.of(context, "oidc", provider))
          .orElseGet(() -> CallerToken.failed(MISSING));
    }

    @Override
    public List<String> problems(Cluster cluster) {
      return provider(cluster).isPresent() ? List.of() : List.of(MISSING);
    }

    private static Optional<String> provider(Cluster cluster) {
      return Optional.ofNullable(cluster.authMetadata().get(TOKEN_PROVIDER))
          .or(cluster::oidcTokenProvider)
          .filter(provider -> !provider.isBlank());
    }
  }
}
