package dev.followspot.core.proxy;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.http.ApiStreams;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditEvent;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.Problem;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A proxy with everything around it. */
final class Rig implements AutoCloseable {

  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final Caller JANE = Caller.of("user:default/jane");
  static final String MOUNT = "/api/kubernetes";

  final FakeStreams streams = new FakeStreams();
  final List<Cluster> clusters = new ArrayList<>();
  final List<Problem> problems = new ArrayList<>();
  final BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
  final CancellationSource caller = new CancellationSource();
  final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  ApiStreams sending = streams;
  UnaryOperator<ProxyInterceptor> interceptors = base -> base;
  BiFunction<Cluster, RequestContext, CredentialSource> credentials =
      (cluster, context) -> source(bearer("cluster-token"));
  boolean takesTokensOfCallers;
  boolean continueOnError;
  Duration timeout = Duration.ofMinutes(10);
  private ClusterProxy proxy;

  static Rig with(String... names) {
    Rig rig = new Rig();
    for (String name : names) {
      rig.clusters.add(cluster(name).build());
    }
    return rig;
  }

  static Cluster.Builder cluster(String name) {
    return Cluster.named(name).url("https://" + name + ".example.com/base").authProvider("test");
  }

  static Credential bearer(String token) {
    return Credential.bearer(Secret.of(token));
  }

  /** Gives the credentials one after the other; the last one again and again. */
  static CredentialSource source(Credential first, Credential... fresh) {
    return new CredentialSource() {
      private int next;

      @Override
      public CompletionStage<Credential> credential() {
        return CompletableFuture.completedFuture(first);
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return CompletableFuture.completedFuture(next < fresh.length ? fresh[next++] : rejected);
      }
    };
  }

  static CredentialSource failing(RuntimeException failure) {
    return new CredentialSource() {
      @Override
      public CompletionStage<Credential> credential() {
        return CompletableFuture.failedFuture(failure);
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return credential();
      }
    };
  }

  ClusterProxy proxy() {
    if (proxy == null) {
      proxy =
          new ClusterProxy(
              new ClusterProxy.Parts(
                  context ->
                      CompletableFuture.completedFuture(
                          new ClusterSnapshot(clusters, problems, false)),
                  continueOnError,
                  credentials,
                  cluster -> takesTokensOfCallers,
                  sending,
                  interceptors,
                  events::add,
                  new ProxySettings(timeout),
                  scheduler,
                  Clock.fixed(NOW, ZoneOffset.UTC)));
    }
    return proxy;
  }

  RestRequest request(
      String method, String path, String query, HttpHeaders headers, HttpBody body) {
    return new RestRequest(method, MOUNT, path, query, headers, body, "192.0.2.1", caller.token());
  }

  CompletableFuture<RestResponse> ask(RestRequest request) {
    return proxy().handle(request, JANE).toCompletableFuture();
  }

  RestResponse answer(RestRequest request) throws Exception {
    return ask(request).get(30, TimeUnit.SECONDS);
  }

  RestResponse get(String path, String... headers) throws Exception {
    return answer(request("GET", path, "", headers(headers), HttpBody.none()));
  }

  /** Names and values in turn. */
  static HttpHeaders headers(String... namesAndValues) {
    HttpHeaders headers = HttpHeaders.none();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers = headers.and(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  static String text(RestResponse response) throws Exception {
    return Bytes.Taker.of(response.body().publisher()).end.get(30, TimeUnit.SECONDS);
  }

  AuditEvent event() throws InterruptedException {
    AuditEvent event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no audit event came");
    }
    return event;
  }

  @Override
  public void close() {
    proxy().close();
    scheduler.shutdownNow();
  }
}
