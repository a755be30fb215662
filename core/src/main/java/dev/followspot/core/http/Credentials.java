package dev.followspot.core.http;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks sources of credentials, which others wrote and which may do anything. */
final class Credentials {

  private Credentials() {}

  /** Tells one of the two, now or later; neither if the source never answers. */
  static void ask(
      Cluster cluster,
      Supplier<CompletionStage<Credential>> source,
      Consumer<Credential> found,
      Consumer<Trouble> failed) {
    CompletionStage<Credential> stage;
    try {
      stage = source.get();
    } catch (RuntimeException | LinkageError e) {
      failed.accept(trouble(cluster, e));
      return;
    }
    if (stage == null) {
      failed.accept(trouble(cluster, new CredentialException(nothing(cluster))));
      return;
    }
    stage.whenComplete(
        (credential, failure) -> {
          if (failure != null) {
            failed.accept(trouble(cluster, failure));
          } else if (credential == null) {
            failed.accept(trouble(cluster, new CredentialException(nothing(cluster))));
          } else {
            found.accept(credential);
          }
        });
  }

  private static String nothing(Cluster cluster) {
    return "the source of credentials of cluster '" + cluster.name() + "' gave null";
  }

  /** The message of any other exception could hold a secret, so only its class is told. */
  private static Trouble trouble(Cluster cluster, Throwable failure) {
    Throwable cause = Stages.cause(failure);
    String message = cause.getMessage();
    String text =
        cause instanceof CredentialException && message != null
            ? message
            : "the source of credentials of cluster '"
                + cluster.name()
                + "' failed with "
                + cause.getClass().getName();
    return new Trouble(CellStatus.CREDENTIAL, text, cause);
  }
}
