package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The auth provider {@code serviceAccount}: the token of a service account. The first of these that
 * there is counts:
 *
 * <ol>
 *   <li>{@code authMetadata.serviceAccountToken} of the cluster,
 *   <li>its token file, read again when it changes,
 *   <li>its {@code serviceAccountToken},
 *   <li>the token that Kubernetes mounts into the pod in which this process runs. It is sent to the
 *       API server of that pod and to no other one.
 * </ol>
 */
public final class ServiceAccountAuthFactory implements AuthStrategyFactory {

  /** Where Kubernetes puts the token into a pod. */
  private static final Path POD_FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final String METADATA_TOKEN = "serviceAccountToken";

  private final Path podFolder;

  /** Used by the engine; there is nothing to set. */
  public ServiceAccountAuthFactory() {
    this(POD_FOLDER);
  }

  ServiceAccountAuthFactory(Path podFolder) {
    this.podFolder = podFolder;
  }

  @Override
  public String name() {
    return "serviceAccount";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new ServiceAccount(podFolder.resolve("token"), PodApiServer.of(context.environment()));
  }

  private static final class ServiceAccount implements AuthStrategy {

    private final TokenFiles files = new TokenFiles();
    private final Path podToken;
    private final PodApiServer podApiServer;

    ServiceAccount(Path podToken, PodApiServer podApiServer) {
      this.podToken = podToken;
      this.podApiServer = podApiServer;
    }

    @Override
    public boolean dependsOnCaller() {
      return false;
    }

    @Override
    public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
      try {
        String metadataToken = cluster.authMetadata().get(METADATA_TOKEN);
        if (metadataToken != null) {
          return CallerToken.bearer(Secret.of(metadataToken), "authMetadata." + METADATA_TOKEN);
        }
        Optional<Path> file = cluster.serviceAccountTokenFile();
        if (file.isPresent()) {
          return CallerToken.bearer(files.token(file.get()), "the token file " + file.get());
        }
        Optional<Secret> token = cluster.serviceAccountToken();
        return token.isPresent()
            ? CallerToken.bearer(token.get(), "serviceAccountToken")
            : podToken(cluster);
      } catch (CredentialException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private CompletionStage<Credential> podToken(Cluster cluster) {
      if (!podApiServer.isAt(cluster.url())) {
        return CallerToken.failed(
            "serviceAccountToken is missing, and so is a token file; the token of the pod is sent"
                + " to the pod's own API server only, which "
                + cluster.url().getScheme()
                + "://"
                + cluster.url().getRawAuthority()
                + " is not");
      }
      try {
        return CallerToken.bearer(files.token(podToken), "the pod's token file " + podToken);
      } catch (CredentialException e) {
        throw new CredentialException(
            "serviceAccountToken is missing, and the pod's own token cannot take its place: "
                + e.getMessage(),
            e);
      }
    }
  }
}
