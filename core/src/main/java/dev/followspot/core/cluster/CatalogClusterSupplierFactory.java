package dev.followspot.core.cluster;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.http.Names;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.Problem;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that the catalog describes: entities of kind {@code Resource} and type {@code
 * kubernetes-cluster}, with annotations {@code kubernetes.io/api-server}, {@code
 * kubernetes.io/api-server-certificate-authority} and {@code kubernetes.io/auth-provider}.
 *
 * <p>Since many may write entities, a cluster is left out with a warning if its auth provider is
 * {@code serviceAccount}, or if its URL is not https, has a password, or leads to an address that
 * is not public. {@code dangerouslyAllowClusterUrls} names hosts for which http and any address are
 * fine. For all others the addresses are checked again when they are connected to. {@code
 * dangerouslyAllowSkipTLSVerify} lets the annotation {@code kubernetes.io/skip-tls-verify} count.
 */
public final class CatalogClusterSupplierFactory implements ClusterSupplierFactory {

  private final @Nullable EntityCatalog catalog;
  private final Names names;
  private final ScheduledExecutorService scheduler;

  /**
   * Nothing is asked yet.
   *
   * @param catalog knows the entities; null if there is none, so that creating a supplier fails
   * @param resolver runs look-ups of names, which block; not shut down here
   * @param scheduler for time limits; not shut down here
   */
  public CatalogClusterSupplierFactory(
      @Nullable EntityCatalog catalog, Executor resolver, ScheduledExecutorService scheduler) {
    this(catalog, new Names(resolver, Names.SYSTEM), scheduler);
  }

  CatalogClusterSupplierFactory(
      @Nullable EntityCatalog catalog, Names names, ScheduledExecutorService scheduler) {
    this.catalog = catalog;
    this.names = names;
    this.scheduler = scheduler;
  }

  /**
   * Whether a problem of a snapshot was logged when it came up, so that nobody else has to.
   *
   * @param problem the problem
   * @return true for the warnings about entities that the supplier gives itself
   */
  public static boolean isLogged(Problem problem) {
    return CatalogClusterSupplier.isLogged(problem);
  }

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public ClusterSupplier create(ClusterSupplierContext context) {
    ExtensionConfig config = context.config();
    List<String> hosts = config.optionalStrings(AllowedHosts.KEY).orElse(List.of());
    boolean skip = config.optionalBoolean("dangerouslyAllowSkipTLSVerify").orElse(false);
    EntityCatalog known = catalog;
    if (known == null) {
      throw config.problem(
          "type",
          "is catalog, but there is no catalog: name its files or its url below"
              + " followspot.catalog, or hand one over to the builder");
    }
    return new CatalogClusterSupplier(known, names, scheduler, new AllowedHosts(hosts), skip);
  }
}
