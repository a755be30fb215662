package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ExtensionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The cluster whose pod this runs in, with the pod's own service account. Settings: {@code name}
 * ({@code in-cluster} by default) and {@code serviceAccountFolder}.
 */
public final class InClusterSupplierFactory implements ClusterSupplierFactory {

  private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final String HOST = "KUBERNETES_SERVICE_HOST";
  private static final String PORT = "KUBERNETES_SERVICE_PORT";

  /** Does nothing. */
  public InClusterSupplierFactory() {}

  @Override
  public String name() {
    return "inCluster";
  }

  @Override
  public ClusterSupplier create(ClusterSupplierContext context) {
    ExtensionConfig config = context.config();
    Path folder = config.optionalPath("serviceAccountFolder").orElse(FOLDER);
    String name = config.optionalString("name").orElse("in-cluster");
    Map<String, String> environment = context.environment();
    String host = environment.getOrDefault(HOST, "");
    String port = environment.getOrDefault(PORT, "443");
    if (host.isBlank()) {
      throw config.problem(
          "type",
          "is inCluster, but "
              + HOST
              + " is not set: this does not run in a pod, or the environment was not passed along");
    }
    String address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    Cluster cluster;
    try {
      cluster =
          Cluster.named(name)
              .url("https://" + address + ":" + port)
              .authProvider("serviceAccount")
              .serviceAccountTokenFile(folder.resolve("token"))
              .caFile(folder.resolve("ca.crt"))
              .origin("inCluster")
              .build();
    } catch (IllegalArgumentException e) {
      throw config.problem("type", HOST + " or " + PORT + " is no host and port");
    }
    return request -> CompletableFuture.completedFuture(List.of(cluster));
  }
}
