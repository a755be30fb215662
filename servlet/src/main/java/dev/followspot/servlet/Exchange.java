package dev.followspot.servlet;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One request and its response, from the start of asynchronous processing to its end. */
final class Exchange implements Outbound.Outcome {

  /** Where an exchange is while it waits for the container to call the servlet again. */
  private static final String ATTRIBUTE = Exchange.class.getName();

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final IncomingParts parts;
  private final BiConsumer<String, Throwable> log;
  private final ResponseHead head;
  private final String pathToServlet;
  private final AsyncContext async;

  private final Gate gate = new Gate();
  private final CancellationSource cancellation = new CancellationSource();
  private final @Nullable CallerConnection connection;
  private final CallerWatch watch;
  private final Inbound inbound;
  private final HttpBody body;
  private final long bodyLength;

  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile @Nullable Outbound outbound;
  private final AtomicReference<@Nullable RestResponse> upgrade = new AtomicReference<>();
  private volatile @Nullable CutException cut;
  private volatile boolean endsWithConnection;
  private volatile boolean readsAway;
  private volatile boolean ending;

  /**
   * Starts asynchronous processing.
   *
   * @param log takes what is to be told to the operator
   */
  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      IncomingParts parts,
      BiConsumer<String, Throwable> log)
      throws IOException {
    this.request = request;
    this.response = response;
    this.parts = parts;
    this.log = (what, failure) -> log.accept(what, Untold.of(failure));
    this.head = new ResponseHead(request, response);
    this.pathToServlet = IncomingParts.pathToServlet(request);
    this.connection =
        request.getAttribute(CallerConnection.ATTRIBUTE) instanceof CallerConnection given
            ? given
            : null;
    this.watch = new CallerWatch(connection, this::hangUp);
    this.bodyLength = request.getContentLengthLong();
    this.inbound = new Inbound(gate, request::getInputStream, bodyLength, this::requestRead);
    this.body = IncomingParts.hasBody(request) ? body() : HttpBody.none();
    this.async = request.startAsync(request, response);
    async.setTimeout(0);
    async.addListener(new Listener());
  }

  private HttpBody body() {
    return bodyLength < 0 ? HttpBody.of(inbound) : HttpBody.of(inbound, bodyLength);
  }

  /** The exchange that asked for a second call of the servlet, null if there is none. */
  static @Nullable Exchange waiting(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Exchange exchange ? exchange : null;
  }

  /** Has the request answered. */
  void run(RestHandler handler, HttpHeaders headers) {
    if (body.isEmpty()) {
      watch.start();
    }
    String remote = request.getRemoteAddr();
    RestRequest incoming =
        new RestRequest(
            head.method(),
            parts.mountPoint(),
            parts.path(),
            parts.query(),
            headers,
            body,
            remote == null ? "" : remote,
            cancellation.token());
    CompletionStage<RestResponse> answer;
    try {
      answer = Objects.requireNonNull(handler.handle(incoming), "the handler's answer");
    } catch (Throwable e) {
      answer(null, e);
      return;
    }
    answer.whenComplete(this::answer);
  }

  private void answer(@Nullable RestResponse given, @Nullable Throwable failure) {
    if (!answered.compareAndSet(false, true)) {
      if (given != null) {
        given.body().discard();
      }
    } else if (failure != null || given == null) {
      fail(failure == null ? new NullPointerException("the handler's answer") : failure);
    } else if (given.status() == 101) {
      startUpgrade(given);
    } else {
      send(given);
    }
  }

  /** Answers for the handler, unless it has answered. */
  private void refuse(int status, String name, String message) {
    if (answered.compareAndSet(false, true)) {
      cancel();
      byte[] error = ErrorAnswer.of(status, name, message, head.method(), parts.url());
      try {
        gate.pass(
            () -> {
              head.writeRefusal(status, error);
              return true;
            },
            false);
      } catch (IOException | RuntimeException e) {
        // The container has ended the response already.
      }
      complete();
    }
  }

  private void fail(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!gate.isClosed()) {
      log.accept("the handler failed to answer " + head.method() + " " + parts.path(), cause);
    }
    HttpHeaders headers = HttpHeaders.of("Content-Type", ErrorAnswer.CONTENT_TYPE);
    send(RestResponse.of(500, headers, HttpBody.of(head.internalError(parts))));
  }

  private void send(RestResponse given) {
    try {
      Outbound starting = gate.<@Nullable Outbound>pass(() -> begin(given), null);
      if (starting == null) {
        given.body().discard();
        complete();
      } else if (!keep(starting)) {
        given.body().discard();
      } else if (head.hasNoBody(given) || given.body().isEmpty()) {
        given.body().discard();
        starting.start(HttpBody.none().publisher());
      } else {
        starting.start(given.body().publisher());
      }
    } catch (IOException | RuntimeException e) {
      log.accept("the response to " + head.method() + " " + parts.path() + " cannot be sent", e);
      given.body().discard();
      brokenOff(e);
    }
  }

  /** Writes the head. Returns null if that is all, and can wait for the end of the exchange. */
  private @Nullable Outbound begin(RestResponse given) throws IOException {
    boolean unread = !body.isEmpty() && !inbound.isComplete();
    readsAway = unread && head.keepsConnection(given) && inbound.leave();
    boolean follows = head.write(given, unread && !readsAway);
    if (head.hasNoBody(given) || (readsAway && !follows)) {
      // Flushed: before the request is read away, and since containers would announce the length
      // of the body that is not there.
      return new Outbound(gate, response.getOutputStream(), -1, -1, this);
    }
    if (!follows) {
      return null;
    }
    endsWithConnection = head.endsWithConnection(given.body());
    long length = given.body().length().orElse(-1);
    int unflushedEnd = readsAway ? -1 : Outbound.SMALL;
    return new Outbound(gate, response.getOutputStream(), length, unflushedEnd, this);
  }

  private boolean keep(Outbound starting) {
    outbound = starting;
    return !gone.get();
  }

  private void startUpgrade(RestResponse given) {
    CallerConnection taken = connection;
    if (taken == null) {
      upgrade.set(given);
      if (!callAgain()) {
        abandonUpgrade();
      }
    } else {
      watch.close();
      if (!giveAway(given, taken)) {
        given.body().discard();
      }
    }
  }

  /** The container is not going to call again, so that nobody else ends what was opened. */
  private void abandonUpgrade() {
    RestResponse abandoned = upgrade.getAndSet(null);
    if (abandoned != null) {
      abandoned.body().discard();
      cancel();
    }
  }

  private boolean giveAway(RestResponse given, CallerConnection taken) {
    try {
      boolean open =
          gate.pass(
              () -> {
                head.writeUpgrade(given, response);
                taken.upgrade(
                    UpgradedConnection.of(
                        given.body(), Objects.requireNonNull(given.tunnel()), this::cancel));
                return true;
              },
              false);
      complete();
      return open;
    } catch (IOException | RuntimeException e) {
      fail(e);
      return false;
    }
  }

  /** Only a container's thread may upgrade a connection, and only an exception cuts one. */
  private boolean callAgain() {
    watch.close();
    if (!gate.close()) {
      return false;
    }
    request.setAttribute(ATTRIBUTE, this);
    try {
      async.dispatch(pathToServlet);
      return true;
    } catch (IllegalStateException e) {
      // The container has ended it already.
      return false;
    }
  }

  /** In a thread of the container, which waits for the end of the call. */
  void calledAgain(HttpServletRequest again, HttpServletResponse answer) throws IOException {
    again.removeAttribute(ATTRIBUTE);
    RestResponse switching = upgrade.getAndSet(null);
    CutException reason = cut;
    if (switching != null) {
      upgrade(switching, again, answer);
    } else if (reason != null && answer.isCommitted()) {
      CallerConnection given = connection;
      if (endsWithConnection && given != null) {
        given.reset();
      }
      throw reason;
    } else {
      head.writeError(answer, 500, head.internalError(parts));
    }
  }

  private void upgrade(RestResponse switching, HttpServletRequest again, HttpServletResponse answer)
      throws IOException {
    try {
      head.writeUpgrade(switching, answer);
      UpgradedConnection.start(
          again,
          answer,
          UpgradedConnection.of(
              switching.body(), Objects.requireNonNull(switching.tunnel()), this::cancel));
    } catch (IOException | ServletException | RuntimeException e) {
      log.accept("the connection of " + parts.path() + " cannot be upgraded", e);
      switching.body().discard();
      cancel();
      head.writeError(answer, 500, head.internalError(parts));
    }
  }

  /** Only once the request is read to its end, the connection can be watched. */
  private void requestRead(Inbound.End end) {
    switch (end) {
      case COMPLETE -> watch.start();
      case STALLED -> refuse(408, "RequestTimeoutError", "the body came too slowly");
      case BROKEN_OFF -> {
        refuse(400, "InputError", "the body is malformed, or broke off");
        hangUp();
      }
      case GIVEN_UP -> {}
    }
  }

  private void hangUp() {
    if (!gate.isClosed() && gone.compareAndSet(false, true)) {
      gate.outside(this::endForNobody);
    }
  }

  private void endForNobody() {
    if (!ending) {
      cancel();
    }
    inbound.fail(new CallerGoneException());
    Outbound sending = outbound;
    if (sending != null) {
      sending.stop();
    }
    try {
      gate.pass(
          () -> {
            head.writeGone();
            return true;
          },
          false);
    } catch (IOException | RuntimeException e) {
      // Nobody is there to read it.
    }
    complete();
  }

  private void cancel() {
    try {
      cancellation.cancel();
    } catch (RuntimeException e) {
      log.accept("what was to end with " + head.method() + " " + parts.path() + " failed", e);
    }
  }

  private void complete() {
    watch.close();
    if (!gate.close()) {
      return;
    }
    gate.whenEmpty(this::completeNow);
    inbound.fail(new IOException("the request has been answered, and is not read any more"));
  }

  private void completeNow() {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // The container has ended it already.
    }
  }

  @Override
  public void ending() {
    ending = true;
    watch.close();
  }

  @Override
  public void sent() {
    if (readsAway) {
      // Containers take only what is there already, or hold a thread until the rest is there; also
      // after an error that took the place of the answer and ends the connection.
      new Inbound(gate, request::getInputStream, bodyLength, end -> {})
          .subscribe(new Unwanted(this::complete));
    } else {
      complete();
    }
  }

  @Override
  public @Nullable ByteBuffer instead(Throwable cause) {
    try {
      return gate.<@Nullable ByteBuffer>pass(
          () -> {
            if (response.isCommitted()) {
              return null;
            }
            log.accept(
                "the response to " + head.method() + " " + parts.path() + " broke off", cause);
            byte[] error = head.internalError(parts);
            head.startError(response, 500, error.length);
            return ByteBuffer.wrap(error);
          },
          null);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public void brokenOff(Throwable cause) {
    cut = new CutException(cause);
    if (callAgain()) {
      inbound.fail(new IOException("the response broke off", cause));
    }
  }

  @Override
  public void callerGone(Throwable cause) {
    hangUp();
  }

  /** What the container says. */
  private final class Listener implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      hangUp();
      abandonUpgrade();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      hangUp();
      abandonUpgrade();
    }

    @Override
    public void onError(AsyncEvent event) {
      hangUp();
      abandonUpgrade();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
