package dev.followspot.examples.backstagebackend;

import dev.followspot.core.Followspot;
import dev.followspot.core.cluster.CatalogClusterSupplierFactory;
import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.servlet.FollowspotServlet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: an engine, its servlet, and the web server around them. */
final class Backend implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

  /** How long the start waits for clusters before it says that it does not know them yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long look-ups and downloads may go on when the program ends. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long what is ended may take to reach its caller. */
  private static final Duration FLUSH = Duration.ofMillis(300);

  private static final int POLL_MILLIS = 10;

  private final Setup setup;
  private final OpenRequests requests;
  private final WebServer server;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean loaded;

  private Backend(Setup setup) {
    this.setup = setup;
    requests = new OpenRequests(setup.followspot().backstageApi());
    server =
        new WebServer(
            setup.settings(), new FollowspotServlet(requests), Dashboard.page(), this::whyNotReady);
  }

  /**
   * Starts to serve.
   *
   * @param setup what to serve; it is closed with the backend, or now if that fails
   * @throws ListenException if it cannot listen
   */
  static Backend start(Setup setup) throws ListenException {
    Backend backend = new Backend(setup);
    try {
      backend.server.start();
    } catch (Exception e) {
      backend.close();
      throw ListenException.of(setup.settings(), e);
    }
    backend.load();
    return backend;
  }

  private void load() {
    CompletableFuture<ClusterSnapshot> asking = setup.followspot().clusters().toCompletableFuture();
    CompletableFuture<Void> logged =
        asking.handle(
            (clusters, failure) -> {
              loaded = true;
              if (clusters != null) {
                clusters.problems().stream()
                    .filter(problem -> !CatalogClusterSupplierFactory.isLogged(problem))
                    .forEach(problem -> LOG.warn("{}", problem));
              }
              return null;
            });
    logged.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    String clusters =
        asking.isDone() && !asking.isCompletedExceptionally()
            ? clusters(asking.join().clusters().size())
            : "clusters not known yet";
    LOG.info(
        "listening on {}: {}, {}, {}",
        server.url(),
        clusters,
        setup.describeCatalog(),
        extensions(setup.followspot()));
    LOG.info(
        "{}", dashboardUrl() == null ? Dashboard.MISSING : "the dashboard is at " + dashboardUrl());
    CorsSettings cors = setup.settings().cors();
    if (cors != null) {
      cors.warnings().forEach(warning -> LOG.warn("{}", warning));
    }
    if (!setup.settings().authenticates() && !setup.settings().listen().isLoopback()) {
      LOG.warn(
          "backend.auth.dangerouslyDisableDefaultAuthPolicy lets everybody in who reaches {}",
          server.url());
    }
  }

  private static String clusters(int number) {
    return number == 1 ? "1 cluster" : number + " clusters";
  }

  private static String extensions(Followspot followspot) {
    List<String> used =
        followspot.extensions().stream()
            .filter(LoadedExtension::used)
            .filter(extension -> extension.origin() != LoadedExtension.Origin.BUILT_IN)
            .map(extension -> extension.point().displayName() + " " + extension.name())
            .toList();
    return used.isEmpty() ? "no extensions" : String.join(", ", used);
  }

  private String whyNotReady() {
    if (closing.get()) {
      return "the server shuts down";
    }
    return loaded ? "" : "the clusters are not known yet";
  }

  /** Where the API is. */
  String url() {
    return server.url();
  }

  /** Where the dashboard is; null if the jar has none. */
  @Nullable String dashboardUrl() {
    return Dashboard.page() == null ? null : server.dashboardUrl();
  }

  /** Waits until it is closed. */
  void join() throws InterruptedException {
    closed.await();
  }

  /**
   * Ends within two seconds: what would go on for ever is ended at once, look-ups and downloads get
   * a moment, then they are ended, too.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    server.refuseConnections();
    requests.endEndless();
    await(this::isIdle, GRACE);
    requests.endAll();
    await(this::isIdle, FLUSH);
    setup.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the web server failed to stop", e);
    }
    closed.countDown();
  }

  private boolean isIdle() {
    return requests.count() == 0 && server.requests() == 0;
  }

  private static void await(BooleanSupplier condition, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
