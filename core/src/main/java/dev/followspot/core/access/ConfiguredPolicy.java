package dev.followspot.core.access;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Allows everything but what {@code followspot.permissions.deny} names, and what the token of a
 * caller is not for.
 */
public final class ConfiguredPolicy implements PermissionPolicy {

  private final Set<Permission> denied;
  private final Map<String, Set<Permission>> limits;

  /**
   * A policy.
   *
   * @param denied what nobody may do, see {@link #denied}
   * @param auth knows the limits of tokens
   */
  public ConfiguredPolicy(Set<Permission> denied, BackendAuth auth) {
    this.denied = Set.copyOf(denied);
    this.limits = auth.limits();
  }

  /**
   * Reads what nobody may do.
   *
   * @param permissions the section {@code followspot.permissions}, possibly without keys
   * @return the permissions, possibly none
   * @throws ConfigurationException with every name that is no permission
   */
  public static Set<Permission> denied(ConfigSection permissions) {
    ConfigProblems problems = new ConfigProblems();
    Set<Permission> denied = EnumSet.noneOf(Permission.class);
    for (String name : permissions.optionalStrings("deny").orElse(List.of())) {
      Permission.of(name)
          .ifPresentOrElse(
              denied::add,
              () -> problems.add(permissions.problem("deny", Permissions.unknown(name))));
    }
    problems.throwIfAny();
    return denied;
  }

  @Override
  public CompletionStage<Boolean> isAllowed(PermissionRequest request) {
    Set<Permission> limit = limits.get(request.caller().name());
    return CompletableFuture.completedFuture(
        !denied.contains(request.permission())
            && (limit == null || limit.contains(request.permission())));
  }

  @Override
  public String toString() {
    return "ConfiguredPolicy[denies " + denied + "]";
  }
}
