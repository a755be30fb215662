package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.objects.PodUsage;
import dev.followspot.spi.KubernetesObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** 2,000 pods are joined with their metrics. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MetricsJoin extends Part {

  private static final int CONTAINERS = 2;

  private final byte[] podList = PodLists.pods(PodLists.MANY);
  private final byte[] metricsList = PodLists.metrics(PodLists.MANY);
  private List<KubernetesObject> pods = List.of();
  private List<KubernetesObject> metrics = List.of();

  /** Makes up the lists. */
  public MetricsJoin() {}

  /** Cuts the lists anew, since objects may keep what was once parsed of them. */
  @Setup(Level.Iteration)
  public void cut() {
    pods = PodLists.objects(podList);
    metrics = PodLists.objects(metricsList);
  }

  /**
   * Joins them.
   *
   * @return one element for each pod
   */
  @Benchmark
  public List<PodUsage> join() {
    List<PodUsage> usage = PodUsage.join(pods, metrics);
    PodUsage last = usage.get(usage.size() - 1);
    if (usage.size() != PodLists.MANY || last.containers().size() != CONTAINERS) {
      throw new IllegalStateException("wrong usage: " + usage.size() + ", last " + last);
    }
    return usage;
  }
}
