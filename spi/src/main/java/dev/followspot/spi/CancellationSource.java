package dev.followspot.spi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The side of a {@link Cancellation} that cancels. Safe for use by several threads.
 *
 * <pre>{@code
 * CancellationSource source = new CancellationSource();
 * RequestContext context = RequestContext.create().withCancellation(source.token());
 * …
 * source.cancel();
 * }</pre>
 */
public final class CancellationSource {

  private final Token token = new Token();

  /** A source that has not been cancelled. */
  public CancellationSource() {}

  /**
   * What is handed to the work.
   *
   * @return always the same token
   */
  public Cancellation token() {
    return token;
  }

  /**
   * Cancels: runs every registered action once, also after one that throws against the rules; the
   * first such exception is thrown at the end. Later calls do nothing.
   */
  public void cancel() {
    token.cancel();
  }

  private static final class Token implements Cancellation {
    private final Set<Entry> entries = new LinkedHashSet<>();
    private boolean cancelled;

    @Override
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
      Entry entry = new Entry(Objects.requireNonNull(action, "action"));
      synchronized (this) {
        if (!cancelled) {
          entries.add(entry);
          return () -> remove(entry);
        }
      }
      action.run();
      return () -> {};
    }

    private synchronized void remove(Entry entry) {
      entries.remove(entry);
    }

    private void cancel() {
      List<Entry> waiting;
      synchronized (this) {
        cancelled = true;
        waiting = new ArrayList<>(entries);
        entries.clear();
      }
      RuntimeException first = null;
      for (Entry entry : waiting) {
        try {
          entry.action.run();
        } catch (RuntimeException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }

  /** An action with an identity of its own, so that the same one can be registered twice. */
  private static final class Entry {
    private final Runnable action;

    private Entry(Runnable action) {
      this.action = action;
    }
  }
}
