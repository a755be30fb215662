package dev.followspot.core.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Resolves names without blocking whoever asks. There is one look-up per name at a time, so that a
 * name that hangs keeps one thread at most. Safe for use by several threads.
 */
public final class Names {

  /** Tells the addresses of a host; may block. */
  @FunctionalInterface
  public interface Resolver {

    /**
     * The addresses of a host.
     *
     * @param host a name or a literal address
     * @return the addresses in the order in which they are to be tried
     * @throws UnknownHostException if there are none
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** The resolver of the JVM. */
  public static final Resolver SYSTEM = InetAddress::getAllByName;

  private final Executor executor;
  private final Resolver resolver;
  private final Map<String, CompletableFuture<List<InetAddress>>> lookups =
      new ConcurrentHashMap<>();

  /**
   * Nothing is resolved yet.
   *
   * @param executor runs the look-ups, which block
   * @param resolver tells the addresses
   */
  public Names(Executor executor, Resolver resolver) {
    this.executor = executor;
    this.resolver = resolver;
  }

  /**
   * The addresses of a host.
   *
   * @param host a name or a literal address
   * @return the addresses, at least one; fails with {@link UnknownHostException} if there are none.
   *     To be completed by nobody else
   * @throws RejectedExecutionException if the executor takes no more work
   */
  public CompletionStage<List<InetAddress>> addresses(String host) {
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> other = lookups.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      executor.execute(() -> look(host, mine));
    } catch (RejectedExecutionException e) {
      lookups.remove(host, mine);
      mine.completeExceptionally(e);
      throw e;
    }
    return mine;
  }

  private void look(String host, CompletableFuture<List<InetAddress>> answer) {
    try {
      List<InetAddress> found = List.of(resolver.addresses(host));
      lookups.remove(host, answer);
      if (found.isEmpty()) {
        answer.completeExceptionally(new UnknownHostException(host));
      } else {
        answer.complete(found);
      }
    } catch (UnknownHostException | RuntimeException e) {
      lookups.remove(host, answer);
      answer.completeExceptionally(e);
    }
  }
}
