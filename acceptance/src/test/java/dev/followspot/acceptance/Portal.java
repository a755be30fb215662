package dev.followspot.acceptance;

import dev.followspot.envtest.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One backend for the tests with clients: a real API server, with a token of the configuration and
 * with one of the caller, and a cluster with kubelets that are made up.
 */
final class Portal {

  /** The cluster that the backend has a token for. */
  static final String REAL = "real";

  /** The same cluster, for which each caller brings a token of their own. */
  static final String PERSONAL = "personal";

  /** The cluster in which containers run. */
  static final String NODES = "nodes";

  /** Who calls the backend. */
  static final String TOKEN = "portal-token-0123456789";

  private static Portal shared;

  private final RealApiServer server = RealApiServer.shared();
  private final NodeCluster nodes;
  private final URI url;

  private Portal() throws IOException, InterruptedException {
    nodes = NodeCluster.start();
    String config =
        """
        backend:
          auth:
            externalAccess:
              - type: static
                options: { token: %s, subject: clients }
        kubernetes:
          serviceLocatorMethod: { type: multiTenant }
          clusterLocatorMethods:
            - type: config
              clusters:
                - name: real
                  title: The real one
                  url: %s
                  caFile: '%s'
                  authProvider: serviceAccount
                  serviceAccountToken: %s
                  skipMetricsLookup: true
                - name: personal
                  url: %2$s
                  caFile: '%3$s'
                  authProvider: oidc
                  oidcTokenProvider: Okta-Staff
                  skipMetricsLookup: true
                - name: nodes
                  url: %5$s
                  authProvider: serviceAccount
                  serviceAccountToken: %6$s
                  skipMetricsLookup: true
        """
            .formatted(
                TOKEN,
                server.url(),
                server.caFile(),
                server.adminToken(),
                nodes.url(),
                NodeCluster.TOKEN);
    String catalog =
        """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: order-service
          annotations: { backstage.io/kubernetes-id: order-service }
        spec: { type: service, lifecycle: production, owner: orders }
        """;
    Path folder = Files.createTempDirectory("followspot-portal");
    Backend backend = Backend.start(folder, config, catalog);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> backend.process().destroyForcibly(), "stop the backend"));
    url = backend.url().resolve("/");
  }

  /** The portal of this JVM; started by the first call, stopped with the JVM. */
  static synchronized Portal shared() {
    if (shared == null) {
      try {
        shared = new Portal();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return shared;
  }

  /** Where the backend listens, without a path. */
  URI url() {
    return url;
  }

  /** The real API server, past the backend. */
  RealApiServer server() {
    return server;
  }

  /** The cluster with made-up kubelets, past the backend. */
  NodeCluster nodes() {
    return nodes;
  }

  /** The way to a cluster for clients that know no headers of Backstage. */
  Relay relay(String cluster) throws IOException {
    return relay(cluster, Map.of());
  }

  /** The same, with more headers. */
  Relay relay(String cluster, Map<String, String> more) throws IOException {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + TOKEN);
    headers.put("Backstage-Kubernetes-Cluster", cluster);
    return Relay.start(url, headers);
  }
}
