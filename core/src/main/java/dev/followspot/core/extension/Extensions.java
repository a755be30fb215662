package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ServiceLocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The extensions of one engine: those that come with it, those that the application handed over,
 * and those that were found.
 *
 * <p>What it creates is guarded: a failing extension gives the value or the failed stage that its
 * caller expects, with the name, class and jar of the extension in the message. Safe for use by
 * several threads.
 */
public final class Extensions implements AutoCloseable {

  private final Selection selection;
  private final Created created;
  private final Chains chains;
  private final NamedExtensions named;
  private final IssueLog issues;
  private final List<Candidate> candidates;
  private final PluginsDirectory plugins;

  Extensions(
      Selection selection,
      Creation creation,
      IssueLog issues,
      List<Candidate> candidates,
      PluginsDirectory plugins) {
    this.selection = selection;
    this.created = creation.created();
    this.chains = new Chains(selection, creation, issues);
    this.named = new NamedExtensions(selection, creation);
    this.issues = issues;
    this.candidates = List.copyOf(candidates);
    this.plugins = plugins;
  }

  /**
   * Starts with a configuration.
   *
   * @param configuration holds {@code followspot.extensions} and the extensions' own settings
   * @return a builder
   */
  public static ExtensionsBuilder builder(Configuration configuration) {
    return new ExtensionsBuilder(configuration);
  }

  /**
   * Wraps the fetcher.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is {@code EXTENSION} cells
   * @throws ConfigurationException if an extension's configuration is wrong, or one cannot be
   *     created that is pinned or was handed over
   */
  public KubernetesFetcher fetcher(KubernetesFetcher base) {
    return chains.fetcher(base);
  }

  /**
   * Wraps the objects provider.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is an error in the result
   * @throws ConfigurationException as for {@link #fetcher}
   */
  public ObjectsProvider objectsProvider(ObjectsProvider base) {
    return chains.objectsProvider(base);
  }

  /**
   * Wraps the custom resource supplier.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is a failed stage
   * @throws ConfigurationException as for {@link #fetcher}
   */
  public CustomResourceSupplier customResources(CustomResourceSupplier base) {
    return chains.customResources(base);
  }

  /**
   * Wraps the proxy interceptor.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is a failed stage. {@code NotAllowedException}, {@code
   *     AuthenticationException} and {@code ApiFailure} go on unchanged
   * @throws ConfigurationException as for {@link #fetcher}, and if any extension is broken, unless
   *     the configuration says which ones to use
   */
  public ProxyInterceptor proxyInterceptor(ProxyInterceptor base) {
    return chains.proxyInterceptor(base);
  }

  /**
   * Wraps the caller authenticator.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is a failed stage, as for {@link #proxyInterceptor}, whose
   *     message shows no text of the extension, which might hold a token
   * @throws ConfigurationException as for {@link #proxyInterceptor}
   */
  public CallerAuthenticator callerAuthenticator(CallerAuthenticator base) {
    return chains.callerAuthenticator(base);
  }

  /**
   * Wraps the permission policy.
   *
   * @param base the innermost one
   * @return the outermost one; a failure is a failed stage, as for {@link #proxyInterceptor}
   * @throws ConfigurationException as for {@link #proxyInterceptor}
   */
  public PermissionPolicy permissionPolicy(PermissionPolicy base) {
    return chains.permissionPolicy(base);
  }

  /**
   * Wraps the audit sink.
   *
   * @param base the innermost one
   * @return the outermost one; it throws nothing, and a failure is logged
   * @throws ConfigurationException as for {@link #fetcher}
   */
  public AuditSink auditSink(AuditSink base) {
    return chains.auditSink(base);
  }

  /**
   * Creates a cluster supplier.
   *
   * @param type its name
   * @param section its configuration, where {@code type} stands
   * @return a new one; a failure is a failed stage
   * @throws ConfigurationException if there is none of that name, or it cannot be created
   */
  public ClusterSupplier clusterSupplier(String type, ConfigSection section) {
    return named.clusterSupplier(type, section);
  }

  /**
   * Creates a service locator.
   *
   * @param type its name
   * @param section its configuration, where {@code type} stands
   * @return a new one; a failure is a failed stage
   * @throws ConfigurationException if there is none of that name, or it cannot be created
   */
  public ServiceLocator serviceLocator(String type, ConfigSection section) {
    return named.serviceLocator(type, section);
  }

  /**
   * The auth strategy with a name, created when it is asked for first.
   *
   * @param name its name
   * @return always the same one; a failure is a failed stage, a {@code CredentialException} goes on
   *     unchanged
   * @throws ConfigurationException without a location if there is none of that name, or it cannot
   *     be created
   */
  public AuthStrategy authStrategy(String name) {
    return named.authStrategy(name);
  }

  /**
   * The names that take part.
   *
   * @param point what is extended
   * @return sorted, unchangeable
   */
  public Set<String> names(ExtensionPoint point) {
    return Collections.unmodifiableSet(new TreeSet<>(selection.chosen(point).keySet()));
  }

  /**
   * What is wrong with providers that nothing names.
   *
   * @return the issues so far, in the order they were found
   */
  public List<ProviderIssue> issues() {
    return issues.all();
  }

  /**
   * Every extension that was found, whether it is used or not.
   *
   * @return by point; built-in ones first, then those handed over, then those found
   */
  public List<LoadedExtension> loaded() {
    List<LoadedExtension> loaded = new ArrayList<>();
    for (ExtensionPoint point : ExtensionPoint.values()) {
      candidates.stream().filter(c -> c.point() == point).map(this::loaded).forEach(loaded::add);
    }
    return List.copyOf(loaded);
  }

  private LoadedExtension loaded(Candidate candidate) {
    String left = selection.notes().get(candidate);
    return new LoadedExtension(
        candidate.point(),
        candidate.name(),
        candidate.className(),
        candidate.location(),
        candidate.version(),
        candidate.origin(),
        candidate.order(),
        created.wraps(candidate),
        created.isUsed(candidate),
        left == null ? created.note(candidate) : left);
  }

  /**
   * Closes the extensions that are {@link AutoCloseable}, the last one first, then the jars of the
   * plugins' folder. What fails is logged. A second call does nothing.
   */
  @Override
  public void close() {
    created.closeAll();
    plugins.close();
  }
}
