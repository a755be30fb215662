package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/**
 * Where the credential of one cluster and one caller comes from. Whoever makes the request asks for
 * it; all requests of a look-up share one answer. Safe for use by several threads.
 */
public interface CredentialSource {

  /**
   * The credential to use now.
   *
   * @return the credential, or a failure, mostly a {@link CredentialException}
   */
  CompletionStage<Credential> credential();

  /**
   * A fresh credential after the API server answered 401. Callers that were refused the same
   * credential share one refresh.
   *
   * @param rejected the credential that was refused
   * @return another credential, or the same one if there is no other: then do not try again
   */
  CompletionStage<Credential> refresh(Credential rejected);
}
