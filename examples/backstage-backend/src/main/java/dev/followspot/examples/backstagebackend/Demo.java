package dev.followspot.examples.backstagebackend;

import dev.followspot.core.catalog.CatalogInfo;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.testkit.MockKubernetes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something to look at without a cluster: the order service of the quickstart in a mock cluster,
 * ill in one namespace, seen by a service account that may read two of three namespaces.
 */
final class Demo implements AutoCloseable {

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
    "daemonsets.apps",
    "pods.metrics.k8s.io"
  };

  private final MockKubernetes kubernetes;

  private Demo(MockKubernetes kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * Starts the mock cluster.
   *
   * @throws ConfigurationException if there is no folder for its certificates
   */
  static Demo start() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
      throw new ConfigurationException(
          "",
          "java.io.tmpdir",
          "the mock cluster needs a temporary folder, and "
              + temporary
              + " is none that can be written to; name another one with java"
              + " -Djava.io.tmpdir=<folder> -jar …, or give --config and --catalog");
    }
    MockKubernetes kubernetes =
        MockKubernetes.withNamespaces(DEV, PROD, "payments")
            .user(TOKEN, "system:serviceaccount:backstage-ns:backstage-sa")
            .allow(TOKEN, DEV, ROLE)
            .allow(TOKEN, PROD, ROLE);
    kubernetes.add(DEV, resource("objects-dev.yaml")).add(PROD, resource("objects-prod.yaml"));
    for (String pod : List.of("order-service-7c9d-1", "order-service-7c9d-2")) {
      kubernetes
          .metrics(DEV, pod, "main", "60m", "70Mi")
          .metrics(PROD, pod, "main", "180m", "240Mi");
    }
    return new Demo(kubernetes.start());
  }

  Setup setup(Options options) {
    return Setup.of(
        () ->
            AppConfig.parse("app-config.yaml", resource("app-config.yaml"))
                .resolve(
                    Map.of(
                        "K8S_DEV_URL", kubernetes.url().toString(),
                        "K8S_DEV_CA", kubernetes.caCertificate(),
                        "K8S_DEV_TOKEN", TOKEN)),
        EntityCatalog.of(CatalogInfo.parse("catalog-info.yaml", resource("catalog-info.yaml"))),
        options);
  }

  void explain(PrintStream out, String url, @Nullable String dashboard) {
    out.println(
        """

        This is a mock cluster; give --config and --catalog for your own. Anybody on this machine
        may ask, nobody else. %3$s:

          curl %1$s/clusters
          curl -H 'Content-Type: application/json' -d '{"entityRef":"component:default/order-service"}' \\
            %1$s/resources/workloads/query
          curl %1$s/proxy/api/v1/namespaces/%2$s/pods
          curl %1$s/proxy/api/v1/namespaces/payments/pods
        """
            .formatted(url, DEV, dashboard == null ? "Try" : "Open " + dashboard + ", or try"));
    out.flush();
  }

  private static String resource(String name) {
    String path = "demo/" + name;
    try (InputStream in = Demo.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kubernetes.close();
  }
}
