package dev.followspot.core.objects;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.extension.ExtensionException;
import dev.followspot.core.fetch.ObjectTypes;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.ServiceLocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every cluster that an entity runs on, all at once. Pod metrics are asked for in the
 * namespaces that have pods, as cells of {@link ResourceType#POD_METRICS}: together with the lists
 * where there were pods the last time, else after them.
 *
 * <p>Whatever fails is a value of the result: a cell if it concerns one cluster, a problem if it
 * concerns all. A part that has not answered shortly after the deadline of the request is given up.
 * Safe for use by several threads.
 */
public final class DefaultObjectsProvider implements ObjectsProvider {

  /**
   * What a provider works with.
   *
   * @param clusters all clusters that a caller may know of
   * @param locator chooses among them
   * @param credentials where the credential for a cluster comes from
   * @param customResources which custom resources are looked up
   * @param fetcher lists the objects
   * @param types which object types are looked up
   * @param scheduler ends what does not end by itself
   */
  public record Parts(
      Function<RequestContext, CompletionStage<ClusterSnapshot>> clusters,
      ServiceLocator locator,
      BiFunction<Cluster, RequestContext, CredentialSource> credentials,
      CustomResourceSupplier customResources,
      KubernetesFetcher fetcher,
      ChosenTypes types,
      ScheduledExecutorService scheduler) {}

  private final Parts parts;
  private final Timeouts timeouts;
  private final PodMetrics metrics;

  /**
   * A provider.
   *
   * @param parts what it works with
   */
  public DefaultObjectsProvider(Parts parts) {
    this.parts = parts;
    this.timeouts = new Timeouts(parts.scheduler());
    this.metrics = new PodMetrics(this::fetch);
  }

  @Override
  public CompletionStage<ObjectsResult> objects(ObjectsRequest request) {
    RequestContext context = request.context();
    CompletionStage<ClusterSnapshot> known =
        timeouts.within(
            attempt(() -> parts.clusters().apply(context)),
            context.deadline(),
            () ->
                new ClusterSnapshot(
                    List.of(),
                    List.of(Problem.error("clusters", "the clusters are not known in time")),
                    false));
    return known
        .thenCompose(snapshot -> locate(request, snapshot))
        .exceptionally(failure -> nothing(request, List.of(), "clusters", failure));
  }

  private CompletionStage<ObjectsResult> locate(ObjectsRequest request, ClusterSnapshot known) {
    RequestContext context = request.context();
    if (known.clusters().isEmpty() && known.problems().isEmpty()) {
      return CompletableFuture.completedFuture(
          new ObjectsResult(
              request.entity().ref(),
              List.of(),
              List.of(
                  Problem.error(
                      "kubernetes.clusterLocatorMethods",
                      "no cluster is known; name some in kubernetes.clusterLocatorMethods, or give"
                          + " them to the builder"))));
    }
    LocateRequest question = new LocateRequest(request.entity(), known.clusters(), context);
    return timeouts
        .within(
            attempt(() -> parts.locator().locate(question)),
            context.deadline(),
            () ->
                new LocateResult(
                    List.of(),
                    List.of(Problem.error("service locator", "it did not answer in time"))))
        .thenCompose(located -> fetchAll(request, known.problems(), located))
        .exceptionally(failure -> nothing(request, known.problems(), "service locator", failure));
  }

  private CompletionStage<ObjectsResult> fetchAll(
      ObjectsRequest request, List<Problem> problems, LocateResult located) {
    EntityQuery query = EntityQuery.of(request.entity());
    List<CompletableFuture<ClusterObjects>> clusters = new ArrayList<>();
    for (Cluster cluster : located.clusters()) {
      clusters.add(
          attempt(() -> fetch(request, query, cluster))
              .toCompletableFuture()
              .exceptionally(failure -> failed(cluster, CellStatus.EXTENSION, text(failure))));
    }
    return CompletableFuture.allOf(clusters.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new ObjectsResult(
                    request.entity().ref(),
                    clusters.stream().map(CompletableFuture::join).toList(),
                    concat(problems, located.problems())));
  }

  private CompletionStage<ClusterObjects> fetch(
      ObjectsRequest request, EntityQuery query, Cluster cluster) {
    if (query.problem() != null) {
      return CompletableFuture.completedFuture(
          failed(cluster, CellStatus.INVALID, query.problem()));
    }
    RequestContext context = request.context();
    CompletionStage<TypesAndProblems> types =
        timeouts.within(
            types(request, cluster),
            context.deadline(),
            () ->
                new TypesAndProblems(
                    List.of(),
                    List.of(timeout(cluster, "the custom resources are not known in time"))));
    return types.thenCompose(
        chosen -> {
          if (chosen.types().isEmpty()) {
            return CompletableFuture.completedFuture(
                new ClusterObjects(cluster, chosen.problems()));
          }
          FetchRequest fetch =
              new FetchRequest(
                  cluster,
                  parts.credentials().apply(cluster, context),
                  chosen.types(),
                  query.namespace(),
                  query.labelSelector(),
                  context);
          CompletionStage<List<Cell>> cells =
              wantsMetrics(cluster, chosen.types())
                  ? metrics.fetchWithLists(fetch)
                  : fetch(fetch).thenApply(FetchResult::cells);
          return cells.thenApply(
              found -> new ClusterObjects(cluster, concat(chosen.problems(), found)));
        });
  }

  private CompletionStage<FetchResult> fetch(FetchRequest request) {
    return timeouts.within(
        parts.fetcher().fetch(request),
        request.context().deadline(),
        () -> FetchResult.of(timeout(request.cluster(), "the fetcher did not answer in time")));
  }

  private record TypesAndProblems(List<ResourceType> types, List<Cell> problems) {}

  private CompletionStage<TypesAndProblems> types(ObjectsRequest request, Cluster cluster) {
    List<ResourceType> asked = request.types();
    if (asked != null) {
      return CompletableFuture.completedFuture(new TypesAndProblems(asked, List.of()));
    }
    List<Cell> problems = new ArrayList<>();
    List<String> unknown = ObjectTypes.unknown(parts.types().names(cluster));
    if (!unknown.isEmpty()) {
      problems.add(
          cell(
              cluster,
              CellStatus.INVALID,
              "objectTypes of this cluster has unknown names: "
                  + String.join(", ", unknown)
                  + "; known are "
                  + String.join(", ", ObjectTypes.names())));
    }
    return attempt(() -> parts.customResources().customResources(cluster, request.context()))
        .handle(
            (custom, failure) -> {
              if (failure != null) {
                problems.add(
                    cell(
                        cluster,
                        CellStatus.EXTENSION,
                        "the custom resources are not known: " + text(failure)));
              }
              List<ResourceType> types = new ArrayList<>(parts.types().types(cluster));
              if (custom != null) {
                types.addAll(custom);
              }
              return new TypesAndProblems(types, problems);
            });
  }

  private static boolean wantsMetrics(Cluster cluster, List<ResourceType> types) {
    return !cluster.skipMetricsLookup()
        && !types.contains(ResourceType.POD_METRICS)
        && types.stream().anyMatch(t -> t.objectType().equals(ResourceType.PODS.objectType()));
  }

  /** What a part gives, or its failure as a failed stage, so that none of them ends a look-up. */
  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static ObjectsResult nothing(
      ObjectsRequest request, List<Problem> known, String source, Throwable failure) {
    return new ObjectsResult(
        request.entity().ref(),
        List.of(),
        concat(known, List.of(Problem.error(source, text(failure)))));
  }

  private static ClusterObjects failed(Cluster cluster, CellStatus status, String message) {
    return new ClusterObjects(cluster, List.of(cell(cluster, status, message)));
  }

  private static Cell timeout(Cluster cluster, String message) {
    return cell(cluster, CellStatus.TIMEOUT, message);
  }

  private static Cell cell(Cluster cluster, CellStatus status, String message) {
    return Cell.failed(cluster.name(), null, ResourceType.ANY, status, message);
  }

  /** The message where it is written for people; of others only the type: it may hold a secret. */
  private static String text(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Stages.cause(failure);
    if (cause instanceof ExtensionException || cause instanceof ConfigurationException) {
      return String.valueOf(cause.getMessage());
    }
    StackTraceElement[] trace = cause == null ? new StackTraceElement[0] : cause.getStackTrace();
    return (cause == null ? "nothing" : cause.getClass().getName())
        + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
