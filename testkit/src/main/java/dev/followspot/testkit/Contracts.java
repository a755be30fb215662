package dev.followspot.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** What the contract tests have in common. */
final class Contracts {

  /** Long enough for any machine; nobody waits for it unless a test fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int THREADS = 8;

  private Contracts() {}

  /** The result of a call that has to return at once and to succeed. */
  static <T> T result(Callable<? extends CompletionStage<T>> call) {
    return await(started(call));
  }

  /** What a call returns, which must not block; null is no answer. */
  static <T> CompletionStage<T> started(Callable<? extends CompletionStage<T>> call) {
    CompletionStage<T> stage =
        Assertions.assertTimeoutPreemptively(
            PATIENCE, call::call, "the call blocks instead of returning a CompletionStage");
    Assertions.assertNotNull(stage, "the call returned null instead of a CompletionStage");
    return stage;
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      T value = stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Assertions.assertNotNull(value, "the CompletionStage completed with null");
      return value;
    } catch (ExecutionException e) {
      throw new AssertionError("the CompletionStage failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the CompletionStage did not complete in " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Why a call failed that has to fail. */
  static <T> Throwable failure(Callable<? extends CompletionStage<T>> call) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletionStage<T> unused =
        started(call)
            .whenComplete(
                (value, thrown) ->
                    failure.complete(
                        thrown instanceof CompletionException && thrown.getCause() != null
                            ? thrown.getCause()
                            : thrown != null
                                ? thrown
                                : new AssertionError("a failure was expected, and not " + value)));
    return await(failure);
  }

  /** The results of one call from several threads at the same moment. */
  static <T> List<T> inManyThreads(Callable<? extends CompletionStage<T>> call) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch ready = new CountDownLatch(THREADS);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return result(call);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("it fails when several threads call it", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
