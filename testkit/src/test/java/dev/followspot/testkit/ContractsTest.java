package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Caller;
import dev.followspot.spi.Cell;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import dev.followspot.spi.ServiceLocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Good implementations pass the contract tests, and bad ones do not. */
class ContractsTest {

  private static final Cluster ONE =
      Cluster.named("one")
          .url("https://one.example")
          .authProvider("x")
          .serviceAccountToken(Secret.of("one-token"))
          .build();
  private static final Cluster TWO = ONE.toBuilder().url("https://two.example").build();

  @Nested
  class MockFetcherPasses extends KubernetesFetcherContract {
    @Override
    protected KubernetesFetcher fetcher() {
      return delegate();
    }
  }

  @Nested
  class DecoratorPasses extends KubernetesFetcherContract {
    @Override
    protected KubernetesFetcher fetcher() {
      KubernetesFetcher next = delegate();
      return request ->
          next.fetch(request)
              .thenApply(result -> result.mapObjects(o -> o.withAnnotation("seen", "yes")));
    }
  }

  @Nested
  class SupplierPasses extends ClusterSupplierContract {
    @Override
    protected ClusterSupplier supplier() {
      return context -> CompletableFuture.completedFuture(List.of(ONE));
    }
  }

  @Nested
  class StrategyPasses extends StrategyUnderTest {
    StrategyPasses() {
      super(
          (cluster, context) ->
              cluster
                  .serviceAccountToken()
                  .map(token -> CompletableFuture.completedFuture(Credential.bearer(token)))
                  .orElseGet(
                      () ->
                          CompletableFuture.failedFuture(
                              new CredentialException("set serviceAccountToken"))));
    }
  }

  @Nested
  class SharedStrategyPasses extends StrategyUnderTest {
    SharedStrategyPasses() {
      super(
          new AuthStrategy() {
            @Override
            public CompletableFuture<Credential> credential(
                Cluster cluster, RequestContext context) {
              return cluster.serviceAccountToken().isPresent()
                  ? CompletableFuture.completedFuture(Credential.bearer(Secret.of("shared-token")))
                  : CompletableFuture.failedFuture(new CredentialException("set a token"));
            }

            @Override
            public boolean dependsOnCaller() {
              return false;
            }
          });
    }
  }

  @Nested
  class LocatorPasses extends LocatorUnderTest {
    LocatorPasses() {
      super(request -> CompletableFuture.completedFuture(LocateResult.of(request.clusters())));
    }
  }

  @Test
  void a_fetcher_that_loses_cells_blocks_or_fails_does_not_pass() {
    KubernetesFetcherContract loses =
        fetcher(
            next ->
                request ->
                    next.fetch(request).thenApply(r -> new FetchResult(r.cells().subList(0, 1))));
    rejects(loses, loses::there_is_one_cell_for_each_type_in_the_order_of_the_request);

    KubernetesFetcherContract empties =
        fetcher(
            next ->
                request ->
                    next.fetch(request)
                        .thenApply(
                            r ->
                                r.mapCells(
                                    c ->
                                        Cell.ok(c.cluster(), c.namespace(), c.type(), List.of()))));
    rejects(empties, empties::the_objects_are_those_that_the_label_selector_selects);
    rejects(empties, empties::what_is_forbidden_is_a_cell_and_no_failure);
    rejects(empties, empties::several_threads_may_use_it);

    KubernetesFetcherContract fails =
        fetcher(next -> r -> CompletableFuture.failedFuture(new IllegalStateException("no")));
    rejects(fails, fails::what_is_forbidden_is_a_cell_and_no_failure);
    rejects(fails, fails::a_missing_credential_is_a_cell_with_its_message_and_no_failure);
    rejects(fails, fails::a_cancelled_request_is_cells_and_no_failure);

    KubernetesFetcherContract nothing = fetcher(next -> request -> null);
    rejects(nothing, nothing::no_types_are_no_cells);
  }

  @Test
  void a_supplier_with_a_name_twice_or_without_an_answer_does_not_pass() {
    ClusterSupplierContract twice =
        supplier(context -> CompletableFuture.completedFuture(List.of(ONE, TWO)));
    assertThatThrownBy(twice::no_name_occurs_twice).isInstanceOf(AssertionError.class);
    ClusterSupplierContract none =
        supplier(context -> CompletableFuture.completedFuture(List.of()));
    assertThatThrownBy(none::it_finds_clusters).isInstanceOf(AssertionError.class);
    ClusterSupplierContract isNull = supplier(context -> CompletableFuture.completedFuture(null));
    assertThatThrownBy(isNull::it_finds_clusters).hasMessageContaining("completed with null");
  }

  @Test
  void a_strategy_that_depends_on_callers_without_saying_so_or_fails_otherwise_does_not_pass() {
    AuthStrategyContract secretly =
        new StrategyUnderTest(
            new AuthStrategy() {
              @Override
              public CompletableFuture<Credential> credential(
                  Cluster cluster, RequestContext context) {
                Caller caller = context.caller();
                String token = Integer.toString(caller.name().length());
                return CompletableFuture.completedFuture(Credential.bearer(Secret.of(token)));
              }

              @Override
              public boolean dependsOnCaller() {
                return false;
              }
            }) {};
    assertThatThrownBy(secretly::what_does_not_depend_on_the_caller_is_the_same_for_every_caller)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(secretly::a_missing_credential_is_a_failure_that_says_why)
        .hasMessageContaining("a failure was expected");
    AuthStrategyContract wrongly =
        new StrategyUnderTest(
            (cluster, context) ->
                CompletableFuture.failedFuture(new IllegalStateException("x"))) {};
    assertThatThrownBy(wrongly::a_missing_credential_is_a_failure_that_says_why)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(wrongly::it_makes_a_credential).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_locator_that_invents_or_repeats_clusters_does_not_pass() {
    ServiceLocatorContract invents =
        new LocatorUnderTest(
            request ->
                CompletableFuture.completedFuture(
                    LocateResult.of(List.of(ONE.toBuilder().title("other").build())))) {};
    assertThatThrownBy(invents::what_it_locates_are_clusters_that_there_are_each_once)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(invents::without_clusters_there_is_none_and_no_failure)
        .isInstanceOf(AssertionError.class);
    ServiceLocatorContract none =
        new LocatorUnderTest(
            request -> CompletableFuture.completedFuture(LocateResult.of(List.of()))) {};
    assertThatThrownBy(none::it_locates_the_entity).isInstanceOf(AssertionError.class);
  }

  private static void rejects(KubernetesFetcherContract contract, Runnable rule) {
    contract.start();
    try {
      assertThatThrownBy(rule::run).isInstanceOf(AssertionError.class);
    } finally {
      contract.close();
    }
  }

  private static KubernetesFetcherContract fetcher(UnaryOperator<KubernetesFetcher> decorate) {
    return new KubernetesFetcherContract() {
      @Override
      protected KubernetesFetcher fetcher() {
        return decorate.apply(delegate());
      }
    };
  }

  private static ClusterSupplierContract supplier(ClusterSupplier supplier) {
    return new ClusterSupplierContract() {
      @Override
      protected ClusterSupplier supplier() {
        return supplier;
      }
    };
  }

  abstract static class StrategyUnderTest extends AuthStrategyContract {
    private final AuthStrategy strategy;

    StrategyUnderTest(AuthStrategy strategy) {
      this.strategy = strategy;
    }

    @Override
    protected AuthStrategy strategy() {
      return strategy;
    }

    @Override
    protected Cluster cluster() {
      return ONE;
    }

    @Override
    protected Optional<Cluster> clusterWithoutCredential() {
      return Optional.of(ONE.toBuilder().serviceAccountToken(null).build());
    }
  }

  abstract static class LocatorUnderTest extends ServiceLocatorContract {
    private final ServiceLocator locator;

    LocatorUnderTest(ServiceLocator locator) {
      this.locator = locator;
    }

    @Override
    protected ServiceLocator locator() {
      return locator;
    }

    @Override
    protected List<Cluster> clusters() {
      return List.of(ONE, TWO);
    }

    @Override
    protected Entity entity() {
      return Entity.component("order-service").build();
    }
  }
}
