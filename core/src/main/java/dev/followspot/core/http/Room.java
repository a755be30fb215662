package dev.followspot.core.http;

import dev.followspot.spi.Cancellation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the answers that are still coming in may take together: many large ones at once
 * would otherwise exhaust the heap, and with it fail everybody. It also knows what the look-ups
 * under way have read so far, and so whether to be thrifty. Safe for use by several threads.
 */
final class Room {

  private static final long LEAST = 8 << 20;

  private final long most;
  private final long plenty;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();

  /** What each look-up has kept so far. */
  private final Map<Cancellation, Long> lookUps = new ConcurrentHashMap<>();

  Room(long most) {
    this.most = most;
    // An eighth of the heap, less what the program itself may need of a small one.
    this.plenty = Math.max(0, most - LEAST) / 4;
  }

  /** Half of the heap: the other half is for what was read, and for the rest of the program. */
  static Room ofHeap() {
    return new Room(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 2));
  }

  /** Takes so many bytes, if they are there. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  /** Gives so many bytes back. */
  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  /** How many bytes are taken. */
  long held() {
    return held.get();
  }

  /** How many bytes the look-ups under way keep. */
  long kept() {
    return kept.get();
  }

  /** How many look-ups have begun and not ended. */
  int lookUps() {
    return lookUps.size();
  }

  /** From now on, what a look-up keeps is counted. */
  void begin(Cancellation lookUp) {
    lookUps.putIfAbsent(lookUp, 0L);
  }

  /** The look-up has ended: what it kept is no longer its own. */
  void end(Cancellation lookUp) {
    Long of = lookUps.remove(lookUp);
    if (of != null) {
      kept.addAndGet(-of);
    }
  }

  /** The same for the requests of one look-up. */
  Share of(Cancellation lookUp) {
    return new Share(this, lookUp);
  }

  /** For the requests of one look-up, known by what cancels it; others keep nothing. */
  record Share(Room room, Cancellation lookUp) {

    boolean take(long bytes) {
      return room.take(bytes);
    }

    void give(long bytes) {
      room.give(bytes);
    }

    /** The look-up keeps so many bytes of an answer until its end. */
    void keep(long bytes) {
      room.lookUps.computeIfPresent(
          lookUp,
          (key, before) -> {
            room.kept.addAndGet(bytes);
            return before + bytes;
          });
    }

    /**
     * Whether the look-ups under way have so much that what comes is better packed. That takes 4 ms
     * for each MB, and makes 24 MiB of heap enough for 2,000 pods instead of 40, and 56 MiB enough
     * for 20 clusters with 25 namespaces, whose answers have 70 MB, instead of 96.
     */
    boolean isTight() {
      return room.held.get() + room.kept.get() > room.plenty;
    }
  }
}
