package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.LookupResult;
import dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory;
import dev.followspot.spi.Entity;
import dev.followspot.spi.ResourceType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A look-up in 10 namespaces of 5 clusters, whose 700 requests are answered at once: what it takes
 * to find out what to ask for, and to put the answers together.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LookupPlanning extends Part {

  private static final int CLUSTERS = 5;
  private static final int NAMESPACES = 10;

  /** The types that are looked up by default, and the metrics of pods. */
  private static final int TYPES = 14;

  private final Entity entity = Entities.order("orders-", NAMESPACES);
  private final Followspot followspot = start();

  /** Starts the engine. */
  public LookupPlanning() {}

  private static Followspot start() {
    FollowspotBuilder builder =
        Followspot.builder()
            .fetcher(new MultiNamespaceFetcherFactory())
            .fetcher(
                new AnsweringFetcher(
                    Map.of(
                        ResourceType.PODS, PodLists.objects(PodLists.pods(1)),
                        ResourceType.POD_METRICS, PodLists.objects(PodLists.metrics(1)))))
            .discovery(false);
    for (int i = 1; i <= CLUSTERS; i++) {
      builder.cluster(Entities.cluster("cluster-" + i));
    }
    return builder.build();
  }

  /**
   * Looks the entity up.
   *
   * @return the result
   */
  @Benchmark
  public LookupResult lookUp() {
    LookupResult result = followspot.lookup(entity);
    if (!result.complete() || result.cells().size() != CLUSTERS * NAMESPACES * TYPES) {
      throw new IllegalStateException("wrong result: " + result);
    }
    return result;
  }

  /** Ends the engine. */
  @TearDown
  public void close() {
    followspot.close();
  }
}
