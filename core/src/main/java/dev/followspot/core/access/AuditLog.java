package dev.followspot.core.access;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.AuditSink;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each event as one line of {@code key=value} pairs, at level {@code INFO} of the logger
 * {@code dev.followspot.audit}. What callers wrote cannot look like another pair or line.
 */
public final class AuditLog implements AuditSink {

  private static final Logger LOG = LoggerFactory.getLogger("dev.followspot.audit");
  private static final int MAX_LENGTH = 1000;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/._%~@+*-]+");

  /** Logs to SLF4J. */
  public AuditLog() {}

  @Override
  public void record(AuditEvent event) {
    LOG.info("{}", line(event));
  }

  static String line(AuditEvent event) {
    StringBuilder line = new StringBuilder();
    add(line, "time", event.time().toString());
    add(line, "action", event.action().name().toLowerCase(Locale.ROOT));
    add(line, "outcome", event.outcome().name().toLowerCase(Locale.ROOT));
    add(line, "caller", event.caller().name());
    add(line, "permission", event.permission());
    add(line, "method", event.method());
    add(line, "path", event.path());
    add(line, "cluster", event.cluster());
    add(line, "status", event.status() == 0 ? "" : Integer.toString(event.status()));
    add(line, "millis", Long.toString(event.duration().toMillis()));
    return line.toString();
  }

  /** Adds a pair unless there is nothing to say. */
  private static void add(StringBuilder line, String key, String value) {
    if (value.isEmpty()) {
      return;
    }
    line.append(line.isEmpty() ? "" : " ").append(key).append('=');
    if (value.length() <= MAX_LENGTH && PLAIN.matcher(value).matches()) {
      line.append(value);
    } else {
      String shown = Shortened.text(value, MAX_LENGTH);
      line.append('"').append(shown.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
  }
}
