package dev.followspot.core.proxy;

import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.http.ApiStreams;
import dev.followspot.core.http.StreamRequest;
import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.ProxyRequest;
import dev.followspot.spi.ProxyResponse;
import dev.followspot.spi.RequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What lies below all interceptors: adds the credential and sends. */
final class Sender implements ProxyInterceptor {

  private static final String CLIENT_CERTIFICATE = "clientCertificate";

  private final BiFunction<Cluster, RequestContext, CredentialSource> credentials;
  private final Predicate<Cluster> takesTokensOfCallers;
  private final ApiStreams streams;

  Sender(
      BiFunction<Cluster, RequestContext, CredentialSource> credentials,
      Predicate<Cluster> takesTokensOfCallers,
      ApiStreams streams) {
    this.credentials = credentials;
    this.takesTokensOfCallers = takesTokensOfCallers;
    this.streams = streams;
  }

  @Override
  public CompletionStage<ProxyResponse> handle(ProxyRequest request) {
    Target target;
    try {
      Asked.checkMethod(request.method());
      target = Target.of(request.path(), request.query());
    } catch (Refusal e) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "an interceptor made a request that cannot be sent: " + e.message()));
    }
    HttpHeaders headers = Hygiene.endToEnd(request.headers());
    boolean endless = Asked.isEndless(request.method(), target, headers);
    if (endless) {
      // A compressor holds lines back until it has a block.
      headers = headers.with("Accept-Encoding", "identity");
    }
    CompletionStage<StreamResponse> answer =
        headers.contains("Authorization")
            ? send(
                new Try(request, asCaller(request.cluster()), target, headers), Credential.none())
            : withCredential(new Try(request, request.cluster(), target, headers));
    return answer.thenApply(response -> checked(request, response, endless));
  }

  /** API servers look at a certificate first, and would take the caller for the portal. */
  private static Cluster asCaller(Cluster cluster) {
    return cluster.authProvider().equals(CLIENT_CERTIFICATE)
        ? cluster.toBuilder().tls(cluster.tls().withoutClientCertificate()).build()
        : cluster;
  }

  /** What is sent, maybe twice. */
  private record Try(ProxyRequest request, Cluster cluster, Target target, HttpHeaders headers) {

    boolean canRepeat() {
      return request.body().isEmpty() || request.body().isRepeatable();
    }

    boolean isCancelled() {
      return request.context().cancellation().isCancelled();
    }
  }

  private CompletionStage<StreamResponse> withCredential(Try first) {
    Cluster cluster = first.request().cluster();
    RequestContext context = first.request().context();
    CredentialSource source = credentials.apply(cluster, context);
    return ask(cluster, source::credential)
        .exceptionallyCompose(failure -> withoutCredential(cluster, context, failure))
        .thenCompose(
            credential ->
                send(first, credential)
                    .thenCompose(
                        response ->
                            response.status() == 401 && first.canRepeat()
                                ? again(first, source, credential, response)
                                : CompletableFuture.completedFuture(response)));
  }

  private CompletionStage<Credential> withoutCredential(
      Cluster cluster, RequestContext context, Throwable failure) {
    Throwable cause = Stages.cause(failure);
    if (cause instanceof CredentialException missing && takesTokensOfCallers.test(cluster)) {
      // Backstage lets such a cluster answer for itself.
      return cluster.authProvider().equals("aks") && context.auth().token("aks").isEmpty()
          ? CompletableFuture.completedFuture(Credential.none())
          : CompletableFuture.failedFuture(
              new AuthenticationException(
                  "Cluster '"
                      + cluster.name()
                      + "': "
                      + missing.getMessage()
                      + ", in header "
                      + CallerTokens.header(cluster)));
    }
    return CompletableFuture.failedFuture(cause);
  }

  /** The cluster does not take the credential, which may have been replaced since. */
  private CompletionStage<StreamResponse> again(
      Try first, CredentialSource source, Credential rejected, StreamResponse refusal) {
    return ask(first.request().cluster(), () -> source.refresh(rejected))
        .handle((fresh, failure) -> fresh == null || fresh.equals(rejected) ? null : fresh)
        .thenCompose(
            fresh -> {
              if (fresh == null) {
                return CompletableFuture.completedFuture(refusal);
              }
              refusal.body().discard();
              return send(first, fresh);
            });
  }

  private CompletionStage<StreamResponse> send(Try first, Credential credential) {
    ProxyRequest request = first.request();
    if (first.isCancelled()) {
      return CompletableFuture.failedFuture(
          new ApiFailure(CellStatus.CANCELLED, "nobody waits any more", Duration.ZERO, null));
    }
    return streams.stream(
        new StreamRequest(
            first.cluster(),
            credential,
            request.method(),
            first.target().path(),
            first.target().query(),
            first.headers(),
            request.body(),
            request.upgrade(),
            // The proxy's own timer knows of slow uploads and silent logs.
            request.context().withDeadline(Deadline.never())));
  }

  private static ProxyResponse checked(
      ProxyRequest request, StreamResponse response, boolean endless) {
    boolean switched = response.status() == 101;
    if (response.status() < 101
        || (response.status() > 101 && response.status() < 200)
        || response.status() > 999
        || switched != (response.tunnel() != null)
        || (switched && !request.isUpgrade())) {
      response.body().discard();
      throw new ApiFailure(
          CellStatus.INVALID_RESPONSE,
          "it answered with status " + response.status() + ", which is no answer to this request",
          Duration.ZERO,
          null);
    }
    return new ProxyResponse(
        response.status(),
        switched
            ? Hygiene.ofCluster(request.method(), 101, response.headers())
            : safe(request.method(), response.status(), response.headers(), endless),
        response.body(),
        response.tunnel());
  }

  /**
   * What a cluster sends is data: it never runs as a page of the portal, and is never held back.
   */
  private static HttpHeaders safe(String method, int status, HttpHeaders headers, boolean endless) {
    HttpHeaders clean =
        Hygiene.ofCluster(method, status, headers)
            .with("Content-Security-Policy", "sandbox")
            .with("X-Content-Type-Options", "nosniff");
    return endless
        ? clean.and("Cache-Control", "no-transform").and("X-Accel-Buffering", "no")
        : clean;
  }

  /** Asks a source that others wrote, which may do anything. */
  private static CompletionStage<Credential> ask(
      Cluster cluster, Supplier<? extends @Nullable CompletionStage<Credential>> source) {
    CompletionStage<Credential> stage;
    try {
      stage = source.get();
    } catch (RuntimeException | LinkageError e) {
      return CompletableFuture.failedFuture(failure(cluster, e));
    }
    if (stage == null) {
      return CompletableFuture.failedFuture(failure(cluster, null));
    }
    return stage.handle(
        (credential, thrown) -> {
          if (thrown != null || credential == null) {
            throw failure(cluster, thrown);
          }
          return credential;
        });
  }

  /** The message of any other exception could hold a secret, so only its class is told. */
  private static CredentialException failure(Cluster cluster, @Nullable Throwable thrown) {
    Throwable cause = thrown == null ? null : Stages.cause(thrown);
    return cause instanceof CredentialException known
        ? known
        : new CredentialException(
            "the source of credentials of cluster '"
                + cluster.name()
                + (cause == null ? "' gave null" : "' failed with " + cause.getClass().getName()));
  }

  @Override
  public String toString() {
    return "the proxy";
  }
}
