package dev.followspot.spi;

/**
 * Is told of each decision about a caller and of each request that went through the proxy. The
 * built-in one logs to {@code dev.followspot.audit}; an extension wraps it.
 *
 * <p>Implementations are safe for use by several threads and block none. A failure is logged and
 * changes no answer.
 */
@FunctionalInterface
public interface AuditSink {

  /**
   * Something happened.
   *
   * @param event what; it never holds a token
   */
  void record(AuditEvent event);
}
