package dev.followspot.spi;

/** Creates a proxy interceptor that wraps the one below it. */
public interface ProxyInterceptorFactory extends ExtensionFactory {

  /**
   * Creates it.
   *
   * @param context its configuration, what it wraps, and what it may use
   * @return the extension, safe for use by several threads; never null
   * @throws ConfigurationException if its configuration is wrong
   */
  ProxyInterceptor create(ProxyInterceptorContext context);
}
