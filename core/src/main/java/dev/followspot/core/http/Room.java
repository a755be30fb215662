package dev.followspot.core.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the answers that are still coming in may take together: many large ones at once
 * would otherwise exhaust the heap, and with it fail everybody. Safe for use by several threads.
 */
final class Room {

  private static final long LEAST = 8 << 20;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  Room(long most) {
    this.most = most;
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
}
