package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.Followspot;
import dev.followspot.core.LookupResult;
import dev.followspot.examples.benchmarks.CountingStream;
import dev.followspot.spi.ResourceType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Backstage's JSON of 2,000 pods with their metrics, 31 MB, is written into nothing. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ResultRendering extends Part {

  private final byte[] pods = PodLists.pods(PodLists.MANY);
  private final LookupResult result = lookUp(pods);
  private final long length = result.toBackstageJson().length();

  /** Makes up the result. */
  public ResultRendering() {}

  private static LookupResult lookUp(byte[] pods) {
    try (Followspot followspot =
        Followspot.builder()
            .cluster(Entities.cluster("cluster"))
            .fetcher(
                new AnsweringFetcher(
                    Map.of(
                        ResourceType.PODS,
                        PodLists.objects(pods),
                        ResourceType.POD_METRICS,
                        PodLists.objects(PodLists.metrics(PodLists.MANY)))))
            .discovery(false)
            .build()) {
      return followspot.lookup(Entities.order("orders-", 1));
    }
  }

  /**
   * Writes it.
   *
   * @return how many bytes were written
   * @throws IOException never
   */
  @Benchmark
  public long write() throws IOException {
    CountingStream out = new CountingStream(OutputStream.nullOutputStream());
    result.writeBackstageJson(out);
    // Each pod is there twice: as itself, and beside its metrics. It is ASCII.
    if (out.count() != length || out.count() < 2L * pods.length) {
      throw new IllegalStateException("wrong document: " + out.count() + " bytes");
    }
    return out.count();
  }
}
