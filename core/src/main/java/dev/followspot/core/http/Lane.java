package dev.followspot.core.http;

import java.time.Duration;

/**
 * How one kind of requests uses connections. Look-ups and streams share none, so that watches and
 * slow uploads never take one from a look-up.
 *
 * @param threads what its I/O threads are called
 * @param window how many bytes of one answer over HTTP/2 may be under way and not yet taken
 * @param mostPerOrigin how many connections one origin has at most
 * @param enoughStreams with how many streams an origin needs no further HTTP/2 connection
 * @param spread to how many HTTP/2 connections of one origin the requests after a pause are spread
 * @param mostIdle how many unused connections are kept for all origins
 * @param idleTimeout after which time an unused connection is closed
 * @param brief whether requests end soon, so that waiting for another one to end makes sense when a
 *     connection cannot be opened
 */
record Lane(
    String threads,
    int window,
    int mostPerOrigin,
    int enoughStreams,
    int spread,
    int mostIdle,
    Duration idleTimeout,
    boolean brief) {

  private static final int MOST_IDLE_STREAMS = 64;

  static Lane lookUps(HttpSettings settings) {
    return new Lane(
        "io",
        4 << 20,
        settings.maxConnectionsPerCluster(),
        // A few requests more than a connection carries can wait; a handshake costs more.
        Math.max(1, settings.maxConcurrentRequestsPerCluster() / 3),
        settings.maxConnectionsPerCluster(),
        settings.maxIdleConnections(),
        settings.idleTimeout(),
        true);
  }

  static Lane streams(HttpSettings settings, StreamSettings streams) {
    int idle = Math.min(MOST_IDLE_STREAMS, settings.maxIdleConnections());
    return new Lane(
        "stream-io",
        StreamExchange.WINDOW,
        streams.maxConcurrentRequests() + idle,
        Integer.MAX_VALUE,
        1,
        idle,
        settings.idleTimeout(),
        false);
  }
}
