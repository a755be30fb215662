package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The cluster behind {@code kubectl proxy} on this machine: {@code local} at {@code
 * http://127.0.0.1:8001}, without credentials and metrics, as in Backstage.
 */
public final class LocalKubectlProxyClusterSupplierFactory implements ClusterSupplierFactory {

  /** Does nothing. */
  public LocalKubectlProxyClusterSupplierFactory() {}

  @Override
  public String name() {
    return "localKubectlProxy";
  }

  @Override
  public ClusterSupplier create(ClusterSupplierContext context) {
    Cluster local =
        Cluster.named("local")
            .url("http://127.0.0.1:8001")
            .authProvider("localKubectlProxy")
            .skipMetricsLookup(true)
            .origin("localKubectlProxy")
            .build();
    return request -> CompletableFuture.completedFuture(List.of(local));
  }
}
