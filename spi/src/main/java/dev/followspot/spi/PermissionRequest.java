package dev.followspot.spi;

import java.util.Objects;

/**
 * Somebody wants to do something.
 *
 * @param caller who
 * @param permission what
 * @param request the head of the request
 */
public record PermissionRequest(Caller caller, Permission permission, IncomingRequest request) {

  /** Checks the components. */
  public PermissionRequest {
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(permission, "permission");
    Objects.requireNonNull(request, "request");
  }
}
