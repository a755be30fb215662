package dev.followspot.core;

import dev.followspot.core.catalog.CatalogInfo;
import dev.followspot.core.config.AppConfig;
import dev.followspot.envtest.RealApiServer;
import dev.followspot.spi.Entity;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The story of the order service, with namespaces of its own on a real API server. */
final class OrderService {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  final RealApiServer server = RealApiServer.shared();
  final String suffix = "-" + COUNTER.incrementAndGet() + "-" + ProcessHandle.current().pid();
  final String account = "backstage-ns" + suffix;
  final String dev = "spring-cloud-config-dev" + suffix;
  final String prod = "spring-cloud-config-prod" + suffix;
  final String token;

  OrderService() {
    token = server.createServiceAccountToken(account, "backstage-sa");
    server.createNamespaces(dev, prod);
  }

  /** Who the API server takes the token's owner for. */
  String user() {
    return "system:serviceaccount:" + account + ":backstage-sa";
  }

  /** The Role and RoleBinding of the README in one namespace. */
  void grant(String namespace) {
    server.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: { name: backstage-read, namespace: %1$s }
        rules:
          - apiGroups: ['']
            resources: [pods, pods/log, configmaps, services, limitranges, resourcequotas]
            verbs: [get, list, watch]
          - apiGroups: [apps]
            resources: [deployments, replicasets, statefulsets, daemonsets]
            verbs: [get, list, watch]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: backstage-read, namespace: %1$s }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: backstage-read }
        subjects:
          - { kind: ServiceAccount, name: backstage-sa, namespace: %2$s }
        """
            .formatted(namespace, account));
  }

  void revoke(String namespace) {
    server.delete(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/"
            + namespace
            + "/rolebindings/backstage-read");
  }

  void deploy(String namespace) {
    server.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          { name: order-service, namespace: %1$s, labels: { app: order-service } }
        spec:
          selector: { matchLabels: { app: order-service } }
          template:
            metadata: { labels: { app: order-service } }
            spec: { containers: [{ name: main, image: 'order-service:1' }] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: order-service, namespace: %1$s, labels: { app: order-service } }
        spec: { selector: { app: order-service }, ports: [{ port: 80 }] }
        """
            .formatted(namespace));
    addPod(namespace, "order-service-1", "order-service");
    addPod(namespace, "order-service-2", "order-service");
    addPod(namespace, "billing-1", "billing");
  }

  void addPod(String namespace, String name, String app) {
    server.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: { name: %s, namespace: %s, labels: { app: %s } }
        spec: { containers: [{ name: main, image: 'app:1' }] }
        """
            .formatted(name, namespace, app));
  }

  Entity entity() {
    return entity(dev + ", " + prod);
  }

  Entity entity(String namespaces) {
    return CatalogInfo.parse(
            "catalog-info.yaml",
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
            """
                .formatted(namespaces))
        .get(0);
  }

  /** The configuration of the README. */
  Followspot followspot() {
    return followspot(token, "");
  }

  Followspot followspot(String bearer, String more) {
    return followspot(
        "serviceAccountToken: '${K8S_DEV_TOKEN}'", Map.of("K8S_DEV_TOKEN", bearer), more);
  }

  Followspot followspot(String credential, Map<String, String> environment, String more) {
    return Followspot.from(
        AppConfig.parse(
                "app-config.yaml",
                """
                kubernetes:
                  serviceLocatorMethod: { type: multiTenant }
                  clusterLocatorMethods:
                    - type: config
                      clusters:
                        - { url: '%s', name: dev-cluster, authProvider: serviceAccount, skipTLSVerify: true, %s }
                %s
                """
                    .formatted(server.url(), credential, more.indent(2)))
            .resolve(environment));
  }
}
