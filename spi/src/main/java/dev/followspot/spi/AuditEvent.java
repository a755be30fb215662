package dev.followspot.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that an auditor wants to know. Holds no token, header, query or body.
 *
 * @param time when it began
 * @param action what kind of event it is
 * @param caller who, {@link Caller#ANONYMOUS} if that could not be found out
 * @param permission what they wanted to do, such as {@code kubernetes.proxy}; empty if the request
 *     was refused before that was known
 * @param method the HTTP method
 * @param path the path below the mount point, without query
 * @param cluster the cluster, empty unless the request is for one
 * @param outcome how it ended
 * @param status the HTTP status of the answer, 0 if there is none
 * @param duration from the request to the end of the answer, or to the decision
 */
public record AuditEvent(
    Instant time,
    Action action,
    Caller caller,
    String permission,
    String method,
    String path,
    String cluster,
    Outcome outcome,
    int status,
    Duration duration) {

  /** What kind of event it is. */
  public enum Action {
    /** Who the caller is. */
    AUTHENTICATION,
    /** Whether the caller may. */
    PERMISSION,
    /** A request that went through the proxy. */
    PROXY
  }

  /** How something ended. */
  public enum Outcome {
    /** The caller is known, or may. */
    ALLOWED,
    /** The caller is not known, or may not. */
    DENIED,
    /** The answer reached its end. */
    COMPLETED,
    /** The caller hung up. */
    ABORTED,
    /** The cluster, an extension or the decision failed. */
    FAILED
  }

  /** Checks the components. */
  public AuditEvent {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(permission, "permission");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(duration, "duration");
  }
}
