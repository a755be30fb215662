package dev.followspot.core.proxy;

import dev.followspot.core.rest.RestRequest;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.Caller;
import dev.followspot.spi.Permission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the audit sink of one request. */
final class AuditTrail {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterProxy.class);

  private final AuditSink sink;
  private final RestRequest request;
  private final Caller caller;
  private final Instant time;
  private final long began = System.nanoTime();

  AuditTrail(AuditSink sink, RestRequest request, Caller caller, Clock clock) {
    this.sink = sink;
    this.request = request;
    this.caller = caller;
    time = clock.instant();
  }

  void end(String cluster, Outcome outcome, int status) {
    AuditEvent event =
        new AuditEvent(
            time,
            AuditEvent.Action.PROXY,
            caller,
            Permission.PROXY.key(),
            request.method(),
            request.path(),
            cluster,
            outcome,
            status,
            Duration.ofNanos(System.nanoTime() - began));
    try {
      sink.record(event);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("the audit sink failed with {}", e.getClass().getName());
    }
  }
}
