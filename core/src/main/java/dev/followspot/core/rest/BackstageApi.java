package dev.followspot.core.rest;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.IncomingRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Permission;
import dev.followspot.spi.PermissionPolicy;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of Backstage's Kubernetes backend, and two more: {@code GET /followspot/entities}
 * tells which entities the catalog has, {@code POST /followspot/lookup} what was found beside what
 * became of each list. {@link dev.followspot.core.Followspot#backstageApi} makes one; nobody else
 * has to.
 *
 * <p>The checks come in this order: who calls, the body, whether they may, the entity, what else is
 * in the body, and then the clusters are asked. Safe for use by several threads; it blocks none.
 */
public final class BackstageApi implements RestHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackstageApi.class);

  /** Looks entities up. */
  @FunctionalInterface
  public interface Lookup {

    /**
     * Looks an entity up.
     *
     * @param entity the entity
     * @param types the types to look for instead of the configured ones; null for those
     * @param context who asks, with which tokens, and whether they want it still
     * @return what was found; what failed is in it
     */
    CompletionStage<ObjectsResult> lookUp(
        Entity entity, @Nullable List<ResourceType> types, RequestContext context);
  }

  /** Sends requests to clusters. */
  @FunctionalInterface
  public interface Proxy {

    /**
     * Handles one request.
     *
     * @param request the request, with the whole path, {@code /proxy} included
     * @param caller who asks, and may
     * @return the response
     */
    CompletionStage<RestResponse> handle(RestRequest request, Caller caller);
  }

  /**
   * What the routes work with.
   *
   * @param authenticator finds out who calls
   * @param policy decides what they may do
   * @param audit is told of each decision
   * @param catalog knows the entities; null if there is none
   * @param lookup looks entities up
   * @param clusters all clusters that a caller may know of
   * @param fatal which problems of a look-up mean that there is no answer
   * @param proxy sends requests to clusters
   * @param served whether there are any routes
   * @param clock the time of day, for the auditor
   * @param scheduler ends what does not end by itself; not shut down here
   * @param limit how long each part of a request may take
   */
  public record Parts(
      CallerAuthenticator authenticator,
      PermissionPolicy policy,
      AuditSink audit,
      @Nullable EntityCatalog catalog,
      Lookup lookup,
      Function<RequestContext, CompletionStage<ClusterSnapshot>> clusters,
      Predicate<Problem> fatal,
      Proxy proxy,
      boolean served,
      Clock clock,
      ScheduledExecutorService scheduler,
      Duration limit) {}

  private final Parts parts;
  private final Limits limits;
  private final Access access;
  private final Entities entities;
  private final Set<Answering> pending = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Serves the routes.
   *
   * @param parts what they work with
   */
  public BackstageApi(Parts parts) {
    this.parts = parts;
    this.limits = new Limits(parts.scheduler(), parts.limit());
    this.access = new Access(parts, limits);
    this.entities = new Entities(parts.catalog(), limits);
  }

  @Override
  public CompletionStage<RestResponse> handle(RestRequest request) {
    Answering answering = new Answering(request);
    pending.add(answering);
    answering.whenDone(() -> pending.remove(answering));
    if (closed) {
      answering.close();
    } else {
      answering.follow(Access.attempt(() -> start(request)));
    }
    return answering.response();
  }

  private CompletionStage<RestResponse> start(RestRequest request) {
    IncomingRequest head = Access.head(request);
    return access
        .caller(head)
        .thenCompose(
            caller -> {
              Route route = parts.served() ? Route.of(request) : null;
              return route == null
                  ? CompletableFuture.completedFuture(Answers.unknown())
                  : answer(route, request, head, caller);
            });
  }

  private CompletionStage<RestResponse> answer(
      Route route, RestRequest request, IncomingRequest head, Caller caller) {
    return switch (route) {
      case PROXY -> proxy(request, head, caller);
      case CLUSTERS ->
          access
              .permitted(caller, route.permission(), head)
              .thenCompose(permitted -> clusters(request, permitted));
      case ENTITIES ->
          access
              .permitted(caller, route.permission(), head)
              .thenCompose(
                  permitted -> entities.ofKind(Query.kind(request), context(request, permitted)))
              .thenApply(Answers::entities);
      case WORKLOADS, CUSTOM, LOOKUP, SERVICES ->
          limits
              .within(
                  JsonRequest.read(request),
                  () -> new RestError(408, "RequestTimeoutError", "the body came too slowly"))
              .thenCompose(
                  body ->
                      access
                          .permitted(caller, route.permission(), head)
                          .thenCompose(
                              permitted ->
                                  route == Route.SERVICES
                                      ? service(request, permitted, body)
                                      : resources(route, request, permitted, body)));
    };
  }

  private CompletionStage<RestResponse> proxy(
      RestRequest request, IncomingRequest head, Caller caller) {
    return access
        .permitted(caller, Permission.PROXY, head)
        .handle(
            (permitted, failure) -> {
              if (failure == null) {
                return parts.proxy().handle(request, permitted);
              }
              RestError error = RestError.of(failure, "the proxy");
              return CompletableFuture.completedFuture(
                  error.status() == 403
                      ? Answers.deniedProxy(error)
                      : Answers.error(request, error));
            })
        .thenCompose(Function.identity());
  }

  private CompletionStage<RestResponse> clusters(RestRequest request, Caller caller) {
    return parts
        .clusters()
        .apply(context(request, caller).withDeadline(Deadline.after(parts.limit())))
        .thenApply(
            snapshot -> {
              check(snapshot.problems());
              return Answers.clusters(snapshot.clusters());
            });
  }

  private CompletionStage<RestResponse> resources(
      Route route, RestRequest request, Caller caller, Map<?, ?> body) {
    EntityRef ref = Query.entityRef(body);
    RequestContext context = context(request, caller);
    return entities
        .find(ref, context)
        .thenCompose(
            found -> {
              Entity entity =
                  found.orElseThrow(() -> RestError.input("Entity ref missing, " + ref));
              List<ResourceType> types = route == Route.CUSTOM ? Query.customResources(body) : null;
              RequestContext withAuth = context.withAuth(Query.auth(body));
              return route == Route.LOOKUP
                  ? parts.lookup().lookUp(entity, null, withAuth).thenApply(Answers::lookup)
                  : lookUp(entity, types, withAuth);
            });
  }

  private CompletionStage<RestResponse> service(
      RestRequest request, Caller caller, Map<?, ?> body) {
    RequestContext context = context(request, caller);
    return Access.attempt(
            () -> {
              EntityRef ref = Query.serviceEntity(body);
              return entities
                  .find(ref, context)
                  .thenCompose(
                      found -> {
                        Entity entity =
                            found.orElseThrow(
                                () -> RestError.notAllowed("Entity not found, " + ref));
                        return lookUp(entity, null, context.withAuth(Query.auth(body)));
                      });
            })
        .exceptionally(
            failure -> {
              RestError error = RestError.of(failure, "the look-up");
              return error.status() == 403
                  ? Answers.error(request, error)
                  : Answers.failedService(error);
            });
  }

  private CompletionStage<RestResponse> lookUp(
      Entity entity, @Nullable List<ResourceType> types, RequestContext context) {
    return parts
        .lookup()
        .lookUp(entity, types, context)
        .thenApply(
            result -> {
              check(result.problems());
              return Answers.objects(result);
            });
  }

  private static RequestContext context(RestRequest request, Caller caller) {
    return new RequestContext(caller, RequestAuth.none(), Deadline.never(), request.cancellation());
  }

  /** Answers of this contract have no place for problems. */
  private void check(List<Problem> problems) {
    List<Problem> fatal = problems.stream().filter(parts.fatal()).toList();
    problems.stream()
        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
        .forEach(problem -> LOG.warn("{}: {}", problem.source(), problem.message()));
    if (!fatal.isEmpty()) {
      throw RestError.internal(
          fatal.stream().map(Problem::message).collect(Collectors.joining("; ")));
    }
  }

  /** Answers with 503 to what is not answered yet, and to everything from now on. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(pending).forEach(Answering::close);
  }
}
