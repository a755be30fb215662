package dev.followspot.core.proxy;

import dev.followspot.core.extension.ExtensionException;
import dev.followspot.core.http.ApiFailure;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.NotAllowedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to answer when something failed. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterProxy.class);

  private Refusals() {}

  /** The answer to a failure of the chain. */
  static Refusal of(Throwable failure, String cluster) {
    Throwable cause = Sender.unwrapped(failure);
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
    // Any other message might hold a token of the request.
    String told =
        cause instanceof ExtensionException
            ? message
            : "the proxy failed with " + cause.getClass().getName();
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

  static Refusal late(String cluster, long millis) {
    String who =
        cluster.isEmpty()
            ? "the clusters were not known"
            : "Cluster '" + cluster + "' gave no answer";
    return Refusal.timeout(
        who + " within " + millis + " ms; check that it runs, or raise followspot.proxy.timeout");
  }

  static Refusal closed() {
    return Refusal.unavailable("Followspot is closed; try again when it runs");
  }
}
