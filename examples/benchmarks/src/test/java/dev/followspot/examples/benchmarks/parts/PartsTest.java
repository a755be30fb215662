package dev.followspot.examples.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

class PartsTest {

  @Test
  void every_benchmark_runs_and_finds_its_result_right(@TempDir Path folder) throws Exception {
    System.setProperty("jmh.ignoreLock", "true");

    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\.parts\\.")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .mode(Mode.SingleShotTime)
                    .shouldFailOnError(true)
                    .output(folder.resolve("jmh.txt").toString())
                    .build())
            .run();

    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark().replaceFirst(".*\\.parts\\.", ""))
        .containsExactlyInAnyOrder(
            "ConfigurationReading.read",
            "ExtensionChain.fetch",
            "ExtensionChain.fetch",
            "ListParsing.inChunks",
            "ListParsing.whole",
            "LookupPlanning.lookUp",
            "MetricsJoin.join",
            "ResultRendering.write");
  }

  @Test
  void pods_are_as_large_as_those_of_a_cluster() {
    byte[] pods = PodLists.pods(PodLists.MANY);

    assertThat(pods.length / PodLists.MANY).isBetween(7_500, 7_900);
    assertThat(PodLists.pods(PodLists.MANY)).isEqualTo(pods);
    assertThat(List.of(new String(pods, StandardCharsets.US_ASCII).split("\"managedFields\"", -1)))
        .hasSize(PodLists.MANY + 1);
  }
}
