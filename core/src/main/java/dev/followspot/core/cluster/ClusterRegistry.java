package dev.followspot.core.cluster;

import dev.followspot.spi.Cancellation;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Knows the clusters of all sources together.
 *
 * <p>A source is asked when its clusters are wanted for the first time; callers at the same time
 * share that load, and none of them can end it for the others. From then on it is asked again in
 * the background, and what it said last counts until it says something else. A source that fails is
 * a problem of the snapshot. If a name is there twice, the first one counts, but none of the
 * catalog, where more people may write, comes before one of another source.
 *
 * <p>Sources whose clusters depend on the caller are asked anew each time, and nothing of them is
 * kept. Safe for use by several threads; it starts none.
 */
public final class ClusterRegistry implements AutoCloseable {

  private final List<KeptSource> sources;
  private final ScheduledExecutorService scheduler;

  /**
   * Nothing is asked yet.
   *
   * @param sources the sources, in the order in which their clusters are listed
   * @param settings how their lists are kept
   * @param scheduler for refreshes and time limits; not shut down here
   * @param executor asks the suppliers, which should not block but may
   * @param clock the time of day, for messages
   * @param removed is told of each cluster that a refresh did not bring again
   */
  public ClusterRegistry(
      List<ClusterSource> sources,
      ClusterSettings settings,
      ScheduledExecutorService scheduler,
      Executor executor,
      Clock clock,
      Consumer<Cluster> removed) {
    this.sources =
        sources.stream()
            .map(source -> new KeptSource(source, settings, scheduler, executor, clock, removed))
            .toList();
    this.scheduler = scheduler;
  }

  /**
   * The clusters that a caller may know of.
   *
   * @param context who asks; at its deadline or when it is cancelled, sources that have not
   *     answered are problems
   * @return the clusters; never fails
   */
  public CompletionStage<ClusterSnapshot> clusters(RequestContext context) {
    List<CompletableFuture<SourceState>> states = new ArrayList<>(sources.size());
    for (KeptSource source : sources) {
      states.add(waitFor(source, context));
    }
    return CompletableFuture.allOf(states.toArray(CompletableFuture[]::new))
        .thenApply(done -> combine(states.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<SourceState> waitFor(KeptSource source, RequestContext context) {
    CompletableFuture<SourceState> state = source.state(context);
    if (state.isDone()) {
      return state;
    }
    String name = source.source().name();
    Cancellation.Registration registration =
        context
            .cancellation()
            .onCancel(
                () -> state.complete(SourceState.failed(name, "the look-up was cancelled first")));
    var unused = state.whenComplete((known, failure) -> registration.close());
    if (!context.deadline().isNever()) {
      bound(
          state,
          SourceState.failed(name, "it did not answer in time for this look-up"),
          context.deadline().remaining());
    }
    return state;
  }

  private void bound(CompletableFuture<SourceState> state, SourceState late, Duration within) {
    try {
      Future<?> timer =
          scheduler.schedule(() -> state.complete(late), within.toNanos(), TimeUnit.NANOSECONDS);
      var unused = state.whenComplete((known, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException e) {
      state.complete(late);
    }
  }

  private static ClusterSnapshot combine(List<SourceState> states) {
    Map<String, Cluster> clusters = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> trusted =
        states.stream()
            .flatMap(state -> state.clusters().stream())
            .filter(cluster -> cluster.catalogEntity().isEmpty())
            .map(Cluster::name)
            .collect(Collectors.toSet());
    for (SourceState state : states) {
      problems.addAll(state.problems());
      for (Cluster cluster : state.clusters()) {
        if (cluster.catalogEntity().isPresent() && trusted.contains(cluster.name())) {
          // Whoever may write entities must not take the place of a cluster.
          problems.add(
              Problem.warning(
                  cluster.origin(),
                  "cluster '"
                      + cluster.name()
                      + "' is left out, since another source than the catalog has one of this name;"
                      + " give one of them another name"));
          continue;
        }
        Cluster first = clusters.putIfAbsent(cluster.name(), cluster);
        if (first != null) {
          problems.add(
              Problem.warning(
                  cluster.origin(),
                  "cluster '"
                      + cluster.name()
                      + "' is left out, since that of "
                      + first.origin()
                      + " has the same name; give one of them another name"));
        }
      }
    }
    return new ClusterSnapshot(
        List.copyOf(clusters.values()), problems, states.stream().anyMatch(SourceState::stale));
  }

  /** Ends the refreshes. */
  @Override
  public void close() {
    sources.forEach(KeptSource::close);
  }
}
