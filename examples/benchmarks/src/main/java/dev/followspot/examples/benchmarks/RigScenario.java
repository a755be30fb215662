package dev.followspot.examples.benchmarks;

import dev.followspot.core.catalog.CatalogInfo;
import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Entity;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What is looked up: the file that the rig writes, as a configuration and an entity.
 *
 * @param name what the scenario is called
 * @param net over which network the clusters are reached
 * @param selector the label selector of the entity
 * @param namespaces the namespaces of the entity
 * @param token the bearer token of all clusters
 * @param caFile the certificates that all clusters are trusted by
 * @param clusters name and URL of each cluster
 */
record RigScenario(
    String name,
    String net,
    String selector,
    List<String> namespaces,
    String token,
    Path caFile,
    List<NamedUrl> clusters) {

  /**
   * A cluster.
   *
   * @param name its name
   * @param url where its API server is
   */
  record NamedUrl(String name, String url) {}

  static RigScenario read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read as a scenario of the rig: " + e, e);
    }
    List<NamedUrl> clusters = new ArrayList<>();
    int count = clusters(value(properties, "clusters", file), file);
    for (int i = 1; i <= count; i++) {
      clusters.add(
          new NamedUrl(
              value(properties, "cluster." + i + ".name", file),
              value(properties, "cluster." + i + ".url", file)));
    }
    return new RigScenario(
        value(properties, "name", file),
        value(properties, "net", file),
        value(properties, "selector", file),
        List.of(value(properties, "namespaces", file).split(",", -1)),
        value(properties, "token", file),
        file.resolveSibling(value(properties, "caFile", file)).toAbsolutePath().normalize(),
        clusters);
  }

  private static int clusters(String number, Path file) {
    try {
      return Integer.parseUnsignedInt(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          file + " has 'clusters=" + number + "'; a number is expected", e);
    }
  }

  private static String value(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(file + " has no '" + key + "'");
    }
    return value;
  }

  /**
   * The configuration that an application would have for it.
   *
   * @param more settings beyond it, such as {@code followspot.http.requestTimeout}
   */
  Configuration configuration(Map<String, String> more) {
    AppConfig config = AppConfig.parse("scenario " + name, appConfig());
    for (Map.Entry<String, String> setting : more.entrySet()) {
      config = config.and(AppConfig.parse(setting.getKey(), nested(setting)));
    }
    return config.resolve(Map.of());
  }

  /** The {@code app-config.yaml} that an application would have for it. */
  String appConfig() {
    StringBuilder yaml =
        new StringBuilder(
            """
            kubernetes:
              serviceLocatorMethod: {type: multiTenant}
              clusterLocatorMethods:
                - type: config
                  clusters:
            """);
    for (NamedUrl cluster : clusters) {
      yaml.append(
          """
                  - name: %s
                    url: %s
                    authProvider: serviceAccount
                    serviceAccountToken: %s
                    caFile: %s
          """
              .formatted(quoted(cluster.name), quoted(cluster.url), quoted(token), quoted(caFile)));
    }
    return yaml.toString();
  }

  /** {@code a.b=1} as {@code a: {b: 1}}. */
  private static String nested(Map.Entry<String, String> setting) {
    List<String> path = List.of(setting.getKey().split("\\.", -1));
    return String.join(": {", path) + ": " + setting.getValue() + "}".repeat(path.size() - 1);
  }

  private static String quoted(Object value) {
    return "'" + value.toString().replace("'", "''") + "'";
  }

  /** The entity that belongs to all namespaces. */
  Entity entity() {
    return CatalogInfo.parse("scenario " + name, catalogInfo(0)).get(0);
  }

  private static String entityName(int number) {
    return number == 0 ? "order-service" : "order-service-" + number;
  }

  /** The {@code catalog-info.yaml} of the entity, or of one more like it. */
  String catalogInfo(int number) {
    return """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: %s
          annotations:
            backstage.io/kubernetes-namespace: %s
            backstage.io/kubernetes-label-selector: %s
        """
        .formatted(entityName(number), quoted(String.join(",", namespaces)), quoted(selector));
  }

  /** What Backstage's frontend sends to have the entity, or one more like it, looked up. */
  String servicesRequest(int number) {
    return """
        {"entity": {"apiVersion": "backstage.io/v1alpha1", "kind": "Component",
          "metadata": {"name": "%s", "namespace": "default",
            "annotations": {"backstage.io/kubernetes-namespace": "%s",
              "backstage.io/kubernetes-label-selector": "%s"}}},
         "auth": {}}
        """
        .formatted(entityName(number), String.join(",", namespaces), selector);
  }
}
