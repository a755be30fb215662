package dev.followspot.core;

import dev.followspot.core.auth.AksAuthFactory;
import dev.followspot.core.auth.AnonymousAuthFactory;
import dev.followspot.core.auth.ClientCertificateAuthFactory;
import dev.followspot.core.auth.GoogleAuthFactory;
import dev.followspot.core.auth.LocalKubectlProxyAuthFactory;
import dev.followspot.core.auth.OidcAuthFactory;
import dev.followspot.core.auth.ServiceAccountAuthFactory;
import dev.followspot.core.cluster.CatalogClusterSupplierFactory;
import dev.followspot.core.cluster.ConfigClusterSupplierFactory;
import dev.followspot.core.cluster.InClusterSupplierFactory;
import dev.followspot.core.cluster.KubeconfigClusterSupplierFactory;
import dev.followspot.core.cluster.LocalKubectlProxyClusterSupplierFactory;
import dev.followspot.core.locator.CatalogRelationLocatorFactory;
import dev.followspot.core.locator.MultiTenantLocatorFactory;
import dev.followspot.core.locator.SingleTenantLocatorFactory;
import dev.followspot.spi.ExtensionFactory;

/** The extensions that come with Followspot. */
final class BuiltIns {

  private BuiltIns() {}

  static ExtensionFactory[] factories(CatalogClusterSupplierFactory catalogClusters) {
    return new ExtensionFactory[] {
      new ConfigClusterSupplierFactory(),
      new KubeconfigClusterSupplierFactory(),
      new InClusterSupplierFactory(),
      new LocalKubectlProxyClusterSupplierFactory(),
      catalogClusters,
      new MultiTenantLocatorFactory(),
      new SingleTenantLocatorFactory(),
      new CatalogRelationLocatorFactory(),
      new ServiceAccountAuthFactory(),
      new GoogleAuthFactory(),
      new AksAuthFactory(),
      new OidcAuthFactory(),
      new ClientCertificateAuthFactory(),
      new LocalKubectlProxyAuthFactory(),
      new AnonymousAuthFactory()
    };
  }
}
