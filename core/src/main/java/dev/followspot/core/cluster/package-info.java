/**
 * Which clusters exist.
 *
 * <p>Each entry of {@code kubernetes.clusterLocatorMethods} chooses a factory by its {@code type}:
 * {@link dev.followspot.core.cluster.ConfigClusterSupplierFactory} reads clusters from the
 * configuration itself, {@link dev.followspot.core.cluster.CatalogClusterSupplierFactory} finds
 * them in the catalog, {@link dev.followspot.core.cluster.KubeconfigClusterSupplierFactory} from
 * kubectl's files, {@link dev.followspot.core.cluster.InClusterSupplierFactory} knows the cluster
 * that Followspot runs in, and {@link
 * dev.followspot.core.cluster.LocalKubectlProxyClusterSupplierFactory} the one behind {@code
 * kubectl proxy}.
 *
 * <p>{@link dev.followspot.core.cluster.ClusterRegistry} asks them all, keeps what they say,
 * refreshes it, and gives every look-up a {@link dev.followspot.core.cluster.ClusterSnapshot}. A
 * supplier that fails, hangs or lies is a {@link dev.followspot.spi.Problem} in it, and harms no
 * other.
 *
 * <p>{@link dev.followspot.core.cluster.Kubeconfig} reads kubectl's files for programs.
 */
@NullMarked
package dev.followspot.core.cluster;

import org.jspecify.annotations.NullMarked;
