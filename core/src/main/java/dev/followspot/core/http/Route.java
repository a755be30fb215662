package dev.followspot.core.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the pool knows about one origin. Guarded by the pool. */
final class Route {

  /** After such a pause TCP begins slowly again, with ten packets for each connection. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Fewer requests at once are not worth a handshake. */
  private static final int MANY = 6;

  final Origin origin;
  final Deque<Exchange> waiting = new ArrayDeque<>();

  /** The connections that speak HTTP/2. */
  final List<Connection> shared = new ArrayList<>();

  /** The unused ones of those that speak HTTP/1.1, the most recently used one last. */
  final Deque<Connection> idle = new ArrayDeque<>();

  /** How many connections speak HTTP/1.1. */
  int exclusive;

  int connecting;

  /** Whether the last connection spoke HTTP/1.1. */
  boolean http1;

  /** How many requests have been under way at once since the last pause; 0 if it was none. */
  private int burst;

  private boolean busy;
  private long idleSince;

  Route(Origin origin) {
    this.origin = origin;
    this.http1 = origin.upgrade();
  }

  boolean isEmpty() {
    return waiting.isEmpty() && shared.isEmpty() && exclusive == 0 && connecting == 0;
  }

  /** Whether there is nothing to wait for. */
  boolean isHopeless() {
    if (connecting > 0 || exclusive > 0) {
      return false;
    }
    for (Connection connection : shared) {
      if (!connection.retired && connection.isOpen()) {
        return false;
      }
    }
    return true;
  }

  /** How many connections to open now. */
  int wanted(Lane lane) {
    if (waiting.isEmpty()) {
      return 0;
    }
    int allowed = lane.mostPerOrigin() - connecting;
    if (http1) {
      int missing = waiting.size() - connecting;
      return Math.max(0, Math.min(missing, allowed - exclusive));
    }
    int alone = 0;
    for (Exchange exchange : waiting) {
      alone += exchange.isAlone() ? 1 : 0;
    }
    if (alone > 0) {
      return Math.max(0, Math.min(alone - connecting, allowed - shared.size()));
    }
    boolean more = connecting == 0 && shared.size() < allowed;
    return more && capacity() < lane.enoughStreams() ? 1 : 0;
  }

  /** An HTTP/2 connection takes a request; {@code wokeAt} is the end of the last pause of all. */
  void taken(long wokeAt) {
    boolean rested = !busy && idleSince != 0 && wokeAt != 0 && wokeAt - idleSince > PAUSE_NANOS;
    if (rested) {
      burst = 1;
    } else if (burst > 0) {
      burst = Math.max(burst, active());
    }
    busy = true;
  }

  /**
   * A request has ended; gives how many more HTTP/2 connections the next one after a pause needs.
   */
  int spread(Lane lane) {
    if (!busy || active() > 0) {
      return 0;
    }
    busy = false;
    idleSince = System.nanoTime();
    int most = http1 || shared.isEmpty() || burst < MANY ? 0 : Math.min(lane.spread(), burst);
    burst = 0;
    return Math.max(0, most - shared.size() - connecting);
  }

  private int active() {
    int sum = 0;
    for (Connection connection : shared) {
      sum += connection.active;
    }
    return sum;
  }

  private long capacity() {
    long sum = 0;
    for (Connection connection : shared) {
      sum += connection.retired || connection.reserved ? 0 : connection.capacity();
    }
    return sum;
  }
}
