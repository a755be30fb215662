package dev.followspot.core.http;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits and times of the {@link HttpEngine}.
 *
 * @param connectTimeout how long a connection may take, with name resolution and TLS; 5 s by
 *     default
 * @param requestTimeout how long one try may take from being sent to its last byte; 10 s by default
 * @param idleTimeout after which time an unused connection is closed; 60 s by default
 * @param maxConcurrentRequests how many requests are under way at most in all clusters; 512 by
 *     default, or two for each MiB of the heap if that is less. Requests that have been waiting for
 *     more than a second for a silent cluster do not count
 * @param maxConcurrentRequestsPerCluster how many requests of one cluster are under way at most;
 *     100 by default
 * @param maxConnectionsPerCluster how many connections one cluster that speaks HTTP/1.1 has at
 *     most; with HTTP/2 there is one, or as many for look-ups that come after pauses. 32 by default
 * @param maxIdleConnections how many unused connections are kept for all clusters; 512 by default,
 *     or one for each MiB of the heap if that is less: one takes about 85 KB
 * @param maxResponseBytes how large an answer may be, decompressed; 64 MiB by default
 * @param ioThreads how many threads read and write; 2 by default
 * @param http2 whether HTTP/2 is offered; true by default
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    int maxConcurrentRequests,
    int maxConcurrentRequestsPerCluster,
    int maxConnectionsPerCluster,
    int maxIdleConnections,
    int maxResponseBytes,
    int ioThreads,
    boolean http2) {

  private static final Duration LONGEST = Duration.ofDays(1);

  /** What counts without configuration. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          (int) Math.min(512, 2 * mebibytes()),
          100,
          32,
          (int) Math.min(512, mebibytes()),
          64 << 20,
          2,
          true);

  private static long mebibytes() {
    return Math.max(16, Runtime.getRuntime().maxMemory() >> 20);
  }

  /** Checks the components. */
  public HttpSettings {
    check("connectTimeout", connectTimeout);
    check("requestTimeout", requestTimeout);
    check("idleTimeout", idleTimeout);
    check("maxConcurrentRequests", maxConcurrentRequests, 1, 100_000);
    check("maxConcurrentRequestsPerCluster", maxConcurrentRequestsPerCluster, 1, 10_000);
    check("maxConnectionsPerCluster", maxConnectionsPerCluster, 1, 1_000);
    check("maxIdleConnections", maxIdleConnections, 0, 100_000);
    check("maxResponseBytes", maxResponseBytes, 1, 1 << 30);
    check("ioThreads", ioThreads, 1, 64);
  }

  private static void check(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " is " + value + "; 1 ms to 1 day is allowed");
    }
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + "; " + min + " to " + max + " is allowed");
    }
  }

  /**
   * Reads {@code followspot.http}.
   *
   * @param section the section, possibly without keys
   * @return the settings
   * @throws dev.followspot.spi.ConfigurationException with every mistake
   */
  public static HttpSettings from(ConfigSection section) {
    Reader reader = new Reader(section, new ConfigProblems());
    Duration connect = reader.duration("connectTimeout", DEFAULT.connectTimeout);
    Duration request = reader.duration("requestTimeout", DEFAULT.requestTimeout);
    Duration idle = reader.duration("idleTimeout", DEFAULT.idleTimeout);
    int requests =
        reader.number("maxConcurrentRequests", DEFAULT.maxConcurrentRequests, 1, 100_000);
    int perCluster =
        reader.number(
            "maxConcurrentRequestsPerCluster", DEFAULT.maxConcurrentRequestsPerCluster, 1, 10_000);
    int connections =
        reader.number("maxConnectionsPerCluster", DEFAULT.maxConnectionsPerCluster, 1, 1_000);
    int kept = reader.number("maxIdleConnections", DEFAULT.maxIdleConnections, 0, 100_000);
    int bytes = reader.number("maxResponseBytes", DEFAULT.maxResponseBytes, 1, 1 << 30);
    int threads = reader.number("ioThreads", DEFAULT.ioThreads, 1, 64);
    Boolean http2 =
        reader.problems.read(() -> section.optionalBoolean("http2").orElse(DEFAULT.http2));
    reader.problems.throwIfAny();
    return new HttpSettings(
        connect,
        request,
        idle,
        requests,
        perCluster,
        connections,
        kept,
        bytes,
        threads,
        http2 == null || http2);
  }

  private record Reader(ConfigSection section, ConfigProblems problems) {

    Duration duration(String key, Duration otherwise) {
      @Nullable Duration value =
          problems.read(() -> section.optionalDuration(key).orElse(otherwise));
      if (value == null) {
        return otherwise;
      }
      if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
        problems.add(section.problem(key, "is " + value + "; a time from 1ms to 24h is expected"));
        return otherwise;
      }
      return value;
    }

    int number(String key, int otherwise, int min, int max) {
      @Nullable Long value =
          problems.read(() -> section.optionalInteger(key, min, max).orElse((long) otherwise));
      return value == null ? otherwise : value.intValue();
    }
  }

  /**
   * A copy with other times.
   *
   * @param connect see {@link #connectTimeout()}
   * @param request see {@link #requestTimeout()}
   * @param idle see {@link #idleTimeout()}
   * @return the copy
   */
  public HttpSettings withTimeouts(Duration connect, Duration request, Duration idle) {
    return new HttpSettings(
        connect,
        request,
        idle,
        maxConcurrentRequests,
        maxConcurrentRequestsPerCluster,
        maxConnectionsPerCluster,
        maxIdleConnections,
        maxResponseBytes,
        ioThreads,
        http2);
  }

  /**
   * A copy with other bounds of concurrency.
   *
   * @param requests see {@link #maxConcurrentRequests()}
   * @param perCluster see {@link #maxConcurrentRequestsPerCluster()}
   * @param connections see {@link #maxConnectionsPerCluster()}
   * @return the copy
   */
  public HttpSettings withConcurrency(int requests, int perCluster, int connections) {
    return new HttpSettings(
        connectTimeout,
        requestTimeout,
        idleTimeout,
        requests,
        perCluster,
        connections,
        maxIdleConnections,
        maxResponseBytes,
        ioThreads,
        http2);
  }

  /**
   * A copy with other bounds of memory and sockets.
   *
   * @param bytes see {@link #maxResponseBytes()}
   * @param kept see {@link #maxIdleConnections()}
   * @return the copy
   */
  public HttpSettings withBounds(int bytes, int kept) {
    return new HttpSettings(
        connectTimeout,
        requestTimeout,
        idleTimeout,
        maxConcurrentRequests,
        maxConcurrentRequestsPerCluster,
        maxConnectionsPerCluster,
        kept,
        bytes,
        ioThreads,
        http2);
  }

  /**
   * A copy that offers HTTP/2, or not.
   *
   * @param offered see {@link #http2()}
   * @return the copy
   */
  public HttpSettings withHttp2(boolean offered) {
    return new HttpSettings(
        connectTimeout,
        requestTimeout,
        idleTimeout,
        maxConcurrentRequests,
        maxConcurrentRequestsPerCluster,
        maxConnectionsPerCluster,
        maxIdleConnections,
        maxResponseBytes,
        ioThreads,
        offered);
  }
}
