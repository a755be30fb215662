package dev.followspot.core;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.core.rest.RestHandler;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Finds the Kubernetes objects of catalog entities. The entry point: make one for the application,
 * use it from any thread, and close it at the end.
 *
 * <pre>{@code
 * try (Followspot followspot =
 *     Followspot.from(AppConfig.read(Path.of("app-config.yaml")).resolve(System.getenv()))) {
 *   LookupResult result = followspot.lookup(CatalogInfo.read(Path.of("catalog-info.yaml")));
 *   result.objects(V1Pod.class).forEach(pod -> …);
 *   result.cells().stream().filter(Cell::failed).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>It has a small, fixed number of daemon threads, whatever the number of clusters and look-ups:
 * see {@link #describe()}. Look-ups of the same entity and types, by the same caller with the same
 * tokens, that begin within a tenth of a second share one and its result. Safe for use by several
 * threads.
 */
public final class Followspot implements AutoCloseable {

  private final Engine engine;

  Followspot(Engine engine) {
    this.engine = engine;
  }

  /**
   * Starts with what a configuration says, and with the extensions on the class path.
   *
   * @param configuration the configuration
   * @return the engine, to be closed
   * @throws dev.followspot.spi.ConfigurationException with every mistake of the configuration, and
   *     if an extension that it names is missing or broken
   */
  public static Followspot from(Configuration configuration) {
    return builder().configuration(configuration).build();
  }

  /**
   * Starts with clusters and extensions that the application gives.
   *
   * @return a builder
   */
  public static FollowspotBuilder builder() {
    return new FollowspotBuilder();
  }

  /**
   * Looks an entity up: the configured types, as the application itself, within the configured
   * time. Blocks until the answer is there; do not call it on a thread that runs asynchronous work.
   *
   * @param entity the entity
   * @return what was found; what failed is in it
   * @throws CancellationException if the thread is interrupted; its interrupted status is set
   * @throws IllegalStateException if this is closed
   */
  public LookupResult lookup(Entity entity) {
    return lookup(LookupRequest.of(entity));
  }

  /**
   * Looks an entity up. Blocks until the answer is there; do not call it on a thread that runs
   * asynchronous work.
   *
   * @param request what to look up, as whom, for how long
   * @return what was found; what failed is in it
   * @throws CancellationException if the thread is interrupted; its interrupted status is set
   * @throws IllegalStateException if this is closed
   */
  public LookupResult lookup(LookupRequest request) {
    CompletableFuture<LookupResult> result = lookupAsync(request);
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while looking up " + request.entity().ref());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    }
  }

  /**
   * Looks an entity up without blocking: the configured types, as the application itself.
   *
   * @param entity the entity
   * @return what was found; cancelling it ends the requests that are under way
   */
  public CompletableFuture<LookupResult> lookupAsync(Entity entity) {
    return lookupAsync(LookupRequest.of(entity));
  }

  /**
   * Looks an entity up without blocking.
   *
   * @param request what to look up, as whom, for how long
   * @return what was found, mostly completed on a thread of the engine, which must not be blocked;
   *     cancelling it, or completing it in any other way, ends the requests that are under way. It
   *     never fails but when it is cancelled
   * @throws IllegalStateException if this is closed
   */
  public CompletableFuture<LookupResult> lookupAsync(LookupRequest request) {
    engine.checkOpen();
    return engine.lookUp(request);
  }

  /**
   * The clusters that the application itself may see.
   *
   * @return the clusters, and what is wrong with their sources
   * @throws IllegalStateException if this is closed
   */
  public CompletionStage<ClusterSnapshot> clusters() {
    engine.checkOpen();
    return engine.clusters(
        RequestContext.create().withDeadline(Deadline.after(engine.lookupTimeout())));
  }

  /**
   * Backstage's HTTP contract: the routes of {@code @backstage/plugin-kubernetes-backend}, for a
   * web server to adapt. Entities come from the catalog that the builder was given.
   *
   * @return the handler, always the same one; after {@link #close} it answers with 503
   * @throws dev.followspot.spi.ConfigurationException with every mistake below {@code
   *     backend.auth}, and if an extension of the routes is broken; they are no mistakes for those
   *     who serve no routes, so {@link FollowspotBuilder#build} reports them only beside others
   */
  public RestHandler backstageApi() {
    return engine.backstageApi();
  }

  /**
   * What is probably wrong in the configuration though it could be used: misspelt keys, and
   * variables that are not set.
   *
   * @return the warnings, possibly none
   */
  public List<ConfigProblem> warnings() {
    return engine.warnings();
  }

  /**
   * What can be used here: built in, given or found.
   *
   * @return the extensions, and whether each is used
   */
  public List<LoadedExtension> extensions() {
    return engine.extensions();
  }

  /**
   * What is wrong with extensions that were found and that nothing named.
   *
   * @return the issues, possibly none
   */
  public List<ProviderIssue> issues() {
    return engine.issues();
  }

  /**
   * Tells people what this consists of: clusters and where they come from, extensions and their
   * jars, who wraps whom, threads and limits, and what is wrong. Clusters that were not asked for
   * yet are asked for now, which may block for a few seconds; do not call it on a thread that runs
   * asynchronous work.
   *
   * @return several lines, never with a secret
   */
  public String describe() {
    return engine.describe();
  }

  /**
   * Ends everything: look-ups that are under way end at once, connections are closed, threads end,
   * extensions are closed. Later calls do nothing.
   */
  @Override
  public void close() {
    engine.close();
  }
}
