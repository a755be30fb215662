package dev.followspot.core;

import dev.followspot.core.access.ConfiguredPolicy;
import dev.followspot.core.auth.Credentials;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.cluster.CatalogClusterSupplierFactory;
import dev.followspot.core.cluster.ClusterRegistry;
import dev.followspot.core.cluster.ClusterSettings;
import dev.followspot.core.cluster.ClusterSource;
import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.customresource.ConfiguredCustomResources;
import dev.followspot.core.extension.Extensions;
import dev.followspot.core.extension.ExtensionsBuilder;
import dev.followspot.core.fetch.DefaultFetcher;
import dev.followspot.core.fetch.FetchSettings;
import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.core.http.StreamSettings;
import dev.followspot.core.objects.ChosenTypes;
import dev.followspot.core.objects.DefaultObjectsProvider;
import dev.followspot.core.proxy.ClusterProxy;
import dev.followspot.core.proxy.ProxySettings;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.Permission;
import dev.followspot.spi.ServiceLocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts an engine together, and reads all of its configuration first, so that every mistake is
 * reported at once. Used once, by one thread.
 */
final class Assembly {

  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(15);
  private static final String DEFAULT_LOCATOR = "multiTenant";
  private static final String CONFIG = "config";

  private final FollowspotBuilder builder;
  private final Engine.Resources resources;
  private final ConfigSection kubernetes;
  private final ConfigSection followspot;
  private final ConfigProblems problems = new ConfigProblems();

  /** Those whose clusters stand in the configuration itself. */
  private final List<ClusterSupplier> configured = new ArrayList<>();

  Assembly(FollowspotBuilder builder, Engine.Resources resources) {
    this.builder = builder;
    this.resources = resources;
    ConfigSection root = builder.configuration().root();
    kubernetes = read(() -> root.section("kubernetes"), ConfigSection.empty("kubernetes"));
    followspot = read(() -> root.section("followspot"), ConfigSection.empty("followspot"));
  }

  Engine.Parts parts() {
    HttpSettings httpSettings =
        read(() -> HttpSettings.from(followspot.section("http")), HttpSettings.DEFAULT);
    StreamSettings streamSettings =
        read(() -> StreamSettings.from(followspot.section("proxy")), StreamSettings.DEFAULT);
    FetchSettings fetchSettings =
        read(() -> FetchSettings.from(followspot.section("fetch")), FetchSettings.DEFAULT);
    ClusterSettings clusterSettings =
        read(() -> ClusterSettings.from(followspot.section("clusters")), ClusterSettings.DEFAULT);
    Duration lookupTimeout = read(this::lookupTimeout, LOOKUP_TIMEOUT);
    ChosenTypes types = read(() -> new TypesConfig(kubernetes).types(), ChosenTypes.DEFAULT);
    ConfiguredCustomResources customResourcesOfConfig =
        read(
            () -> ConfiguredCustomResources.from(kubernetes),
            new ConfiguredCustomResources(List.of()));

    ExecutorService worker = resources.add(new Threads.Worker()).executor();
    ScheduledExecutorService scheduler = resources.add(new Threads.Scheduler()).executor();
    EntityCatalog catalog = ChosenCatalog.of(builder, followspot, problems, resources);
    CatalogClusterSupplierFactory catalogClusters =
        new CatalogClusterSupplierFactory(
            catalog, resources.add(new Threads.Resolvers()).executor(), scheduler);
    Extensions extensions = resources.add(extensions(worker, catalogClusters));

    List<ClusterSource> sources = sources(extensions);
    ServiceLocator locator = problems.read(() -> locator(extensions));
    CustomResourceSupplier customResources =
        problems.read(() -> extensions.customResources(customResourcesOfConfig));
    HttpEngine http = resources.add(new HttpEngine(httpSettings, streamSettings));
    KubernetesFetcher fetcher =
        problems.read(() -> extensions.fetcher(new DefaultFetcher(http, fetchSettings)));
    ClusterRegistry clusters =
        resources.add(
            new ClusterRegistry(
                sources,
                clusterSettings,
                scheduler,
                resources.add(new Threads.Suppliers(sources.size())).executor(),
                builder.clock(),
                http::forget));
    ClusterCredentials credentials =
        new ClusterCredentials(extensions, new Credentials(builder.clock()));
    ProxySettings proxySettings =
        read(() -> ProxySettings.from(followspot.section("proxy")), ProxySettings.DEFAULT);
    boolean continueOnError =
        read(
            () -> kubernetes.optionalBoolean("clusterLocatorContinueOnError").orElse(false), false);
    Routes routes =
        routes(
            extensions,
            continueOnError
                ? Set.of()
                : sources.stream().map(ClusterSource::name).collect(Collectors.toSet()),
            catalog,
            audit ->
                resources.add(
                    new ClusterProxy(
                        new ClusterProxy.Parts(
                            clusters::clusters,
                            continueOnError,
                            credentials::source,
                            credentials::areOfCallers,
                            http,
                            extensions::proxyInterceptor,
                            audit,
                            proxySettings,
                            scheduler,
                            builder.clock()))));
    if (locator == null || customResources == null || fetcher == null) {
      routes.problems().all().forEach(problems::add);
      problems.throwIfAny();
      throw new IllegalStateException("a part is missing and no problem");
    }
    credentials.check(configured, problems);
    ObjectsProvider objects =
        problems.read(
            () ->
                extensions.objectsProvider(
                    new DefaultObjectsProvider(
                        new DefaultObjectsProvider.Parts(
                            clusters::clusters,
                            locator,
                            credentials::source,
                            customResources,
                            fetcher,
                            types,
                            scheduler))));
    if (!problems.isEmpty()) {
      routes.problems().all().forEach(problems::add);
    }
    problems.throwIfAny();
    if (objects == null) {
      throw new IllegalStateException("no objects provider and no problem");
    }
    return new Engine.Parts(
        clusters,
        extensions,
        objects,
        http,
        scheduler,
        httpSettings,
        lookupTimeout,
        warnings(),
        routes);
  }

  private Routes routes(
      Extensions extensions,
      Set<String> needed,
      @Nullable EntityCatalog catalog,
      Function<AuditSink, ClusterProxy> proxy) {
    Set<Permission> denied =
        read(() -> ConfiguredPolicy.denied(followspot.section("permissions")), Set.of());
    ConfigSection root = builder.configuration().root();
    ConfigProblems ofRoutes = new ConfigProblems();
    return new Routes(
        Routes.Hooks.of(root, denied, extensions, proxy, ofRoutes),
        ofRoutes,
        catalog,
        needed,
        root.keys().contains("kubernetes") || !builder.clusters().isEmpty(),
        builder.clock());
  }

  private <T> T read(Supplier<T> reader, T otherwise) {
    T value = problems.read(reader);
    return value == null ? otherwise : value;
  }

  private Duration lookupTimeout() {
    ConfigSection lookup = followspot.section("lookup");
    Duration timeout = lookup.optionalDuration("timeout").orElse(LOOKUP_TIMEOUT);
    if (timeout.isZero()) {
      throw lookup.problem("timeout", "is 0; more than zero is needed, such as 15s");
    }
    return timeout;
  }

  private Extensions extensions(
      ExecutorService worker, CatalogClusterSupplierFactory catalogClusters) {
    ExtensionsBuilder extensions =
        Extensions.builder(builder.configuration())
            .builtIn(BuiltIns.factories(catalogClusters))
            .add(builder.extensions())
            .clock(builder.clock())
            .executor(worker);
    if (builder.discovery() != null) {
      extensions.discovery(builder.discovery());
    }
    if (builder.classLoaders() != null) {
      extensions.classLoaders(builder.classLoaders());
    }
    if (builder.pluginsDirectory() != null) {
      extensions.pluginsDirectory(builder.pluginsDirectory());
    }
    return extensions.build(problems);
  }

  private ServiceLocator locator(Extensions extensions) {
    ConfigSection method = kubernetes.section("serviceLocatorMethod");
    String type = method.optionalString("type").orElse(DEFAULT_LOCATOR);
    return extensions.serviceLocator(type, method);
  }

  private List<ClusterSource> sources(Extensions extensions) {
    List<ClusterSource> sources = new ArrayList<>();
    if (!builder.clusters().isEmpty()) {
      List<Cluster> given = List.copyOf(builder.clusters());
      sources.add(
          new ClusterSource(
              "the application", context -> CompletableFuture.completedFuture(given)));
    }
    List<ConfigSection> methods =
        read(() -> kubernetes.sectionList("clusterLocatorMethods"), List.of());
    for (ConfigSection method : methods) {
      String type = problems.read(() -> method.string("type"));
      if (type != null) {
        ClusterSupplier supplier = problems.read(() -> extensions.clusterSupplier(type, method));
        if (supplier != null) {
          if (type.equals(CONFIG)) {
            configured.add(supplier);
          }
          String place = method.location().isEmpty() ? "" : method.location() + " ";
          sources.add(new ClusterSource(place + method.path() + " (" + type + ")", supplier));
        }
      }
    }
    return sources;
  }

  private List<ConfigProblem> warnings() {
    // Backstage's frontend reads these; that they are there is no mistake.
    kubernetes.raw("frontend");
    List<ConfigProblem> warnings = new ArrayList<>(builder.configuration().unsetVariables());
    warnings.addAll(kubernetes.unusedKeys());
    warnings.addAll(followspot.unusedKeys());
    return List.copyOf(warnings);
  }
}
