package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A supplier that can say why clusters are left out. */
interface ReportingClusterSupplier extends ClusterSupplier {

  /** The clusters, and the problems with others. */
  CompletionStage<ClusterList> list(RequestContext context);

  @Override
  default CompletionStage<List<Cluster>> clusters(RequestContext context) {
    return list(context).thenApply(ClusterList::clusters);
  }
}
