package dev.followspot.acceptance;

/** The text of configurations and catalogs. */
final class Configs {

  /** One component, found in all namespaces of all clusters. */
  static final String ORDERS =
      """
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata:
        name: orders
      spec: { type: service, owner: me, lifecycle: test }
      """;

  static final String QUERY = "/api/kubernetes/resources/workloads/query";
  static final String ORDERS_BODY = "{\"entityRef\":\"component:default/orders\"}";
  static final String JSON = "Content-Type: application/json\r\n";

  private Configs() {}

  /** Everybody may call, and the clusters are these. */
  static String open(String... clusters) {
    return """
    backend:
      auth: { dangerouslyDisableDefaultAuthPolicy: true }
    kubernetes:
      serviceLocatorMethod: { type: multiTenant }
      clusterLocatorMethods:
        - type: config
          clusters:
    """
        + String.join("", clusters);
  }

  /** An entry of {@code clusters}. */
  static String cluster(String name, String url, String more) {
    return """
          - name: %s
            url: %s
            authProvider: serviceAccount
            serviceAccountToken: token-of-%s
            skipMetricsLookup: true
    """
            .formatted(name, url, name)
            .replaceAll("(?m)^", "    ")
        + (more.isEmpty() ? "" : more.indent(12));
  }

  /** The same for one that is asked for pods only. */
  static String podsOf(String name, String url) {
    return cluster(name, url, "objectTypes: [pods]");
  }
}
