package dev.followspot.core.proxy;

import dev.followspot.core.cluster.ClusterSnapshot;
import dev.followspot.core.http.ApiStreams;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.AuditSink;
import dev.followspot.spi.Caller;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.ProxyInterceptor;
import dev.followspot.spi.RequestContext;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Sends requests of callers to the API servers of clusters: the route {@code /proxy/*}. Who calls,
 * and whether they may, is found out before.
 *
 * <p>Bodies stream in both directions, upgraded connections too. A caller that hangs up ends the
 * request on the cluster at once. Each request is one {@link dev.followspot.spi.AuditEvent} when it
 * has ended. Safe for use by several threads; it starts none and blocks none.
 */
public final class ClusterProxy implements AutoCloseable {

  /**
   * What a proxy works with.
   *
   * @param clusters all clusters that a caller may know of
   * @param continueOnError whether the clusters that are known count as all of them when a source
   *     of clusters fails
   * @param credentials where the credential for a cluster comes from
   * @param takesTokensOfCallers whether the credential of a cluster is made of a token that the
   *     caller has to bring along
   * @param streams sends requests
   * @param interceptors wraps what sends with the interceptors; called once
   * @param audit is told of each request
   * @param settings times and limits
   * @param scheduler ends what does not end by itself; not shut down here
   * @param clock the time of day, for audit events
   */
  public record Parts(
      Function<RequestContext, CompletionStage<ClusterSnapshot>> clusters,
      boolean continueOnError,
      BiFunction<Cluster, RequestContext, CredentialSource> credentials,
      Predicate<Cluster> takesTokensOfCallers,
      ApiStreams streams,
      UnaryOperator<ProxyInterceptor> interceptors,
      AuditSink audit,
      ProxySettings settings,
      ScheduledExecutorService scheduler,
      Clock clock) {}

  private final Parts parts;
  private final ProxyInterceptor chain;
  private final Set<ProxyCall> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A proxy.
   *
   * @param parts what it works with
   */
  public ClusterProxy(Parts parts) {
    this.parts = parts;
    this.chain =
        parts
            .interceptors()
            .apply(new Sender(parts.credentials(), parts.takesTokensOfCallers(), parts.streams()));
  }

  /**
   * Handles one request.
   *
   * @param request the request, whose path begins with that of the route, such as {@code
   *     /proxy/api/v1/pods}
   * @param caller who asks, and may
   * @return the response, whose body may still come; never a failed stage: failures are answers
   */
  public CompletionStage<RestResponse> handle(RestRequest request, Caller caller) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(caller, "caller");
    ProxyCall call = new ProxyCall(parts, chain, request, caller, calls::remove);
    calls.add(call);
    if (closed) {
      call.close();
    }
    return call.start();
  }

  /**
   * Ends the requests that are under way: those that wait for an answer get 503, watches and
   * followed logs end as if they were complete, and everything else breaks off. Later requests get
   * 503.
   */
  @Override
  public void close() {
    closed = true;
    List.copyOf(calls).forEach(ProxyCall::close);
  }
}
