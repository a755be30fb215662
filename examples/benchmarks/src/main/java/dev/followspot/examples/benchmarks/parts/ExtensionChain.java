package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A fetcher that answers at once is asked through extensions that change nothing. With none of
 * them, it is what the answer and the measurement cost.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExtensionChain extends Part {

  /** How many extensions there are. */
  @Param({"0", "5"})
  public int extensions;

  private final FetchRequest request =
      new FetchRequest(
          Entities.cluster("cluster"),
          new NoCredentials(),
          List.of(ResourceType.PODS),
          PodLists.NAMESPACE,
          "app=order-service",
          RequestContext.create());

  private @Nullable Followspot followspot;
  private @Nullable KubernetesFetcher chain;
  private long passed;

  /** To be set up. */
  public ExtensionChain() {}

  /** Starts an engine, whose outermost extension tells what is below it. */
  @Setup
  public void start() {
    FollowspotBuilder builder =
        Followspot.builder()
            .cluster(request.cluster())
            .fetcher(new AnsweringFetcher(Map.of()))
            .fetcher(new Extension("outermost", Integer.MAX_VALUE, this::keep))
            .discovery(false);
    for (int i = 1; i <= extensions; i++) {
      builder.fetcher(new Extension("extension-" + i, i, this::passThrough));
    }
    followspot = builder.build();
  }

  private KubernetesFetcher keep(KubernetesFetcher next) {
    chain = next;
    return next;
  }

  private KubernetesFetcher passThrough(KubernetesFetcher next) {
    return asked ->
        next.fetch(asked)
            .thenApply(
                result -> {
                  passed++;
                  return result;
                });
  }

  /**
   * Asks.
   *
   * @return the answer
   */
  @Benchmark
  public FetchResult fetch() {
    KubernetesFetcher fetcher = chain;
    if (fetcher == null) {
      throw new IllegalStateException("the engine has created no fetcher");
    }
    long before = passed;
    FetchResult result = fetcher.fetch(request).toCompletableFuture().join();
    if (result.cells().size() != 1 || passed - before != extensions) {
      throw new IllegalStateException("wrong answer: " + result + " by " + (passed - before));
    }
    return result;
  }

  /** Ends the engine. */
  @TearDown
  public void close() {
    Followspot started = followspot;
    if (started != null) {
      started.close();
    }
  }

  private record Extension(String name, int order, UnaryOperator<KubernetesFetcher> wrapper)
      implements KubernetesFetcherFactory {

    @Override
    public KubernetesFetcher create(FetcherContext context) {
      return wrapper.apply(context.delegate());
    }
  }

  private static final class NoCredentials implements CredentialSource {

    @Override
    public CompletionStage<Credential> credential() {
      return CompletableFuture.completedFuture(Credential.none());
    }

    @Override
    public CompletionStage<Credential> refresh(Credential rejected) {
      return credential();
    }
  }
}
