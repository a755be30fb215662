package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.core.http.ApiFailure;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuditSinkFactory;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.CallerAuthenticatorFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.CustomResourceSupplierFactory;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.NotAllowedException;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsProviderFactory;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.PermissionPolicyFactory;
import dev.followspot.spi.Problem;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyInterceptorFactory;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Builds the chains of extensions that wrap each other, from the inside out. */
final class Chains {

  private static final Comparator<Candidate> INSIDE_OUT =
      Comparator.comparingInt(Candidate::order)
          .thenComparing(Candidate::className)
          .thenComparing(Candidate::name);

  /** Those whose extensions may refuse requests: one that is missing lets them through. */
  private static final Set<ExtensionPoint> RESTRICTING =
      EnumSet.of(ExtensionPoint.PROXY, ExtensionPoint.AUTHENTICATION, ExtensionPoint.PERMISSIONS);

  /** Failures that say how a request is to be answered. */
  private static final Set<Class<? extends RuntimeException>> ANSWERS =
      Set.of(NotAllowedException.class, AuthenticationException.class, ApiFailure.class);

  private final Selection selection;
  private final Creation creation;
  private final IssueLog issues;

  Chains(Selection selection, Creation creation, IssueLog issues) {
    this.selection = selection;
    this.creation = creation;
    this.issues = issues;
  }

  /** Makes an extension around what it wraps. */
  private interface Maker<T> {
    @Nullable T make(Candidate candidate, T delegate);
  }

  KubernetesFetcher fetcher(KubernetesFetcher base) {
    return this.<KubernetesFetcher>wrap(
        ExtensionPoint.FETCHER,
        base,
        (candidate, below) ->
            ((KubernetesFetcherFactory) candidate.factory())
                .create(
                    new Contexts.OfFetcher(creation.shared(), creation.config(candidate), below)),
        GuardedFetcher::new);
  }

  ObjectsProvider objectsProvider(ObjectsProvider base) {
    return this.<ObjectsProvider>wrap(
        ExtensionPoint.OBJECTS,
        base,
        (candidate, below) ->
            ((ObjectsProviderFactory) candidate.factory())
                .create(
                    new Contexts.OfObjects(creation.shared(), creation.config(candidate), below)),
        GuardedObjectsProvider::new);
  }

  CustomResourceSupplier customResources(CustomResourceSupplier base) {
    return this.<CustomResourceSupplier>wrap(
        ExtensionPoint.CUSTOM_RESOURCES,
        base,
        (candidate, below) ->
            ((CustomResourceSupplierFactory) candidate.factory())
                .create(
                    new Contexts.OfCustomResources(
                        creation.shared(), creation.config(candidate), below)),
        GuardedCustomResources::new);
  }

  ProxyInterceptor proxyInterceptor(ProxyInterceptor base) {
    return this.<ProxyInterceptor>wrap(
        ExtensionPoint.PROXY,
        base,
        (candidate, below) ->
            ((ProxyInterceptorFactory) candidate.factory())
                .create(new Contexts.OfProxy(creation.shared(), creation.config(candidate), below)),
        GuardedProxyInterceptor::new);
  }

  CallerAuthenticator callerAuthenticator(CallerAuthenticator base) {
    return this.<CallerAuthenticator>wrap(
        ExtensionPoint.AUTHENTICATION,
        base,
        (candidate, below) ->
            ((CallerAuthenticatorFactory) candidate.factory())
                .create(
                    new Contexts.OfAuthentication(
                        creation.shared(), creation.config(candidate), below)),
        GuardedAuthenticator::new);
  }

  PermissionPolicy permissionPolicy(PermissionPolicy base) {
    return this.<PermissionPolicy>wrap(
        ExtensionPoint.PERMISSIONS,
        base,
        (candidate, below) ->
            ((PermissionPolicyFactory) candidate.factory())
                .create(
                    new Contexts.OfPermissions(
                        creation.shared(), creation.config(candidate), below)),
        GuardedPermissionPolicy::new);
  }

  AuditSink auditSink(AuditSink base) {
    return this.<AuditSink>wrap(
        ExtensionPoint.AUDIT,
        base,
        (candidate, below) ->
            ((AuditSinkFactory) candidate.factory())
                .create(new Contexts.OfAudit(creation.shared(), creation.config(candidate), below)),
        GuardedAuditSink::new);
  }

  private <T> T wrap(
      ExtensionPoint point, T base, Maker<T> maker, BiFunction<T, Guard, ? extends T> guarded) {
    checkNoneIsMissing(point);
    T outermost = guarded.apply(base, guard(point, "the built-in " + point.displayName()));
    String below = LoadedExtension.BUILT_IN_BASE;
    List<Candidate> sorted = selection.chosen(point).values().stream().sorted(INSIDE_OUT).toList();
    for (Candidate candidate : sorted) {
      T delegate = outermost;
      try {
        T made = creation.create(candidate, () -> maker.make(candidate, delegate));
        creation.created().add(candidate, made, below);
        outermost =
            guarded.apply(made, guard(point, candidate.label()).named(candidate.shortLabel()));
        below = candidate.name();
      } catch (ConfigurationException e) {
        if (isWanted(candidate) || !creation.config(candidate).keys().isEmpty()) {
          throw e;
        }
        if (RESTRICTING.contains(point)) {
          throw missing(point, candidate.issue("is not set up: " + e.getMessage(), e));
        }
        creation.ignoreConfig(candidate);
        issues.add(candidate.issue("is left out, since it is not set up: " + e.getMessage(), e));
      } catch (Door.Refused e) {
        if (isWanted(candidate)) {
          throw failed(candidate, e);
        }
        if (RESTRICTING.contains(point)) {
          throw missing(point, e.issue());
        }
        creation.ignoreConfig(candidate);
        issues.add(e.issue());
      }
    }
    return outermost;
  }

  /** What an authenticator says of a failure might hold the caller's token, and is not shown. */
  private static Guard guard(ExtensionPoint point, String label) {
    return switch (point) {
      case AUTHENTICATION, PERMISSIONS, PROXY -> Guard.ofSecretive(label).lettingThrough(ANSWERS);
      default -> Guard.of(label);
    };
  }

  /** A broken provider might be the one that refuses what nobody else does. */
  private void checkNoneIsMissing(ExtensionPoint point) {
    if (RESTRICTING.contains(point) && !selection.isPinned(point)) {
      for (ProviderIssue issue : issues.of(point)) {
        if (issue.severity() == Problem.Severity.ERROR) {
          throw missing(point, issue);
        }
      }
    }
  }

  private ConfigurationException missing(ExtensionPoint point, ProviderIssue issue) {
    String key = "followspot.extensions." + point.key();
    return new ConfigurationException(
        "",
        key,
        issue
            + "; without it, more might be allowed than is meant: repair it, take its jar away, or"
            + " list in "
            + key
            + " the names of those to use ([] for none)");
  }

  private boolean isWanted(Candidate candidate) {
    return candidate.origin() == Origin.EXPLICIT
        || candidate.origin() == Origin.BUILT_IN
        || selection.isPinned(candidate);
  }

  private ConfigurationException failed(Candidate candidate, Door.Refused refused) {
    String message = "cannot be created: " + refused.issue();
    return selection.isPinned(candidate)
        ? selection.section().problem(candidate.point().key(), message)
        : new ConfigurationException("", candidate.label(), message);
  }
}
