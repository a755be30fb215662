package dev.followspot.examples.backstagebackend;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows which requests are under way, to end them properly when the server shuts down: watches,
 * followed logs and WebSockets, which end never by themselves, as if the cluster had ended them;
 * the others so that callers see that the answer is not whole.
 */
final class OpenRequests implements RestHandler {

  /** Ends never by itself: a watch, in one of two forms, or a followed log. */
  private static final Pattern ENDLESS =
      Pattern.compile("(?:.*&)?(?:watch|follow)(?:=(?!0(?:&|$)|(?i:false)(?:&|$)).*|&.*|$)");

  private static final String WATCH_SEGMENT = "/watch/";

  private final RestHandler next;
  private final Set<OpenRequest> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  OpenRequests(RestHandler next) {
    this.next = next;
  }

  @Override
  public CompletionStage<RestResponse> handle(RestRequest request) {
    OpenRequest one = new OpenRequest(request);
    open.add(one);
    if (ending) {
      one.end();
    } else {
      var unused = next.handle(one.request).whenComplete(one::answered);
    }
    return one.answer;
  }

  /** How many requests are under way. */
  int count() {
    return open.size();
  }

  /** Takes no new requests, and ends those that would not end by themselves. */
  void endEndless() {
    ending = true;
    open.stream().filter(one -> one.endless).forEach(OpenRequest::end);
  }

  /** Ends all the others, too. */
  void endAll() {
    open.forEach(OpenRequest::end);
  }

  static boolean isEndless(RestRequest request) {
    return ENDLESS.matcher(request.query()).matches()
        || request.path().contains(WATCH_SEGMENT)
        || request.headers().first("Upgrade").isPresent();
  }

  private static RestResponse unavailable(RestRequest request) {
    String url = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return RestResponse.of(
        503,
        HttpHeaders.of("Content-Type", "application/json"),
        HttpBody.of(
            Texts.error(
                503, "ServiceUnavailableError", "the server shuts down", request.method(), url)));
  }

  private final class OpenRequest {

    private final RestRequest request;
    private final boolean endless;
    private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
    private final CancellationSource cancellation = new CancellationSource();
    private final Cancellation.Registration hangUp;
    private @Nullable EndableBody body;
    private boolean ended;

    OpenRequest(RestRequest from) {
      endless = isEndless(from);
      hangUp = from.cancellation().onCancel(cancellation::cancel);
      request =
          new RestRequest(
              from.method(),
              from.mountPoint(),
              from.path(),
              from.query(),
              from.headers(),
              from.body(),
              from.remoteAddress(),
              cancellation.token());
    }

    void answered(@Nullable RestResponse response, @Nullable Throwable failure) {
      if (response == null) {
        over();
        answer.completeExceptionally(
            failure == null ? new IllegalStateException("no response and no failure") : failure);
        return;
      }
      RestResponse tracked = response;
      synchronized (this) {
        if (ended) {
          response.body().discard();
          return;
        }
        if (!response.body().isEmpty()) {
          try {
            tracked = tracked(response);
          } catch (IllegalStateException e) {
            over();
            answer.completeExceptionally(e);
            return;
          }
        }
      }
      if (response.body().isEmpty()) {
        over();
      }
      answer.complete(tracked);
    }

    private RestResponse tracked(RestResponse response) {
      boolean webSocket =
          response.tunnel() != null
              && response.headers().first("Upgrade").orElse("").equalsIgnoreCase("websocket");
      HttpBody from = response.body();
      EndableBody endable =
          new EndableBody(from.publisher(), webSocket ? new WebSocketFrames() : null, this::over);
      body = endable;
      return new RestResponse(
          response.status(),
          response.headers(),
          from.length().isPresent()
              ? HttpBody.of(endable, from.length().getAsLong())
              : HttpBody.of(endable),
          response.tunnel());
    }

    void end() {
      EndableBody open;
      synchronized (this) {
        open = body;
        if (ended) {
          return;
        }
        ended = true;
      }
      if (open == null) {
        answer.complete(unavailable(request));
        cancellation.cancel();
        over();
      } else if (endless) {
        open.complete();
      } else {
        open.breakOff();
      }
    }

    private void over() {
      hangUp.close();
      open.remove(this);
    }
  }
}
