package dev.followspot.core.http;

import dev.followspot.core.http.Http1Duplexer.Switching;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpTunnel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One streamed request and its answer on one connection. */
final class StreamExchange extends Exchange implements Upload.Owner {

  /** How many bytes of an answer may be under way and not yet taken, at most. */
  static final int WINDOW = 256 << 10;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** What becomes of it. Called on I/O threads. */
  interface Listener extends ResponseBody.Source {
    void sent();

    /**
     * The head of the answer is there.
     *
     * @param length how long the body will be; -1 if that is not known
     */
    void head(int status, HttpHeaders headers, long length, @Nullable HttpTunnel tunnel);

    /** The head is there, and the answer has no body. */
    void lastHead(int status, HttpHeaders headers);

    void failed(Trouble trouble, Exchange.Retry retry);
  }

  private final StreamRequest request;
  private final String userAgent;
  private final Listener listener;
  private final ResponseBody body;
  private final Allowance allowance = new Allowance();
  private final @Nullable Upload upload;
  private volatile @Nullable DataStreamChannel out;
  private volatile @Nullable UpgradedConnection upgraded;
  private @Nullable HttpRequest sent;
  private boolean reusable;
  private long announced = -1;
  private long received;

  StreamExchange(
      ConnectionPool pool,
      Origin origin,
      StreamRequest request,
      String userAgent,
      Listener listener) {
    super(pool, origin);
    this.request = request;
    this.userAgent = userAgent;
    this.listener = listener;
    this.body = new ResponseBody(new Taker());
    this.upload = request.body().isEmpty() ? null : new Upload(request.body(), this);
  }

  ResponseBody body() {
    return body;
  }

  /** Whether the body of the request can be sent once more, by another exchange. */
  boolean canBeRepeated() {
    Upload sending = upload;
    return sending == null || !sending.isSubscribed() || request.body().isRepeatable();
  }

  @Override
  boolean isHarmless() {
    return SAFE.contains(request.method())
        && (request.body().isEmpty() || request.body().isRepeatable());
  }

  @Override
  boolean needsFresh() {
    return !isHarmless() || origin.upgrade();
  }

  @Override
  boolean toleratesLateData() {
    return true;
  }

  @Override
  HttpRequest request(boolean http2) {
    HttpRequest made = StreamHeads.request(request, origin, userAgent, http2);
    sent = made;
    return made;
  }

  @Override
  @Nullable EntityDetails entity() {
    return upload == null ? null : new BasicEntityDetails(request.body().length().orElse(-1), null);
  }

  @Override
  void onSent() {
    listener.sent();
  }

  @Override
  void onFailed(Trouble trouble, Retry retry) {
    stopUpload();
    listener.failed(trouble, retry);
  }

  /** Ends it, whatever it is doing. Safe from any thread. */
  void stop() {
    abort();
    stopUpload();
    UpgradedConnection changed = upgraded;
    if (changed != null) {
      changed.stop();
    }
  }

  private void stopUpload() {
    Upload sending = upload;
    if (sending != null) {
      sending.cancel();
    }
  }

  // The request.

  @Override
  public int available() {
    Upload sending = upload;
    return sending != null && !isEnded() && sending.isReady() ? 1 : 0;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    Upload sending = upload;
    if (sending == null) {
      return;
    }
    out = channel;
    if (isEnded()) {
      sending.cancel();
      return;
    }
    sending.writeTo(
        new Upload.Sink() {
          @Override
          public int write(ByteBuffer part) throws IOException {
            return channel.write(part);
          }

          @Override
          public void end() throws IOException {
            channel.endStream(Http1Duplexer.COMPLETE);
          }
        });
  }

  @Override
  public void wake() {
    DataStreamChannel channel = out;
    if (channel != null && !isEnded()) {
      try {
        channel.requestOutput();
      } catch (CancelledKeyException e) {
        // The connection is being closed, which is told otherwise.
        return;
      }
    }
  }

  @Override
  public void broken(String why, @Nullable Throwable cause) {
    reject(new Trouble(CellStatus.CANCELLED, why, cause));
  }

  // The answer.

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context) throws IOException {
    informed();
    if (response.getCode() != 101 || isEnded()) {
      return;
    }
    Connection used = connection();
    if (used == null
        || request.upgrade().isEmpty()
        || !(response instanceof Switching switching)
        || (upload != null && !upload.isEnded())) {
      reject(StreamHeads.invalid(origin, "with a change of protocol that nobody asked for"));
      return;
    }
    begin();
    try {
      HttpHeaders headers = StreamHeads.headers(origin, response, request.method());
      UpgradedConnection changed = new UpgradedConnection(this, used, body);
      upgraded = changed;
      used.session.upgrade(changed);
      listener.head(101, headers, -1, changed);
      changed.start(switching.rest());
    } catch (Trouble trouble) {
      reject(trouble);
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    begin();
    HttpRequest request = sent;
    reusable =
        request != null
            && !origin.upgrade()
            && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    if (isEnded()) {
      return;
    }
    try {
      HttpHeaders headers = StreamHeads.headers(origin, response, this.request.method());
      announced = entity == null ? 0 : StreamHeads.contentLength(origin, response);
      Connection used = connection();
      if (response.getCode() >= 300 && used != null && !used.http2) {
        // HttpCore sends no more of the body then.
        stopUpload();
      }
      if (entity != null) {
        listener.head(response.getCode(), headers, announced, null);
      } else if (release()) {
        listener.lastHead(response.getCode(), headers);
      }
    } catch (Trouble trouble) {
      reject(trouble);
    }
  }

  @Override
  public void consume(ByteBuffer source) {
    if (isEnded()) {
      source.position(source.limit());
      return;
    }
    received += source.remaining();
    if (announced >= 0 && received > announced) {
      source.position(source.limit());
      reject(StreamHeads.invalid(origin, "with more bytes than Content-Length says"));
      return;
    }
    body.add(source);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    if (!isEnded() && announced >= 0 && received != announced) {
      reject(
          StreamHeads.invalid(
              origin, "with " + received + " bytes where Content-Length says " + announced));
      return;
    }
    if (release()) {
      body.complete();
    }
  }

  /** The whole answer has come. */
  private boolean release() {
    Upload sending = upload;
    boolean whole = sending == null || sending.isEnded();
    boolean wanted = whole ? end(reusable) : endEarly();
    stopUpload();
    return wanted;
  }

  /** Both directions of an upgraded connection have ended as they should. */
  void tunnelEnded() {
    Connection used = connection();
    if (used != null) {
      used.gentle = true;
    }
    if (end(false)) {
      body.complete();
      if (body.isDrained()) {
        listener.drained();
      }
    }
  }

  @Override
  void onRelease() {
    allowance.close();
  }

  @Override
  void onPadding(int count) {
    taken(count);
  }

  // The window.

  @Override
  public void updateCapacity(CapacityChannel channel) {
    if (!isEnded()) {
      allowance.through(channel);
    }
  }

  private void taken(int count) {
    UpgradedConnection changed = upgraded;
    if (changed != null) {
      changed.taken();
    } else if (!isEnded()) {
      allowance.taken(count);
    }
  }

  private final class Taker implements ResponseBody.Source {
    @Override
    public void taken(int count) {
      StreamExchange.this.taken(count);
    }

    @Override
    public void drained() {
      // After an upgrade the other direction may still be open.
      if (upgraded == null || isEnded()) {
        listener.drained();
      }
    }

    @Override
    public void cancelled() {
      listener.cancelled();
    }
  }
}
