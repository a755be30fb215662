package dev.followspot.core.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the pool knows about one origin. Guarded by the pool. */
final class Route {

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

  Route(Origin origin) {
    this.origin = origin;
    this.http1 = origin.upgrade();
  }

  boolean isEmpty() {
    return waiting.isEmpty() && shared.isEmpty() && exclusive == 0 && connecting == 0;
  }

  /** Whether there is nothing to wait for. */
  boolean isHopeless() {
    return connecting == 0
        && exclusive == 0
        && shared.stream().noneMatch(c -> !c.retired && c.isOpen());
  }

  /** How many connections to open now. */
  int wanted(Lane lane) {
    int allowed = lane.mostPerOrigin() - connecting;
    if (http1) {
      int missing = waiting.size() - connecting;
      return Math.max(0, Math.min(missing, allowed - exclusive));
    }
    long alone = waiting.stream().filter(Exchange::isAlone).count();
    if (alone > 0) {
      return (int) Math.max(0, Math.min(alone - connecting, allowed - shared.size()));
    }
    boolean some = !waiting.isEmpty() && connecting == 0;
    return some && shared.size() < allowed && capacity() < lane.enoughStreams() ? 1 : 0;
  }

  private long capacity() {
    return shared.stream()
        .filter(c -> !c.retired && !c.reserved)
        .mapToLong(Connection::capacity)
        .sum();
  }
}
