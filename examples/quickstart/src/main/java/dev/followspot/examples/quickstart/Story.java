package dev.followspot.examples.quickstart;

import dev.followspot.core.Followspot;
import dev.followspot.core.catalog.CatalogInfo;
import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Entity;
import dev.followspot.testkit.MockKubernetes;
import dev.followspot.testkit.MockRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The order service in two namespaces, seen by a service account that may read these two and
 * nothing else. The cluster is a mock API server, asked over real TLS.
 */
final class Story {

  private static final String DEV = "spring-cloud-config-dev";
  private static final String PROD = "spring-cloud-config-prod";
  private static final String TOKEN = "token-of-backstage-sa";

  /** What the Role of both namespaces lets it list. */
  private static final String[] ROLE = {
    "pods",
    "configmaps",
    "services",
    "limitranges",
    "resourcequotas",
    "deployments.apps",
    "replicasets.apps",
    "statefulsets.apps",
    "daemonsets.apps"
  };

  private static final String CATALOG =
      """
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata:
        name: order-service
        annotations:
          backstage.io/kubernetes-label-selector: 'app=order-service'
          backstage.io/kubernetes-namespace: '%s'
          backstage.io/kubernetes-cluster: dev-cluster
      spec: { type: service, owner: me@example.com, lifecycle: POC }
      """;

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: order-service, labels: { app: order-service } }
      spec: { replicas: 2 }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: order-service, labels: { app: order-service } }
      ---
      apiVersion: v1
      kind: Pod
      metadata: { name: order-service-1, labels: { app: order-service } }
      spec: { containers: [{ name: main, image: 'order-service:1' }] }
      status: { phase: Running }
      ---
      apiVersion: v1
      kind: Pod
      metadata: { name: order-service-2, labels: { app: order-service } }
      spec: { containers: [{ name: main, image: 'order-service:1' }] }
      status: { phase: Running }
      """;

  private final PrintStream out;
  private final Table table;

  Story(PrintStream out, boolean colours) {
    this.out = out;
    this.table = new Table(out, colours);
  }

  void tell() {
    try (MockKubernetes kubernetes =
            MockKubernetes.withNamespaces(DEV, PROD, "payments")
                .user(TOKEN, "system:serviceaccount:backstage-ns:backstage-sa")
                .allow(TOKEN, DEV, ROLE)
                .allow(TOKEN, PROD, ROLE)
                .start();
        Followspot followspot = Followspot.from(configuration(kubernetes))) {
      Entity orderService = entity(DEV + ", " + PROD);

      say("1. order-service runs in dev.");
      kubernetes.add(DEV, DEPLOYMENT);
      table.print(followspot.lookup(orderService));

      say("2. It is deployed to prod, too.");
      kubernetes.add(PROD, DEPLOYMENT);
      table.print(followspot.lookup(orderService));

      say("3. Somebody adds a namespace without a RoleBinding; the others are shown as before.");
      table.print(followspot.lookup(entity(DEV + ", payments")));

      sent(kubernetes.requests(), kubernetes.connections());
    }
  }

  private static Configuration configuration(MockKubernetes kubernetes) {
    return AppConfig.parse(
            "app-config.yaml",
            """
            kubernetes:
              serviceLocatorMethod: { type: multiTenant }
              clusterLocatorMethods:
                - type: config
                  clusters:
                    - url: ${K8S_DEV_URL}
                      name: dev-cluster
                      authProvider: serviceAccount
                      caData: ${K8S_DEV_CA}
                      serviceAccountToken: ${K8S_DEV_TOKEN}
            """)
        .resolve(
            Map.of(
                "K8S_DEV_URL", kubernetes.url().toString(),
                "K8S_DEV_CA", kubernetes.caCertificate(),
                "K8S_DEV_TOKEN", TOKEN));
  }

  private static Entity entity(String namespaces) {
    return CatalogInfo.parse("catalog-info.yaml", CATALOG.formatted(namespaces)).get(0);
  }

  private void sent(List<MockRequest> requests, int connections) {
    long clusterWide = requests.stream().filter(MockRequest::isClusterWide).count();
    say(
        "What it sent: "
            + requests.size()
            + " requests over "
            + connections
            + (connections == 1 ? " connection, " : " connections, ")
            + clusterWide
            + " of them cluster-wide. Those of the last look-up:");
    List<MockRequest> last = requests.subList(requests.size() * 2 / 3, requests.size());
    last.forEach(request -> out.println("  " + request));
  }

  private void say(String text) {
    out.println();
    out.println(text);
    out.println();
  }
}
