package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.reactor.Command;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on one connection. It ends exactly once: answered, failed or aborted;
 * then its connection goes back to the pool. What is sent and what becomes of the answer is up to
 * the subclass.
 */
abstract class Exchange implements AsyncClientExchangeHandler {

  /** How many informational answers may come before the real one. */
  private static final int MAX_INFORMED = 100;

  private final ConnectionPool pool;
  final Origin origin;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean returned = new AtomicBoolean();

  /** Taken by whoever is first: the request goes out, or it never will. */
  private final AtomicBoolean claimed = new AtomicBoolean();

  private volatile @Nullable Connection connection;
  private volatile @Nullable Cancellable dependency;
  private volatile int stream;
  private boolean reused;
  private boolean begun;
  private int informed;
  private volatile boolean sent;
  private volatile boolean unprocessed;

  Exchange(ConnectionPool pool, Origin origin) {
    this.pool = pool;
    this.origin = origin;
  }

  /** The request, made on an I/O thread. */
  abstract HttpRequest request(boolean http2);

  /** The body of the request, if it has one. */
  @Nullable EntityDetails entity() {
    return null;
  }

  /** Whether the request does no harm if the server gets it twice. */
  abstract boolean isHarmless();

  /** Whether an HTTP/1.1 connection that was used before, and may be stale, is not good enough. */
  boolean needsFresh() {
    return false;
  }

  /** Whether it wants an HTTP/2 connection for itself: two were lost on which others were too. */
  boolean isAlone() {
    return false;
  }

  /** Whether an answer that broke off in the middle may be asked for once more. */
  boolean isRestartable() {
    return false;
  }

  /** It has a connection. */
  abstract void onSent();

  /** It failed, and nothing else will be called. */
  abstract void onFailed(Trouble trouble, Retry retry);

  /** Bytes came that are nothing but padding; called on an I/O thread. */
  void onPadding(int count) {}

  /** What is held has to be freed; called on an I/O thread, whatever happened. */
  abstract void onRelease();

  /** The pool has a connection for it. */
  final void start(Connection free, boolean usedBefore) {
    connection = free;
    reused = usedBefore;
    if (ended.get()) {
      giveBack(true);
      return;
    }
    onSent();
    free.exchanges.add(this);
    if (ended.get()) {
      giveBack(true);
      return;
    }
    free.session.enqueue(
        new RequestExecutionCommand(this, null, new OnWire(), HttpCoreContext.create()),
        Command.Priority.NORMAL);
    if ((!free.isOpen() || free.leaving) && claimed.compareAndSet(false, true)) {
      // Closing at the same moment: the queue may have been emptied before the command came.
      failed(new RequestNotExecutedException());
    }
  }

  /** There is no connection. */
  final void unconnected(Trouble trouble) {
    if (ended.compareAndSet(false, true)) {
      onFailed(trouble, Retry.NO);
    }
  }

  /** Nobody wants the answer any more: ends it on the wire. Safe from any thread. */
  final void abort() {
    if (ended.compareAndSet(false, true)) {
      resetNow();
    }
  }

  private void resetNow() {
    Connection used = connection;
    if (used == null) {
      return;
    }
    if (!used.http2) {
      giveBack(false);
      return;
    }
    Cancellable cancellable = dependency;
    if (cancellable != null && (used.leaving || !toleratesLateData())) {
      cancellable.cancel();
    }
    if (stream > 0) {
      used.session.enqueue(Frames.reset(stream), Command.Priority.IMMEDIATE);
    }
    if (returned.compareAndSet(false, true)) {
      used.exchanges.remove(this);
      pool.abandoned(used);
    }
  }

  /**
   * Whether an answer that still comes in after the reset is read and dropped. HttpCore would close
   * the connection, with all that is under way, if it came for more than a second.
   */
  boolean toleratesLateData() {
    return false;
  }

  private void giveBack(boolean reusable) {
    Connection used = connection;
    if (used != null && returned.compareAndSet(false, true)) {
      used.exchanges.remove(this);
      pool.release(used, reusable);
    }
  }

  /** Its HTTP/2 stream, 0 if there is none yet. */
  final int stream() {
    return stream;
  }

  final boolean isEnded() {
    return ended.get();
  }

  /** Gives the connection up if it has received nothing since a time of the wall clock. */
  final void retireIfSilentSince(long millis) {
    Connection used = connection;
    if (used != null && used.session.getLastReadTime() < millis) {
      pool.retire(used);
    }
  }

  /** The answer has begun: from now on a retry could repeat it. */
  final void begin() {
    begun = true;
  }

  /**
   * An informational answer has come. HttpCore reads on while there are more, and a server that
   * sends them for ever would keep the I/O thread from all others.
   *
   * @throws ConnectionClosedException if there are too many, which closes the connection
   */
  final void informed() throws ConnectionClosedException {
    informed++;
    if (informed > MAX_INFORMED) {
      reject(
          new Trouble(
              CellStatus.INVALID_RESPONSE,
              origin.shown() + " sent " + informed + " informational answers and no other",
              null));
      throw new ConnectionClosedException();
    }
  }

  /** The last byte has come; true if the answer is still wanted. */
  final boolean end(boolean reusable) {
    boolean wanted = ended.compareAndSet(false, true);
    Connection used = connection;
    giveBack(reusable || (used != null && used.http2));
    return wanted;
  }

  /**
   * The whole answer has come before the request was sent: ends it on the wire, if wanted still.
   */
  final boolean endEarly() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    resetNow();
    return true;
  }

  /** The answer is of no use: ends it on the wire. */
  final void reject(Trouble trouble) {
    if (ended.compareAndSet(false, true)) {
      resetNow();
      onFailed(trouble, Retry.NO);
    }
  }

  @Override
  public final void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    Connection used = connection;
    if (used == null || !claimed.compareAndSet(false, true)) {
      throw new RequestNotExecutedException();
    }
    sent = true;
    channel.sendRequest(request(used.http2), entity(), context);
    stream = used.http2 ? used.frames.lastStream() : 0;
    if (ended.get() && used.http2) {
      used.session.enqueue(Frames.reset(stream), Command.Priority.IMMEDIATE);
    }
  }

  @Override
  public final void failed(Exception cause) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Connection used = connection;
    boolean streamOnly = cause instanceof H2StreamResetException;
    giveBack(streamOnly);
    Exception deeper = used == null ? null : used.failure;
    boolean closed = cause instanceof ConnectionClosedException;
    Exception told = closed && deeper != null ? deeper : cause;
    Trouble trouble = Failures.exchanging(origin, told, begun);
    onFailed(trouble, retry(cause, trouble, used));
  }

  private Retry retry(Exception cause, Trouble trouble, @Nullable Connection used) {
    if (sent && used != null && perishedWithOthers(cause, trouble, used)) {
      return Retry.APART;
    }
    if (begun) {
      return Retry.NO;
    }
    if (unprocessed) {
      return Retry.SEVERAL;
    }
    if (!sent && trouble.status() == CellStatus.UNREACHABLE) {
      return used != null && used.leaving ? Retry.SEVERAL : Retry.UNSENT;
    }
    if (cause instanceof H2StreamResetException reset) {
      return reset.getCode() == H2Error.REFUSED_STREAM.getCode() ? Retry.ONCE : Retry.NO;
    }
    // What is no HTTP may be left over from the answer before.
    boolean dirty = reused && trouble.status() == CellStatus.INVALID_RESPONSE;
    if ((trouble.status() != CellStatus.UNREACHABLE && !dirty) || !isHarmless()) {
      return Retry.NO;
    }
    if (used != null && used.leaving) {
      return Retry.SEVERAL;
    }
    return reused ? Retry.ONCE : Retry.NO;
  }

  /** Whether the whole connection broke, so that another request of it may be to blame. */
  private boolean perishedWithOthers(Exception cause, Trouble trouble, Connection used) {
    return used.http2
        && !used.leaving
        && used.shared
        && !(cause instanceof H2StreamResetException)
        && (trouble.status() == CellStatus.UNREACHABLE
            || trouble.status() == CellStatus.INVALID_RESPONSE)
        && isHarmless()
        && (!begun || isRestartable());
  }

  /** Whether a request that failed may be sent again. */
  enum Retry {
    /** No: the answer had begun, or it would fail again. */
    NO,
    /** Once: the connection was an old one, or the server refused it unseen. */
    ONCE,
    /**
     * Twice, and the second time alone: others were on the connection, and one may have broken it.
     */
    APART,
    /** As {@link #APART}, and once more: the connection broke before the request went out. */
    UNSENT,
    /** Several times: the server said that it leaves, as it may after each answer. */
    SEVERAL
  }

  /** The server has said that it has not looked at the request, and will not. */
  final void unprocessed() {
    unprocessed = true;
    failed(new RequestNotExecutedException());
  }

  /** The connection that it is on, if any. */
  final @Nullable Connection connection() {
    return connection;
  }

  @Override
  public final void cancel() {
    failed(new RequestNotExecutedException());
  }

  @Override
  public final void releaseResources() {
    onRelease();
    if (!ended.get()) {
      failed(new ConnectionClosedException());
    } else {
      giveBack(false);
    }
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {}

  /** Told by HttpCore how to cancel once the request is under way. */
  private final class OnWire implements CancellableDependency {

    @Override
    public void setDependency(Cancellable cancellable) {
      dependency = cancellable;
      if (ended.get()) {
        cancellable.cancel();
      }
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean cancel() {
      return false;
    }
  }
}
