package dev.followspot.core;

import dev.followspot.core.cluster.ClusterRegistry;
import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.extension.Extensions;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.RequestContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running {@link Followspot}, and how they end. */
final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Followspot.class);

  private final Parts parts;
  private final Resources resources;
  private final Set<PendingLookup> pending = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What a running engine consists of. */
  record Parts(
      ClusterRegistry clusters,
      Extensions extensions,
      ObjectsProvider objects,
      HttpEngine http,
      ScheduledExecutorService scheduler,
      HttpSettings httpSettings,
      Duration lookupTimeout,
      List<ConfigProblem> warnings) {}

  private Engine(Parts parts, Resources resources) {
    this.parts = parts;
    this.resources = resources;
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
  void lookUp(ObjectsRequest request, PendingLookup pending) {
    this.pending.add(pending);
    pending.whenDone(() -> this.pending.remove(pending));
    pending.endBy(parts.scheduler(), request.context().deadline());
    if (closed.get()) {
      pending.close();
    }
    pending.follow(parts.objects().objects(request));
  }

  CompletionStage<ClusterSnapshot> clusters(RequestContext context) {
    return parts.clusters().clusters(context);
  }

  List<ConfigProblem> warnings() {
    return parts.warnings();
  }

  List<ProviderIssue> issues() {
    return parts.extensions().issues();
  }

  String describe() {
    return Description.of(parts);
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
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
