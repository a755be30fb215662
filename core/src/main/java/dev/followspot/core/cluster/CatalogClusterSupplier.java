package dev.followspot.core.cluster;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.cluster.CatalogCluster.Draft;
import dev.followspot.core.http.Names;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the clusters of a catalog whose URLs are fine. Blocks nobody. */
final class CatalogClusterSupplier implements ReportingClusterSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogClusterSupplier.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String LOCATOR = "clusterLocatorMethod catalog";
  private static final int MAX_CLUSTERS = 10_000;

  private final EntityCatalog catalog;
  private final Names names;
  private final ScheduledExecutorService scheduler;
  private final AllowedHosts allowed;
  private final boolean skipTlsVerify;

  /** Names that had public addresses: they stay while a name service does not answer. */
  private final Set<String> good = ConcurrentHashMap.newKeySet();

  private volatile Set<Problem> logged = Set.of();

  CatalogClusterSupplier(
      EntityCatalog catalog,
      Names names,
      ScheduledExecutorService scheduler,
      AllowedHosts allowed,
      boolean skipTlsVerify) {
    this.catalog = catalog;
    this.names = names;
    this.scheduler = scheduler;
    this.allowed = allowed;
    this.skipTlsVerify = skipTlsVerify;
  }

  @Override
  public CompletionStage<ClusterList> list(RequestContext context) {
    return catalog.entities("Resource", context).thenCompose(this::clusters);
  }

  private CompletionStage<ClusterList> clusters(List<Entity> entities) {
    List<Problem> problems = new ArrayList<>();
    allowed.problems().forEach(message -> problems.add(Problem.warning(LOCATOR, message)));
    List<Draft> drafts = new ArrayList<>();
    for (Entity entity : entities) {
      if (CatalogCluster.isCluster(entity)) {
        Draft draft = CatalogCluster.read(entity, allowed, skipTlsVerify, problems::add);
        if (draft != null && drafts.size() < MAX_CLUSTERS) {
          drafts.add(draft);
        }
      }
    }
    drafts.removeAll(shadowed(drafts, problems));
    Map<String, CompletableFuture<List<InetAddress>>> addresses = addresses(drafts);
    return CompletableFuture.allOf(addresses.values().toArray(CompletableFuture[]::new))
        .handle((done, failure) -> checked(drafts, addresses, problems));
  }

  /** Those of other namespaces that have the name of one in namespace default. */
  private static List<Draft> shadowed(List<Draft> drafts, List<Problem> problems) {
    Set<String> names =
        drafts.stream()
            .filter(CatalogClusterSupplier::isDefault)
            .map(draft -> draft.cluster().name())
            .collect(Collectors.toSet());
    List<Draft> shadowed =
        drafts.stream()
            .filter(draft -> !isDefault(draft) && names.contains(draft.cluster().name()))
            .toList();
    for (Draft draft : shadowed) {
      problems.add(
          CatalogCluster.leftOut(
              draft.origin(),
              "an entity of namespace default has its name; give one of them another name"));
    }
    return shadowed;
  }

  private static boolean isDefault(Draft draft) {
    return draft
        .cluster()
        .catalogEntity()
        .filter(ref -> ref.namespace().equals("default"))
        .isPresent();
  }

  private Map<String, CompletableFuture<List<InetAddress>>> addresses(List<Draft> drafts) {
    Map<String, CompletableFuture<List<InetAddress>>> addresses = new ConcurrentHashMap<>();
    // Known names come first, so that new ones which hang keep them from nothing.
    drafts.stream()
        .map(Draft::name)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(name -> !good.contains(name)))
        .forEach(name -> addresses.computeIfAbsent(name, this::resolve));
    CompletableFuture<?>[] open =
        addresses.values().stream().filter(f -> !f.isDone()).toArray(CompletableFuture[]::new);
    if (open.length > 0) {
      bound(open);
    }
    return addresses;
  }

  private CompletableFuture<List<InetAddress>> resolve(String name) {
    try {
      return names.addresses(name).toCompletableFuture().copy();
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A name that hangs, which whoever wrote it may have wanted, keeps no other from being used. */
  private void bound(CompletableFuture<?>[] open) {
    try {
      Future<?> timer =
          scheduler.schedule(
              () -> {
                for (CompletableFuture<?> future : open) {
                  future.completeExceptionally(new TimeoutException());
                }
              },
              PATIENCE.toMillis(),
              TimeUnit.MILLISECONDS);
      var unused = CompletableFuture.allOf(open).whenComplete((all, e) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      for (CompletableFuture<?> future : open) {
        future.completeExceptionally(e);
      }
    }
  }

  private ClusterList checked(
      List<Draft> drafts,
      Map<String, CompletableFuture<List<InetAddress>>> addresses,
      List<Problem> problems) {
    List<Cluster> clusters = new ArrayList<>();
    for (Draft draft : drafts) {
      String name = draft.name();
      CompletableFuture<List<InetAddress>> found = name == null ? null : addresses.get(name);
      String wrong = name == null || found == null ? null : problemOf(name, found);
      if (wrong == null) {
        clusters.add(draft.cluster());
      } else {
        problems.add(CatalogCluster.leftOut(draft.origin(), wrong));
      }
    }
    good.retainAll(
        drafts.stream().map(Draft::name).filter(n -> n != null).collect(Collectors.toSet()));
    log(problems);
    return new ClusterList(clusters, problems);
  }

  private @Nullable String problemOf(String name, CompletableFuture<List<InetAddress>> found) {
    if (found.isCompletedExceptionally()) {
      return good.contains(name) ? null : CatalogCluster.unknown(name);
    }
    String problem = CatalogCluster.problemOf(name, found.join());
    if (problem == null) {
      good.add(name);
    } else {
      good.remove(name);
    }
    return problem;
  }

  /** Those of the registry about the same entities start with the word cluster. */
  static boolean isLogged(Problem problem) {
    return problem.source().equals(LOCATOR)
        || (problem.source().startsWith(CatalogCluster.ORIGIN)
            && !problem.message().startsWith("cluster '"));
  }

  private void log(List<Problem> problems) {
    Set<Problem> before = logged;
    for (Problem problem : problems) {
      if (!before.contains(problem) && isLogged(problem)) {
        LOG.warn("{}", problem);
      }
    }
    logged = Set.copyOf(problems);
  }
}
