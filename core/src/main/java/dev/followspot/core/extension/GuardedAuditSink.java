package dev.followspot.core.extension;

import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An audit sink whose failures are logged and change nothing. */
final class GuardedAuditSink implements AuditSink {

  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  private final AuditSink sink;
  private final Guard guard;

  GuardedAuditSink(AuditSink sink, Guard guard) {
    this.sink = sink;
    this.guard = guard;
  }

  @Override
  public void record(AuditEvent event) {
    try {
      sink.record(event);
    } catch (Throwable e) {
      LOG.error("{}; the event is not recorded", guard.told(guard.failure(e)));
    }
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
