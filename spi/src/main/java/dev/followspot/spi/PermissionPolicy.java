package dev.followspot.spi;

import java.util.concurrent.CompletionStage;

/**
 * Decides what callers may do. The built-in one allows everything but what {@code
 * followspot.permissions.deny} names.
 *
 * <p>Implementations are safe for use by several threads and block none.
 */
@FunctionalInterface
public interface PermissionPolicy {

  /**
   * Decides.
   *
   * @param request who wants to do what
   * @return true if they may; a failed stage is a denial, answered with 500
   */
  CompletionStage<Boolean> isAllowed(PermissionRequest request);
}
