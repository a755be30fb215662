package dev.followspot.core.proxy;

import dev.followspot.core.extension.ExtensionException;
import dev.followspot.core.extension.TrackedCancellation;
import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.NotAllowedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to answer when something failed. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterProxy.class);

  private Refusals() {}

  /** The answer to a failure of the chain. */
  static Refusal of(Throwable failure, String cluster) {
    Throwable cause = Stages.cause(failure);
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof NotAllowedException) {
      return Refusal.notAllowed(message);
    }
    if (cause instanceof AuthenticationException) {
      return Refusal.unauthenticated(message);
    }
    if (cause instanceof ApiFailure api) {
      return ofCluster(api, cluster);
    }
    if (cause instanceof CredentialException) {
      return Refusal.internal("Error", "Cluster '" + cluster + "': " + message);
    }
    if (cause instanceof ExtensionException extension) {
      LOG.warn("a request for cluster '{}' was refused: {}", cluster, message);
      return Refusal.internal("Error", extension.forCallers());
    }
    // Any other message might hold a token of the request.
    String told = "the proxy failed with " + cause.getClass().getName();
    LOG.warn("a request for cluster '{}' was refused: {}", cluster, told);
    return Refusal.internal("Error", told);
  }

  private static Refusal ofCluster(ApiFailure failure, String cluster) {
    String told = "Cluster '" + cluster + "': " + failure.getMessage();
    CellStatus status = failure.status();
    return switch (status) {
      case INVALID -> Refusal.input(told);
      case TIMEOUT -> Refusal.timeout(told);
      case THROTTLED, CANCELLED -> Refusal.unavailable(told);
      case CREDENTIAL -> Refusal.internal("Error", told);
      default -> Refusal.badGateway(told);
    };
  }

  static Refusal tooManyHeaders(String cluster, int size, int limit) {
    return Refusal.badGateway(
        "Cluster '"
            + cluster
            + "' answered with "
            + size
            + " bytes of headers, and at most "
            + limit
            + " can go on; have it, or the interceptors that add to them, send fewer or shorter ones");
  }

  /**
   * Nothing came in time.
   *
   * @param awaited who has the request and has not answered; an extension without a name, and none,
   *     mean the cluster
   */
  static Refusal late(
      String cluster, TrackedCancellation.@Nullable Extension awaited, long millis) {
    String within = " within " + millis + " ms; ";
    String raise = "or raise followspot.proxy.timeout";
    if (awaited != null && !awaited.name().isEmpty()) {
      LOG.warn(
          "a request for cluster '{}' was refused: {} gave no answer{}report it to its authors, {}",
          cluster,
          awaited.label(),
          within,
          raise);
      return Refusal.timeout(
          awaited.name() + " gave no answer" + within + "report it to its authors, " + raise);
    }
    String who =
        cluster.isEmpty()
            ? "the clusters were not known"
            : "Cluster '" + cluster + "' gave no answer";
    return Refusal.timeout(who + within + "check that it runs, " + raise);
  }

  static Refusal closed() {
    return Refusal.unavailable("Followspot is closed; try again when it runs");
  }
}
