package dev.followspot.spi;

/** What a proxy interceptor is created with. */
public interface ProxyInterceptorContext extends ExtensionContext {

  /**
   * The one below: the built-in one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  ProxyInterceptor delegate();
}
