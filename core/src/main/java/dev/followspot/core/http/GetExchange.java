package dev.followspot.core.http;

import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A GET whose whole answer is gathered in memory. */
final class GetExchange extends Exchange {

  /** Of a length: no more, so that it fits a long. */
  private static final int MOST_DIGITS = 18;

  /** Who waits for the answer. Called on I/O threads, and must not block. */
  interface Listener {
    void sent();

    void progress();

    void answered(Answer answer);

    void failed(Trouble trouble, Exchange.Retry retry);
  }

  /** An answer as it came. */
  @SuppressWarnings("ArrayRecordComponent") // identity is fine: answers are never compared
  record Answer(
      int status,
      @Nullable String contentType,
      @Nullable String retryAfter,
      byte[] body,
      int length,
      @Nullable BodyReader reader) {}

  /** What is asked for. */
  record Question(
      String target,
      String userAgent,
      @Nullable Secret bearer,
      int maxResponseBytes,
      Room.Share room,
      @Nullable Supplier<? extends BodyReader> reader) {}

  private static final byte[] NOTHING = new byte[0];

  private final Question question;
  private final Listener listener;
  private final boolean alone;
  private @Nullable HttpRequest sent;
  private @Nullable HttpResponse head;
  private @Nullable Body body;
  private boolean reusable;

  GetExchange(
      ConnectionPool pool, Origin origin, Question question, boolean alone, Listener listener) {
    super(pool, origin);
    this.question = question;
    this.alone = alone;
    this.listener = listener;
  }

  @Override
  HttpRequest request(boolean http2) {
    BasicHttpRequest request = origin.request("GET", question.target, http2);
    request.addHeader("Accept", "application/json");
    request.addHeader("Accept-Encoding", "gzip");
    request.addHeader("User-Agent", question.userAgent);
    if (question.bearer != null) {
      request.addHeader("Authorization", "Bearer " + question.bearer.reveal());
    }
    sent = request;
    return request;
  }

  @Override
  boolean isHarmless() {
    return true;
  }

  @Override
  boolean isAlone() {
    return alone;
  }

  @Override
  boolean isRestartable() {
    return true;
  }

  @Override
  void onSent() {
    listener.sent();
  }

  @Override
  void onFailed(Trouble trouble, Retry retry) {
    listener.failed(trouble, retry);
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context) throws IOException {
    informed();
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws IOException {
    begin();
    head = response;
    HttpRequest request = sent;
    Connection used = connection();
    reusable =
        used != null
            && !used.http2
            && request != null
            && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    listener.progress();
    if (isEnded()) {
      return;
    }
    if (entity == null) {
      finish();
      return;
    }
    try {
      body =
          new Body(
              origin,
              question.maxResponseBytes,
              contentLength(response),
              value(response, "Content-Encoding"),
              question.room,
              reader(response));
    } catch (Trouble trouble) {
      reject(trouble);
    }
  }

  private @Nullable BodyReader reader(HttpResponse response) {
    boolean success = response.getCode() >= 200 && response.getCode() <= 299;
    return success && question.reader != null ? question.reader.get() : null;
  }

  /** The length of the entity details is not known over HTTP/2; the header is. */
  private static long contentLength(HttpResponse response) {
    String text = value(response, "Content-Length");
    if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
      return -1;
    }
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      length = 10 * length + (digit - '0');
    }
    return length;
  }

  private static @Nullable String value(HttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer source) {
    Body gathered = body;
    if (gathered == null || isEnded()) {
      source.position(source.limit());
      return;
    }
    listener.progress();
    try {
      gathered.add(source);
    } catch (Trouble trouble) {
      source.position(source.limit());
      reject(trouble);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    Body gathered = body;
    if (gathered != null && !isEnded()) {
      try {
        gathered.end();
      } catch (Trouble trouble) {
        reject(trouble);
        return;
      }
    }
    finish();
  }

  private void finish() {
    HttpResponse response = head;
    Body gathered = body;
    if (!end(reusable) || response == null) {
      return;
    }
    listener.answered(
        new Answer(
            response.getCode(),
            value(response, "Content-Type"),
            value(response, "Retry-After"),
            gathered == null ? NOTHING : gathered.array(),
            gathered == null ? 0 : gathered.length(),
            gathered == null ? null : gathered.reader()));
  }

  @Override
  void onRelease() {
    Body gathered = body;
    if (gathered != null) {
      gathered.release();
    }
  }
}
