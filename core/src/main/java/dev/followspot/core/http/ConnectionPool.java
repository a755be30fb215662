package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all clusters. An origin that speaks HTTP/2 has one connection at first, and a
 * second one only when the server allows no more streams; one that speaks HTTP/1.1 has as many as
 * there are requests, up to a limit. Which one it is, the first connection tells: meanwhile no
 * other is opened.
 *
 * <p>An origin that is asked many things at once after a pause gets some more HTTP/2 connections
 * for the next time: TCP begins slowly after a pause, each connection for itself. With 20 ms
 * between them, an answer of 0.9 MB takes six round trips over one connection and three over
 * twelve.
 */
final class ConnectionPool {

  /** Opens connections. */
  interface Opener {
    /** Tells {@link #connected} or {@link #unconnected}, never from within this call. */
    void open(Origin origin);
  }

  /** What to do after the lock is left. */
  private static final class Work {
    private final List<Runnable> starts = new ArrayList<>();
    private final List<Connection> closes = new ArrayList<>();
    private int opens;
  }

  private final Opener opener;
  private final Lane lane;
  private final Map<Origin, Route> routes = new HashMap<>();
  private final Set<Connection> idle = new LinkedHashSet<>();
  private int open;
  private boolean closed;

  /** How many requests are under way, since when there is none, and when the last pause ended. */
  private int active;

  private long quietSince;
  private long wokeAt;

  ConnectionPool(Opener opener, Lane lane) {
    this.opener = opener;
    this.lane = lane;
  }

  /** Starts the exchange now, or when there is a connection. */
  void submit(Exchange exchange) {
    Work work = new Work();
    synchronized (this) {
      if (!closed) {
        Route route = routes.computeIfAbsent(exchange.origin, Route::new);
        route.waiting.add(exchange);
        dispatch(route, work);
      } else {
        work.starts.add(() -> exchange.unconnected(closedTrouble()));
      }
    }
    run(exchange.origin, work);
  }

  static Trouble closedTrouble() {
    return new Trouble(CellStatus.CANCELLED, "the HTTP engine is closed", null);
  }

  void connected(Connection connection) {
    Work work = new Work();
    synchronized (this) {
      Route route = routes.computeIfAbsent(connection.origin, Route::new);
      route.connecting--;
      if (closed) {
        work.closes.add(connection);
      } else if (connection.isOpen()) {
        open++;
        route.http1 = !connection.http2;
        if (connection.http2) {
          route.shared.add(connection);
        } else {
          route.exclusive++;
        }
        makeIdle(route, connection, work);
      }
      dispatch(route, work);
    }
    run(connection.origin, work);
  }

  void unconnected(Origin origin, Trouble trouble) {
    Work work = new Work();
    synchronized (this) {
      Route route = routes.get(origin);
      if (route == null) {
        return;
      }
      route.connecting--;
      route.waiting.removeIf(Exchange::isEnded);
      int hopeless = route.isHopeless() ? route.waiting.size() : 0;
      if (!lane.brief()) {
        // The others may last for hours: only connections that are being opened are waited for.
        hopeless = Math.max(hopeless, route.waiting.size() - route.connecting);
      }
      for (int i = 0; i < hopeless; i++) {
        Exchange exchange = route.waiting.remove();
        work.starts.add(() -> exchange.unconnected(trouble));
      }
      cleanUp(route);
    }
    run(origin, work);
  }

  /** An exchange has ended as it should, or its connection is broken. */
  void release(Connection connection, boolean reusable) {
    change(
        connection,
        (route, work) -> {
          vacate(connection);
          if (!reusable) {
            connection.retired = true;
          }
        });
  }

  /** An exchange of an HTTP/2 connection was reset from our side. */
  void abandoned(Connection connection) {
    change(
        connection,
        (route, work) -> {
          vacate(connection);
          connection.abandonOne();
        });
  }

  /** No new exchange may use the connection. */
  void retire(Connection connection) {
    change(connection, (route, work) -> connection.retired = true);
  }

  /** The connection is closed. */
  void disconnected(Connection connection) {
    change(connection, (route, work) -> connection.retired = true);
  }

  private interface Change {
    void apply(Route route, Work work);
  }

  private void change(Connection connection, Change change) {
    Work work = new Work();
    synchronized (this) {
      Route route = routes.computeIfAbsent(connection.origin, Route::new);
      change.apply(route, work);
      if (!connection.gone) {
        if (!connection.isOpen() || (connection.retired && connection.active <= 0)) {
          drop(route, connection, work);
        } else if (connection.active == 0) {
          connection.reserved = false;
          makeIdle(route, connection, work);
        }
      }
      dispatch(route, work);
      spread(route, work);
    }
    run(connection.origin, work);
  }

  private void spread(Route route, Work work) {
    int wanted = route.spread(lane);
    if (wanted > 0 && !closed) {
      int opening = routes.values().stream().mapToInt(other -> other.connecting).sum();
      int most = lane.mostIdle() / 2;
      // A look-up takes as long as its slowest cluster, so none takes the share of others.
      int share = most / routes.size() - route.shared.size() - route.connecting;
      int more = Math.max(0, Math.min(wanted, Math.min(share, most - open - opening)));
      route.connecting += more;
      work.opens += more;
    }
  }

  private void makeIdle(Route route, Connection connection, Work work) {
    connection.idleSince = System.nanoTime();
    idle.remove(connection);
    idle.add(connection);
    if (!connection.http2) {
      route.idle.remove(connection);
      route.idle.addLast(connection);
    }
    // Waiting exchanges take it before anything is closed for being too much.
    if (route.waiting.isEmpty()) {
      trim(work);
    }
  }

  private void trim(Work work) {
    while (idle.size() > lane.mostIdle()) {
      Connection eldest = idle.iterator().next();
      Route route = routes.get(eldest.origin);
      if (route == null) {
        idle.remove(eldest);
      } else {
        drop(route, eldest, work);
        cleanUp(route);
      }
    }
  }

  private void drop(Route route, Connection connection, Work work) {
    if (connection.gone) {
      return;
    }
    connection.gone = true;
    connection.retired = true;
    open--;
    idle.remove(connection);
    if (connection.http2) {
      route.shared.remove(connection);
    } else {
      route.idle.remove(connection);
      route.exclusive--;
    }
    work.closes.add(connection);
  }

  private void dispatch(Route route, Work work) {
    Iterator<Exchange> waiting = route.waiting.iterator();
    while (waiting.hasNext()) {
      Exchange exchange = waiting.next();
      if (exchange.isEnded()) {
        waiting.remove();
        continue;
      }
      Connection free = take(route, exchange);
      if (free != null) {
        waiting.remove();
        boolean reused = free.served++ > 0;
        free.shared = reused;
        work.starts.add(() -> exchange.start(free, reused));
      } else if (!exchange.needsFresh() && !exchange.isAlone()) {
        break;
      }
    }
    int wanted = closed ? 0 : route.wanted(lane);
    route.connecting += wanted;
    work.opens = wanted;
    cleanUp(route);
  }

  private void occupy(Connection connection) {
    connection.active++;
    active++;
    if (active == 1 && quietSince != 0 && System.nanoTime() - quietSince > Route.PAUSE_NANOS) {
      wokeAt = System.nanoTime();
    }
  }

  private void vacate(Connection connection) {
    connection.active--;
    active--;
    if (active == 0) {
      quietSince = System.nanoTime();
    }
  }

  /** A free connection that is good enough for the exchange. */
  private @Nullable Connection take(Route route, Exchange exchange) {
    boolean alone = exchange.isAlone();
    boolean fresh = exchange.needsFresh();
    Connection least = null;
    for (Connection connection : route.shared) {
      if (connection.hasRoom()
          && (alone ? connection.active == 0 : least == null || connection.active < least.active)) {
        least = connection;
      }
    }
    if (least != null) {
      occupy(least);
      least.reserved = alone;
      idle.remove(least);
      route.taken(wokeAt);
      return least;
    }
    Iterator<Connection> latest = route.idle.descendingIterator();
    while (latest.hasNext()) {
      Connection connection = latest.next();
      if (fresh && connection.served > 0) {
        continue;
      }
      latest.remove();
      idle.remove(connection);
      if (connection.hasRoom()) {
        occupy(connection);
        return connection;
      }
    }
    return null;
  }

  private void cleanUp(Route route) {
    if (route.isEmpty()) {
      routes.remove(route.origin, route);
    }
  }

  private void run(Origin origin, Work work) {
    work.closes.forEach(Connection::close);
    for (int i = 0; i < work.opens; i++) {
      opener.open(origin);
    }
    work.starts.forEach(Runnable::run);
  }

  /** Closes what was idle for too long. */
  void sweep() {
    long now = System.nanoTime();
    closeIdle(c -> now - c.idleSince >= lane.idleTimeout().toNanos());
  }

  /** Whether a connection that is open, or wanted, belongs to some TLS settings. */
  synchronized boolean uses(TlsIdentity identity) {
    return routes.keySet().stream().anyMatch(origin -> origin.tls() == identity);
  }

  /** Closes the idle connections that a test is true for. */
  void closeIdle(Predicate<Connection> test) {
    Work work = new Work();
    synchronized (this) {
      for (Connection connection : List.copyOf(idle)) {
        Route route = routes.get(connection.origin);
        if (route != null && connection.active == 0 && test.test(connection)) {
          drop(route, connection, work);
          cleanUp(route);
        }
      }
    }
    work.closes.forEach(Connection::close);
  }

  /** How many connections are open. */
  synchronized int size() {
    return open;
  }

  /** Refuses what comes from now on; the connections are closed by whoever owns the sockets. */
  void close() {
    List<Exchange> waiting = new ArrayList<>();
    synchronized (this) {
      closed = true;
      routes.values().forEach(route -> waiting.addAll(route.waiting));
      routes.values().forEach(route -> route.waiting.clear());
    }
    waiting.forEach(exchange -> exchange.unconnected(closedTrouble()));
  }
}
