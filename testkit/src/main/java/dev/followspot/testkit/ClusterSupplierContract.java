package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.RequestContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The rules for a {@link ClusterSupplier}. Extend it, and make the supplier with at least one
 * cluster to supply.
 */
public abstract class ClusterSupplierContract {

  /** A test of one rule. */
  protected ClusterSupplierContract() {}

  /**
   * The supplier under test, which finds at least one cluster.
   *
   * @return the supplier
   */
  protected abstract ClusterSupplier supplier();

  /**
   * Who asks.
   *
   * @return the application itself unless overridden, as a supplier that depends on the caller
   *     needs
   */
  protected RequestContext context() {
    return RequestContext.create();
  }

  @Test
  final void it_finds_clusters() {
    assertThat(clusters(supplier())).isNotEmpty().doesNotContainNull();
  }

  @Test
  final void no_name_occurs_twice() {
    assertThat(clusters(supplier())).extracting(Cluster::name).doesNotHaveDuplicates();
  }

  @Test
  final void every_cluster_says_where_it_comes_from() {
    assertThat(clusters(supplier())).extracting(Cluster::origin).allMatch(o -> !o.isBlank());
  }

  @Test
  final void asked_again_it_names_the_same_clusters_in_the_same_order() {
    ClusterSupplier supplier = supplier();
    List<String> first = names(clusters(supplier));
    assertThat(names(clusters(supplier))).isEqualTo(first);
  }

  @Test
  final void several_threads_may_use_it() {
    ClusterSupplier supplier = supplier();
    List<String> names = names(clusters(supplier));
    assertThat(Contracts.inManyThreads(() -> supplier.clusters(context())))
        .extracting(ClusterSupplierContract::names)
        .containsOnly(names);
  }

  @Test
  final void no_secret_is_in_the_text_of_a_cluster() {
    for (Cluster cluster : clusters(supplier())) {
      cluster
          .serviceAccountToken()
          .filter(token -> !token.isBlank())
          .ifPresent(token -> assertThat(cluster.toString()).doesNotContain(token.reveal()));
    }
  }

  private List<Cluster> clusters(ClusterSupplier supplier) {
    return Contracts.result(() -> supplier.clusters(context()));
  }

  private static List<String> names(List<Cluster> clusters) {
    return clusters.stream().map(Cluster::name).toList();
  }
}
