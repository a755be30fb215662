package dev.followspot.core;

import dev.followspot.core.cluster.ClusterRegistry;
import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.extension.Extensions;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.core.rest.BackstageApi;
import dev.followspot.core.rest.RestHandler;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running {@link Followspot}, and how they end. */
final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Followspot.class);

  private final Parts parts;
  private final ObjectsProvider objects;
  private final Resources resources;
  private final Set<PendingLookup> pending = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable BackstageApi api;

  /** What a running engine consists of. */
  record Parts(
      ClusterRegistry clusters,
      Extensions extensions,
      ObjectsProvider objects,
      HttpEngine http,
      ScheduledExecutorService scheduler,
      HttpSettings httpSettings,
      Duration lookupTimeout,
      List<ConfigProblem> warnings,
      Routes routes) {}

  private Engine(Parts parts, Resources resources) {
    this.parts = parts;
    this.objects = new SharedLookups(new CountedLookups(parts.objects(), parts.http()));
    this.resources = resources;
    this.api = parts.routes().hooks() == null ? null : api(parts.routes().hooks());
    parts.http().warmUp(WarmUp::run);
  }

  private BackstageApi api(Routes.Hooks hooks) {
    return new BackstageApi(
        new BackstageApi.Parts(
            hooks.authenticator(),
            hooks.policy(),
            hooks.audit(),
            parts.routes().catalog(),
            this::lookUp,
            parts.clusters()::clusters,
            parts.routes()::isFatal,
            hooks.proxy()::handle,
            parts.routes().served(),
            parts.routes().clock(),
            parts.scheduler(),
            parts.lookupTimeout()));
  }

  /** Starts an engine; whatever was started before a failure is closed. */
  static Engine start(FollowspotBuilder builder) {
    Resources resources = new Resources();
    try {
      Parts parts = new Assembly(builder, resources).parts();
      parts.warnings().forEach(warning -> LOG.warn("{}", warning));
      return new Engine(parts, resources);
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this Followspot is closed");
    }
  }

  Duration lookupTimeout() {
    return parts.lookupTimeout();
  }

  /** Looks up; the result comes shortly after the deadline, a cancellation or the end at last. */
  CompletableFuture<LookupResult> lookUp(LookupRequest request) {
    PendingLookup lookup = new PendingLookup(request.entity().ref(), request.cancellation());
    RequestContext context =
        new RequestContext(
            request.caller(),
            request.auth(),
            Deadline.after(request.timeout().orElse(parts.lookupTimeout())),
            lookup.cancellation());
    pending.add(lookup);
    lookup.whenDone(() -> pending.remove(lookup));
    lookup.endBy(parts.scheduler(), context.deadline());
    if (closed.get()) {
      lookup.close();
    }
    lookup.follow(
        objects.objects(
            new ObjectsRequest(request.entity(), request.types().orElse(null), context)));
    return lookup.result();
  }

  private CompletionStage<ObjectsResult> lookUp(
      Entity entity, @Nullable List<ResourceType> types, RequestContext context) {
    checkOpen();
    LookupRequest request =
        LookupRequest.of(entity)
            .caller(context.caller())
            .auth(context.auth())
            .cancellation(context.cancellation());
    return lookUp(types == null ? request : request.types(types)).thenApply(LookupResult::result);
  }

  CompletionStage<ClusterSnapshot> clusters(RequestContext context) {
    return parts.clusters().clusters(context);
  }

  RestHandler backstageApi() {
    parts.routes().problems().throwIfAny();
    return Objects.requireNonNull(api, "the routes");
  }

  List<ConfigProblem> warnings() {
    return parts.warnings();
  }

  List<LoadedExtension> extensions() {
    return parts.extensions().loaded();
  }

  List<ProviderIssue> issues() {
    return parts.extensions().issues();
  }

  String describe() {
    return Description.of(parts);
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      if (api != null) {
        api.close();
      }
      List<PendingLookup> last = List.copyOf(pending);
      last.forEach(PendingLookup::cancel);
      resources.close();
      pending.forEach(PendingLookup::close);
    }
  }

  /** What has to be closed, the last one opened first; one that fails harms no other. */
  static final class Resources {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
      open.push(resource);
      return resource;
    }

    void close() {
      List<AutoCloseable> closing;
      synchronized (this) {
        closing = new ArrayList<>(open);
        open.clear();
      }
      for (AutoCloseable resource : closing) {
        try {
          resource.close();
        } catch (Exception e) {
          LOG.warn("{} failed to close", resource.getClass().getName(), e);
        }
      }
    }
  }
}
