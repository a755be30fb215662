package dev.followspot.core.proxy;

import dev.followspot.core.extension.TrackedCancellation;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent.Outcome;
import dev.followspot.spi.Caller;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.HttpTunnel;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyRequest;
import dev.followspot.spi.ProxyResponse;
import dev.followspot.spi.RequestContext;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the proxy. It is answered once, and it ends once: when the answer
 * has reached its end or broken off, or the caller has hung up. What was begun for it is ended
 * then.
 */
final class ProxyCall {

  private final ClusterProxy.Parts parts;
  private final ProxyInterceptor chain;
  private final RestRequest request;
  private final Caller caller;
  private final Consumer<ProxyCall> over;
  private final AuditTrail trail;
  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
  private final CancellationSource cancellation = new CancellationSource();
  private final TrackedCancellation tracked = new TrackedCancellation(cancellation.token());
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CallerBytes upload;
  private final HeadTimer timer;
  private final HttpBody body;
  private volatile boolean callerGone;
  private volatile boolean uploadBroken;
  private volatile String cluster = "";
  private volatile boolean endless;
  private volatile @Nullable AnswerBytes bytes;
  private volatile Cancellation.@Nullable Registration registration;

  /**
   * Nothing happens yet.
   *
   * @param over is called when it has ended
   */
  ProxyCall(
      ClusterProxy.Parts parts,
      ProxyInterceptor chain,
      RestRequest request,
      Caller caller,
      Consumer<ProxyCall> over) {
    this.parts = parts;
    this.chain = chain;
    this.request = request;
    this.caller = caller;
    this.over = over;
    trail = new AuditTrail(parts.audit(), request, caller, parts.clock());
    upload = new CallerBytes(request.body()::publisher, () -> uploadBroken = true);
    timer = new HeadTimer(parts.scheduler(), parts.settings().timeout(), upload, this::late);
    body = request.body().isRepeatable() ? request.body() : body(request.body(), upload);
  }

  private static HttpBody body(HttpBody original, Publisher<ByteBuffer> parts) {
    return original.length().isPresent()
        ? HttpBody.of(parts, original.length().getAsLong())
        : HttpBody.of(parts);
  }

  CompletionStage<RestResponse> start() {
    registration = request.cancellation().onCancel(this::hungUp);
    if (ended.get()) {
      unregister();
      return answer;
    }
    try {
      proceed();
    } catch (RejectedExecutionException e) {
      refuse(Refusals.closed());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      fail(e);
    }
    return answer;
  }

  private void proceed() {
    Asked.checkMethod(request.method());
    Target target = Target.of(below(request.path()), request.query());
    String upgrade = Asked.upgrade(request.method(), request.headers());
    if (!upgrade.isEmpty() && !body.isEmpty()) {
      throw Refusal.input("a request with a body cannot upgrade its connection; leave one out");
    }
    CallerTokens tokens = CallerTokens.of(request.headers());
    HttpHeaders headers = tokens.put(Hygiene.ofCaller(request.headers()));
    endless = Asked.isEndless(request.method(), target, headers);
    RequestContext context =
        new RequestContext(
            caller, tokens.auth(), Deadline.after(parts.settings().timeout()), tracked);
    timer.start();
    parts
        .clusters()
        .apply(context)
        .thenCompose(
            known -> {
              Cluster chosen = ClusterChoice.of(known, parts.continueOnError(), request.headers());
              cluster = chosen.name();
              if (Asked.isFollow(request.method(), target)) {
                // When a silent log has its first line, and with it a head, nobody knows.
                timer.stop();
              }
              return chain.handle(
                  new ProxyRequest(
                      chosen,
                      request.method(),
                      target.path(),
                      target.query(),
                      headers,
                      body,
                      upgrade,
                      context.withAuth(tokens.auth(chosen))));
            })
        .whenComplete(
            (response, failure) -> {
              try {
                if (failure != null) {
                  fail(failure);
                } else if (response == null) {
                  fail(new IllegalStateException("an interceptor completed with null"));
                } else {
                  answer(response, upgrade);
                }
              } catch (RuntimeException e) {
                fail(e);
              }
            });
  }

  /** The path below the route, whose name was compared without regard to case. */
  private static String below(String path) {
    int slash = path.indexOf('/', 1);
    return slash < 0 ? "/" : path.substring(slash);
  }

  private void answer(ProxyResponse response, String upgrade) {
    boolean switched = response.status() == 101;
    if ((switched && upgrade.isEmpty()) || (!switched && response.status() < 200)) {
      response.body().discard();
      throw Refusal.internal(
          "Error", "an interceptor answered with status " + response.status() + " by itself");
    }
    HttpHeaders headers = Hygiene.ofAnswer(request.method(), response.status(), response.headers());
    if (switched) {
      // The caller may have offered several.
      headers = headers.and("Upgrade", upgrade);
    }
    int size = AnswerHeaders.size(headers);
    if (size > AnswerHeaders.MAX) {
      response.body().discard();
      throw Refusals.tooManyHeaders(cluster, size, AnswerHeaders.MAX);
    }
    if (!switched && (hasNoBody(response) || response.body().isEmpty())) {
      response.body().discard();
      answerWhole(RestResponse.of(response.status(), headers, HttpBody.none()), Outcome.COMPLETED);
      return;
    }
    AnswerBytes observed =
        new AnswerBytes(response.body().publisher(), outcome -> end(outcome, response.status()));
    RestResponse shown =
        new RestResponse(
            response.status(),
            headers,
            body(response.body(), observed),
            switched ? tunnel(response.tunnel()) : null);
    bytes = observed;
    if (answer.complete(shown)) {
      body.discard();
      timer.stop();
      if (callerGone) {
        observed.cancel();
      }
    } else {
      bytes = null;
      observed.breakOff();
    }
  }

  private boolean hasNoBody(ProxyResponse response) {
    return request.method().equals("HEAD") || response.status() == 204 || response.status() == 304;
  }

  private @Nullable HttpTunnel tunnel(@Nullable HttpTunnel tunnel) {
    return tunnel == null
        ? null
        : fromCaller -> tunnel.send(new CallerBytes(() -> fromCaller, () -> uploadBroken = true));
  }

  private void answerWhole(RestResponse response, Outcome outcome) {
    if (answer.complete(response)) {
      end(outcome, response.status());
    }
  }

  private void fail(Throwable failure) {
    Refusal refusal =
        uploadBroken
            ? Refusal.input("the body of the request broke off")
            : Refusals.of(failure, cluster);
    refuse(refusal);
  }

  private void refuse(Refusal refusal) {
    Outcome outcome =
        uploadBroken ? Outcome.ABORTED : refusal.status() < 500 ? Outcome.DENIED : Outcome.FAILED;
    answerWhole(ErrorAnswers.of(request, refusal), outcome);
  }

  private void late() {
    long limit = parts.settings().timeout().toMillis();
    refuse(
        upload.isAwaited()
            ? Refusal.stalled(
                "nothing more of the body came within " + limit + " ms; send it whole")
            : Refusals.late(cluster, tracked.awaited(), limit));
  }

  private void hungUp() {
    callerGone = true;
    AnswerBytes coming = bytes;
    if (coming != null) {
      coming.cancel();
    }
    // Nobody reads this.
    if (answer.complete(RestResponse.of(499, HttpHeaders.none(), HttpBody.none()))) {
      end(Outcome.ABORTED, 0);
    }
  }

  /** Followspot ends: a watch as if it were complete, since its caller knows how to go on. */
  void close() {
    AnswerBytes coming = bytes;
    if (coming == null) {
      refuse(Refusals.closed());
    } else if (endless) {
      coming.close();
    } else {
      coming.breakOff();
    }
  }

  private void end(Outcome outcome, int status) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    timer.stop();
    unregister();
    over.accept(this);
    boolean aborted = callerGone || (uploadBroken && outcome == Outcome.FAILED);
    try {
      request.body().discard();
      // Also what an interceptor began and forgot.
      cancellation.cancel();
    } finally {
      trail.end(cluster, aborted ? Outcome.ABORTED : outcome, status);
    }
  }

  private void unregister() {
    Cancellation.Registration taken = registration;
    if (taken != null) {
      taken.close();
    }
  }
}
