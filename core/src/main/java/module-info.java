/** The engine: loads extensions and ships every default implementation. */
@org.jspecify.annotations.NullMarked
module dev.followspot.core {
  requires transitive dev.followspot.spi;
  requires transitive io.kubernetes.client.java.api;
  requires com.fasterxml.jackson.core;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static org.jspecify;

  exports dev.followspot.core;
  exports dev.followspot.core.config;
}
