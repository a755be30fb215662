package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/**
 * Finds out who calls an HTTP route. The built-in one knows the static tokens of {@code
 * backend.auth.externalAccess}; extensions wrap it, recognise what is theirs (a session, a JWT, the
 * header of a gateway), and leave the rest to it.
 *
 * <p>Implementations are safe for use by several threads and block none.
 */
@FunctionalInterface
public interface CallerAuthenticator {

  /**
   * Finds out who calls.
   *
   * @param request what the caller sent, without its body
   * @return the caller; or a failed stage: {@link AuthenticationException} is answered with 401,
   *     anything else with 500
   */
  CompletionStage<Caller> authenticate(IncomingRequest request);
}
