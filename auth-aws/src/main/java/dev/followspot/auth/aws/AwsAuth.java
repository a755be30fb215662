package dev.followspot.auth.aws;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes tokens for clusters, each on a thread that may take its time for it. */
final class AwsAuth implements AuthStrategy, AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 1000;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final AwsSettings settings;
  private final Clock clock;
  private final Executor quick;
  private final ThreadPoolExecutor blocking;
  private final @Nullable URI stsEndpoint;
  private @Nullable Tokens tokens;
  private boolean closed;

  /**
   * Starts nothing.
   *
   * @param quick runs what does not wait for anybody
   * @param stsEndpoint another STS for assuming roles; null for that of the region
   */
  AwsAuth(AwsSettings settings, Clock clock, Executor quick, @Nullable URI stsEndpoint) {
    this.settings = settings;
    this.clock = clock;
    this.quick = quick;
    this.stsEndpoint = stsEndpoint;
    blocking =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(WAITING),
            AwsAuth::thread);
    blocking.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "followspot-aws");
    thread.setDaemon(true);
    // The SDK looks for its parts there, and not beside itself.
    thread.setContextClassLoader(AwsAuth.class.getClassLoader());
    return thread;
  }

  @Override
  public boolean dependsOnCaller() {
    return false;
  }

  @Override
  public List<String> problems(Cluster cluster) {
    return EksCluster.problems(cluster);
  }

  @Override
  public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
    try {
      List<String> problems = problems(cluster);
      if (!problems.isEmpty()) {
        throw new CredentialException(String.join("; ", problems));
      }
      EksCluster eks = EksCluster.of(cluster);
      boolean waits = settings.keys() == null || eks.role() != null;
      return CompletableFuture.supplyAsync(() -> token(eks), waits ? blocking : quick);
    } catch (CredentialException e) {
      return CompletableFuture.failedFuture(e);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          isClosed()
              ? closed()
              : new CredentialException(
                  WAITING
                      + " clusters wait for AWS credentials already; ask again when AWS answers"));
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever the SDK throws: its text may hold a secret
  private Credential token(EksCluster eks) {
    try {
      return tokens().make(eks);
    } catch (CredentialException e) {
      throw e;
    } catch (LinkageError e) {
      throw AwsFailures.noSdk(e);
    } catch (Exception e) {
      throw isClosed() ? closed() : AwsFailures.unexpected(e);
    }
  }

  /** Loads the SDK when it is needed first. */
  private synchronized Tokens tokens() {
    if (closed) {
      throw closed();
    }
    Tokens known = tokens == null ? new Tokens(settings, clock, stsEndpoint) : tokens;
    tokens = known;
    return known;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static CredentialException closed() {
    return new CredentialException("the engine is closed; it has no AWS credentials any more");
  }

  /** Lets nobody wait for long: threads that wait for AWS are interrupted. */
  @Override
  public void close() {
    Tokens last;
    synchronized (this) {
      closed = true;
      last = tokens;
      tokens = null;
    }
    // Those in the queue answer at once, that the engine is closed.
    blocking.shutdownNow().forEach(Runnable::run);
    if (last != null) {
      last.close();
    }
  }
}
