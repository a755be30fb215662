package dev.followspot.spi;

import java.util.Objects;

/**
 * What accompanies a request on its whole way: who asks, with which tokens, until when, and whether
 * they still want the answer.
 *
 * @param caller who asks; caches keep what belongs to different callers apart
 * @param auth the tokens that the caller sent along
 * @param deadline when the answer has to be there; work that is not done by then is given up
 * @param cancellation whether the caller still wants the answer
 */
public record RequestContext(
    Caller caller, RequestAuth auth, Deadline deadline, Cancellation cancellation) {

  /** Checks the components. */
  public RequestContext {
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(auth, "auth");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(cancellation, "cancellation");
  }

  /**
   * The application itself asks, without tokens, deadline or cancellation.
   *
   * @return the context
   */
  public static RequestContext create() {
    return new RequestContext(
        Caller.ANONYMOUS, RequestAuth.none(), Deadline.never(), Cancellation.NEVER);
  }

  /**
   * A copy with another caller.
   *
   * @param other who asks
   * @return the copy
   */
  public RequestContext withCaller(Caller other) {
    return new RequestContext(other, auth, deadline, cancellation);
  }

  /**
   * A copy with other tokens.
   *
   * @param other the tokens
   * @return the copy
   */
  public RequestContext withAuth(RequestAuth other) {
    return new RequestContext(caller, other, deadline, cancellation);
  }

  /**
   * A copy with another deadline.
   *
   * @param other the deadline
   * @return the copy
   */
  public RequestContext withDeadline(Deadline other) {
    return new RequestContext(caller, auth, other, cancellation);
  }

  /**
   * A copy with another cancellation.
   *
   * @param other the cancellation
   * @return the copy
   */
  public RequestContext withCancellation(Cancellation other) {
    return new RequestContext(caller, auth, deadline, other);
  }
}
