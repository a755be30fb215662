package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import java.util.concurrent.RejectedExecutionException;

/** Finds out what kind of connection a request needs; may have to read certificates for it. */
final class OriginFinder {

  /** Who wants to know. */
  interface Asker {
    /** Whether it needs no connection any more. */
    boolean isDone();

    /** Files are read first, on another thread. */
    void reading();

    void found(Origin origin);

    void fail(Trouble trouble);
  }

  private final HttpThreads threads;
  private final TlsIdentities identities;

  OriginFinder(HttpThreads threads, TlsIdentities identities) {
    this.threads = threads;
    this.identities = identities;
  }

  /** Tells one of the two, now or later. */
  void find(Cluster cluster, Credential credential, Asker asker) {
    if (!Origin.isTls(cluster)) {
      asker.found(Origin.of(cluster, null));
      return;
    }
    TlsIdentities.Key key = TlsIdentities.Key.of(cluster, credential);
    try {
      TlsIdentity ready = identities.ready(key);
      if (ready != null) {
        asker.found(Origin.of(cluster, ready));
        return;
      }
      asker.reading();
      threads.blocking().execute(() -> load(cluster, key, asker));
    } catch (Trouble trouble) {
      asker.fail(trouble);
    } catch (RejectedExecutionException e) {
      asker.fail(ConnectionPool.closedTrouble());
    }
  }

  private void load(Cluster cluster, TlsIdentities.Key key, Asker asker) {
    if (asker.isDone()) {
      return;
    }
    TlsIdentity loaded;
    try {
      loaded = identities.load(key);
    } catch (Trouble trouble) {
      asker.fail(trouble);
      return;
    } catch (RuntimeException e) {
      asker.fail(
          new Trouble(
              CellStatus.TLS,
              "the TLS settings of cluster '" + cluster.name() + "' are of no use",
              e));
      return;
    }
    asker.found(Origin.of(cluster, loaded));
  }
}
