package dev.followspot.core;

import dev.followspot.core.access.AuditLog;
import dev.followspot.core.access.BackendAuth;
import dev.followspot.core.access.ConfiguredPolicy;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.extension.Extensions;
import dev.followspot.core.proxy.ClusterProxy;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP routes need beside the engine. Its mistakes matter only to those who serve the
 * routes.
 *
 * @param hooks who may do what; null if there are mistakes
 * @param problems the mistakes
 * @param catalog knows the entities; null if there is none
 * @param clusterSources the names of the sources of clusters whose failure is the failure of a
 *     request
 * @param served whether there is anything to serve
 * @param clock the time of day
 */
record Routes(
    @Nullable Hooks hooks,
    ConfigProblems problems,
    @Nullable EntityCatalog catalog,
    Set<String> clusterSources,
    boolean served,
    Clock clock) {

  /** What failed if the look-up as a whole failed. */
  private static final List<String> WHOLE =
      List.of(
          PendingLookup.SOURCE,
          "clusters",
          "service locator",
          "the objects provider",
          "the built-in objects provider");

  /** Who may do what. */
  record Hooks(
      CallerAuthenticator authenticator,
      PermissionPolicy policy,
      AuditSink audit,
      ClusterProxy proxy) {

    /** Makes them; the mistakes go to the problems. */
    static @Nullable Hooks of(
        ConfigSection root,
        Set<Permission> denied,
        Extensions extensions,
        Function<AuditSink, ClusterProxy> proxies,
        ConfigProblems problems) {
      BackendAuth read = problems.read(() -> BackendAuth.from(root.section("backend")));
      BackendAuth auth = read == null ? BackendAuth.none() : read;
      CallerAuthenticator authenticator =
          problems.read(() -> extensions.callerAuthenticator(auth.authenticator()));
      PermissionPolicy policy =
          problems.read(() -> extensions.permissionPolicy(new ConfiguredPolicy(denied, auth)));
      AuditSink audit = problems.read(() -> extensions.auditSink(new AuditLog()));
      ClusterProxy proxy = audit == null ? null : problems.read(() -> proxies.apply(audit));
      return authenticator == null || policy == null || audit == null || proxy == null
          ? null
          : new Hooks(authenticator, policy, audit, proxy);
    }
  }

  /** Whether a problem of a look-up means that its answer would be wrong. */
  boolean isFatal(Problem problem) {
    return problem.severity() == Problem.Severity.ERROR
        && (clusterSources.contains(problem.source())
            || WHOLE.stream().anyMatch(problem.source()::startsWith));
  }
}
