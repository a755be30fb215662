package dev.followspot.core.extension;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was created, to be told and to be closed. Safe for use by several threads. */
final class Created {

  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  /** Something to close, and what to call it. */
  private record Closing(AutoCloseable closeable, String label) {}

  private final Deque<Closing> closings = new ArrayDeque<>();
  private final IdentityHashMap<AutoCloseable, Boolean> known = new IdentityHashMap<>();
  private final Map<Candidate, String> wraps = new HashMap<>();
  private final Map<Candidate, String> failures = new HashMap<>();
  private boolean closed;

  /**
   * Keeps an extension.
   *
   * @param wrapped the name of what it wraps; empty unless it wraps
   */
  void add(Candidate candidate, Object extension, String wrapped) {
    boolean late;
    synchronized (this) {
      wraps.put(candidate, wrapped);
      late = closed;
      if (extension instanceof AutoCloseable closeable && known.put(closeable, true) == null) {
        if (!late) {
          closings.push(new Closing(closeable, candidate.label()));
          return;
        }
      } else {
        return;
      }
    }
    close(new Closing((AutoCloseable) extension, candidate.label()));
  }

  /** Remembers why an extension that takes part is not there. */
  synchronized void failed(Candidate candidate, String why) {
    failures.put(candidate, why);
  }

  /** Why it is not used; empty if it is. */
  synchronized String note(Candidate candidate) {
    return isUsed(candidate) ? "" : failures.getOrDefault(candidate, "nothing asked for it yet");
  }

  synchronized boolean isUsed(Candidate candidate) {
    return wraps.containsKey(candidate);
  }

  /** The name of what it wraps; null unless it wraps and is used. */
  synchronized @Nullable String wraps(Candidate candidate) {
    String wrapped = wraps.get(candidate);
    return wrapped == null || wrapped.isEmpty() ? null : wrapped;
  }

  synchronized void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  /** Closes the last one first; what fails is logged, and the others are closed all the same. */
  void closeAll() {
    while (true) {
      Closing next;
      synchronized (this) {
        closed = true;
        next = closings.poll();
      }
      if (next == null) {
        return;
      }
      close(next);
    }
  }

  private static void close(Closing closing) {
    try {
      closing.closeable.close();
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      LOG.warn("{} failed to close: {}", closing.label, Failures.shown(e));
    }
  }
}
