package dev.followspot.spi;

/** What an audit sink is created with. */
public interface AuditSinkContext extends ExtensionContext {

  /**
   * The one below: the built-in one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  AuditSink delegate();
}
