package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules for a {@link KubernetesFetcher}. Extend it, and make the fetcher; a decorator around
 * {@link #delegate()}:
 *
 * <pre>{@code
 * class StampingFetcherTest extends KubernetesFetcherContract {
 *   protected @Override KubernetesFetcher fetcher() { return new StampingFetcher(delegate()); }
 * }
 * }</pre>
 *
 * <p>A fetcher that drops objects on purpose has to let those of this test pass: pods {@code one}
 * and {@code two} with the label {@code app=order}.
 */
public abstract class KubernetesFetcherContract {

  private static final List<ResourceType> TYPES =
      List.of(ResourceType.SERVICES, ResourceType.PODS, ResourceType.DEPLOYMENTS);

  private final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");

  /** A test of one rule. */
  protected KubernetesFetcherContract() {}

  /**
   * The fetcher under test.
   *
   * @return a fetcher that can reach the mock API server, or wraps {@link #delegate()}
   */
  protected abstract KubernetesFetcher fetcher();

  /**
   * A fetcher to decorate, which lists what the mock API server has.
   *
   * @return the fetcher below
   */
  protected final KubernetesFetcher delegate() {
    return kubernetes.fetcher();
  }

  @BeforeEach
  final void start() {
    kubernetes
        .start()
        .add(
            "dev",
            "{kind: Pod, metadata: {name: one, labels: {app: order}}}",
            "{kind: Pod, metadata: {name: two, labels: {app: order}}}",
            "{kind: Pod, metadata: {name: three, labels: {app: other}}}");
  }

  @AfterEach
  final void close() {
    kubernetes.close();
  }

  @Test
  final void there_is_one_cell_for_each_type_in_the_order_of_the_request() {
    List<Cell> cells = fetch("dev", token("token")).cells();
    assertThat(cells).extracting(Cell::type).containsExactlyElementsOf(TYPES);
    assertThat(cells).extracting(Cell::status).containsOnly(CellStatus.OK);
    assertThat(cells).extracting(Cell::cluster).containsOnly("contract");
    assertThat(cells).extracting(Cell::namespace).containsOnly("dev");
  }

  @Test
  final void the_objects_are_those_that_the_label_selector_selects() {
    Cell pods = fetch("dev", token("token")).cells().get(1);
    assertThat(pods.objects())
        .extracting(KubernetesObject::name)
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  final void no_types_are_no_cells() {
    FetchRequest request = request("dev", token("token"), RequestContext.create());
    assertThat(Contracts.result(() -> fetcher().fetch(request.withTypes(List.of()))).cells())
        .isEmpty();
  }

  @Test
  final void what_is_forbidden_is_a_cell_and_no_failure() {
    List<Cell> cells = fetch("prod", token("token")).cells();
    assertThat(cells).extracting(Cell::status).containsOnly(CellStatus.FORBIDDEN);
    assertThat(cells).extracting(Cell::type).containsExactlyElementsOf(TYPES);
    assertThat(cells).allMatch(Cell::failed);
  }

  @Test
  final void a_missing_credential_is_a_cell_with_its_message_and_no_failure() {
    CompletionStage<Credential> none =
        CompletableFuture.failedFuture(new CredentialException("no token: sign in first"));
    List<Cell> cells = fetch("dev", source(none)).cells();
    assertThat(cells).extracting(Cell::status).containsOnly(CellStatus.CREDENTIAL);
    assertThat(cells).allMatch(cell -> String.valueOf(cell.message()).contains("sign in first"));
  }

  @Test
  final void it_does_not_wait_for_the_credential_but_goes_on_when_it_is_there() {
    CompletableFuture<Credential> later = new CompletableFuture<>();
    FetchRequest request = request("dev", source(later), RequestContext.create());
    CompletionStage<FetchResult> result = Contracts.started(() -> fetcher().fetch(request));
    later.complete(Credential.bearer(Secret.of("token")));
    assertThat(Contracts.await(result).cells())
        .extracting(Cell::status)
        .containsOnly(CellStatus.OK);
  }

  @Test
  final void a_cancelled_request_is_cells_and_no_failure() {
    CancellationSource cancellation = new CancellationSource();
    cancellation.cancel();
    RequestContext context = RequestContext.create().withCancellation(cancellation.token());
    FetchRequest request = request("dev", token("token"), context);
    assertThat(Contracts.result(() -> fetcher().fetch(request)).cells())
        .hasSameSizeAs(TYPES)
        .extracting(Cell::status)
        .containsOnly(CellStatus.CANCELLED);
  }

  @Test
  final void several_threads_may_use_it() {
    KubernetesFetcher fetcher = fetcher();
    FetchRequest request = request("dev", token("token"), RequestContext.create());
    assertThat(Contracts.inManyThreads(() -> fetcher.fetch(request)))
        .extracting(result -> result.cells().get(1).count())
        .containsOnly(2);
  }

  @Test
  final void no_token_is_in_a_cell() {
    kubernetes.user("very-secret", "somebody");
    assertThat(fetch("dev", token("very-secret")).toString()).doesNotContain("very-secret");
    assertThat(fetch("dev", token("wrong-secret")).toString()).doesNotContain("wrong-secret");
  }

  private FetchResult fetch(String namespace, CredentialSource credentials) {
    FetchRequest request = request(namespace, credentials, RequestContext.create());
    return Contracts.result(() -> fetcher().fetch(request));
  }

  private FetchRequest request(
      @Nullable String namespace, CredentialSource credentials, RequestContext context) {
    Cluster cluster = kubernetes.cluster("contract", "token").build();
    return new FetchRequest(cluster, credentials, TYPES, namespace, "app=order", context);
  }

  private static CredentialSource token(String token) {
    return source(CompletableFuture.completedFuture(Credential.bearer(Secret.of(token))));
  }

  private static CredentialSource source(CompletionStage<Credential> credential) {
    return new CredentialSource() {
      @Override
      public CompletionStage<Credential> credential() {
        return credential;
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return CompletableFuture.completedFuture(rejected);
      }
    };
  }
}
