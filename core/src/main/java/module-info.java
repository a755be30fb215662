/** The engine: loads extensions and ships every default implementation. */
@org.jspecify.annotations.NullMarked
module dev.followspot.core {
  requires transitive dev.followspot.spi;
  requires transitive io.kubernetes.client.java.api;
  requires com.fasterxml.jackson.core;
  requires com.google.gson;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.apache.httpcomponents.core5.httpcore5.h2;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static org.jspecify;

  exports dev.followspot.core;
  exports dev.followspot.core.catalog;
  exports dev.followspot.core.cluster;
  exports dev.followspot.core.config;
  exports dev.followspot.core.objects;
  exports dev.followspot.core.rest;
  exports dev.followspot.core.extension.report;

  uses dev.followspot.spi.AuditSinkFactory;
  uses dev.followspot.spi.AuthStrategyFactory;
  uses dev.followspot.spi.CallerAuthenticatorFactory;
  uses dev.followspot.spi.ClusterSupplierFactory;
  uses dev.followspot.spi.CustomResourceSupplierFactory;
  uses dev.followspot.spi.KubernetesFetcherFactory;
  uses dev.followspot.spi.ObjectsProviderFactory;
  uses dev.followspot.spi.PermissionPolicyFactory;
  uses dev.followspot.spi.ProxyInterceptorFactory;
  uses dev.followspot.spi.ServiceLocatorFactory;
}
