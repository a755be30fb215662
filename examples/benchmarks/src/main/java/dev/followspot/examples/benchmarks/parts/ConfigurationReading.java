package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** An {@code app-config.yaml} with 50 clusters is parsed, and its variables are filled in. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ConfigurationReading extends Part {

  private static final int CLUSTERS = 50;

  private final Map<String, String> environment =
      IntStream.rangeClosed(1, CLUSTERS)
          .boxed()
          .collect(Collectors.toMap(number -> "TOKEN_OF_" + number, number -> "secret-" + number));

  private final String yaml =
      """
      kubernetes:
        serviceLocatorMethod: {type: singleTenant}
        objectTypes: [pods, services, configmaps, deployments, replicasets]
        clusterLocatorMethods:
          - type: config
            clusters:
      """
          + IntStream.rangeClosed(1, CLUSTERS)
              .mapToObj(ConfigurationReading::cluster)
              .collect(Collectors.joining());

  /** Makes up the text. */
  public ConfigurationReading() {}

  private static String cluster(int number) {
    return """
              # The cluster of region %1$d.
              - name: cluster-%1$02d
                title: 'Region %1$d'
                url: https://cluster-%1$02d.example.com:6443
                authProvider: serviceAccount
                serviceAccountToken: ${TOKEN_OF_%1$d}
                caFile: /etc/portal/cluster-%1$02d.crt
                skipMetricsLookup: false
                customResources:
                  - {group: argoproj.io, apiVersion: v1alpha1, plural: rollouts}
                dashboardUrl: "https://dashboard-%1$02d.example.com"
                dashboardApp: standard
        """
        .formatted(number);
  }

  /**
   * Reads it.
   *
   * @return the configuration
   */
  @Benchmark
  public Configuration read() {
    Configuration configuration = AppConfig.parse("app-config.yaml", yaml).resolve(environment);
    int found =
        configuration
            .root()
            .section("kubernetes")
            .sectionList("clusterLocatorMethods")
            .get(0)
            .sectionList("clusters")
            .size();
    if (found != CLUSTERS || !configuration.unsetVariables().isEmpty()) {
      throw new IllegalStateException("wrong configuration: " + found + " clusters");
    }
    return configuration;
  }
}
