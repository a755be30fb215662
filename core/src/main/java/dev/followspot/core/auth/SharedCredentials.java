package dev.followspot.core.auth;

import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The credentials that look-ups share: those being asked for, and those that expire later on. */
final class SharedCredentials {

  /** How many clusters are remembered; those used least recently are forgotten first. */
  static final int MAX_ENTRIES = 1000;

  /** After this time without an answer, the next look-up asks anew and shares that. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration MAX_MARGIN = Duration.ofSeconds(30);

  private final Clock clock;

  /** Guarded by this. */
  private final Map<CredentialKey, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CredentialKey, Entry> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  SharedCredentials(Clock clock) {
    this.clock = clock;
  }

  /** One question to a strategy, and until when its answer is good. Guarded by the outer class. */
  private static final class Entry {
    private final CompletableFuture<Credential> answer = new CompletableFuture<>();
    private final Instant asked;

    /** Whether it was asked because an earlier answer was refused. */
    private final boolean refresh;

    /** The answer, once it is there and worth keeping. */
    private @Nullable Credential kept;

    private Instant usableUntil = Instant.MIN;

    Entry(Instant asked, boolean refresh) {
      this.asked = asked;
      this.refresh = refresh;
    }
  }

  /** A credential that is kept, being asked for, or asked for now. */
  CompletableFuture<Credential> get(
      CredentialKey key, Supplier<CompletableFuture<Credential>> strategy) {
    Instant now = clock.instant();
    Entry mine;
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null && (isUsable(known, now) || isUnderWay(known, now))) {
        return known.answer;
      }
      mine = add(key, now, false);
    }
    return ask(key, mine, strategy);
  }

  /**
   * A credential after one was refused: one that has taken its place already, the answer to a
   * refresh that is under way, or a new one. A first question that is under way does not count: it
   * may have been asked before the credential was replaced.
   */
  CompletableFuture<Credential> refresh(
      CredentialKey key, Credential rejected, Supplier<CompletableFuture<Credential>> strategy) {
    Instant now = clock.instant();
    Entry mine;
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null
          && ((isUsable(known, now) && !rejected.equals(known.kept))
              || (isUnderWay(known, now) && known.refresh))) {
        return known.answer;
      }
      mine = add(key, now, true);
    }
    return ask(key, mine, strategy);
  }

  /** How many clusters are remembered now. */
  synchronized int size() {
    return entries.size();
  }

  private static boolean isUsable(Entry entry, Instant now) {
    return entry.kept != null && now.isBefore(entry.usableUntil);
  }

  private static boolean isUnderWay(Entry entry, Instant now) {
    return entry.kept == null && now.isBefore(entry.asked.plus(PATIENCE));
  }

  private Entry add(CredentialKey key, Instant now, boolean refresh) {
    // Nobody comes back for the secrets of clusters that were removed.
    entries.values().removeIf(entry -> entry.kept != null && !isUsable(entry, now));
    Entry entry = new Entry(now, refresh);
    entries.put(key, entry);
    return entry;
  }

  /** Outside of the lock, since the strategy may answer at once, and do anything before. */
  @SuppressWarnings("FutureReturnValueIgnored") // its failure is handed on
  private CompletableFuture<Credential> ask(
      CredentialKey key, Entry mine, Supplier<CompletableFuture<Credential>> strategy) {
    strategy
        .get()
        .whenComplete(
            (credential, failure) -> {
              settle(key, mine, failure == null ? credential : null);
              if (failure == null) {
                mine.answer.complete(credential);
              } else {
                mine.answer.completeExceptionally(Stages.cause(failure));
              }
            });
    return mine.answer;
  }

  private void settle(CredentialKey key, Entry entry, @Nullable Credential credential) {
    Instant now = clock.instant();
    Instant usableUntil = credential == null ? Instant.MIN : usableUntil(credential, now);
    synchronized (this) {
      if (credential != null && now.isBefore(usableUntil)) {
        entry.usableUntil = usableUntil;
        entry.kept = credential;
      } else {
        entries.remove(key, entry);
      }
    }
  }

  private static Instant usableUntil(Credential credential, Instant now) {
    Instant end = credential.expiresAt().orElse(Instant.MIN);
    if (!now.isBefore(end)) {
      return Instant.MIN;
    }
    Duration tenth = Duration.between(now, end).dividedBy(10);
    return end.minus(tenth.compareTo(MAX_MARGIN) < 0 ? tenth : MAX_MARGIN);
  }
}
