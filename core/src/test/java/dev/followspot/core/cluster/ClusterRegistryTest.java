package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterRegistryTest {

  private static final ClusterSettings SETTINGS =
      new ClusterSettings(Duration.ofSeconds(100), Duration.ofSeconds(30));
  private static final RequestContext ANYBODY = RequestContext.create();

  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<Cluster> removed = new ArrayList<>();

  @AfterEach
  void shut_down() {
    scheduler.shutdownNow();
  }

  /** Answers when the test says so, and remembers who asked. */
  private static final class Supplier implements ClusterSupplier {
    final List<CompletableFuture<List<Cluster>>> asked = new ArrayList<>();
    final List<RequestContext> contexts = new ArrayList<>();
    final boolean perCaller;

    Supplier(boolean perCaller) {
      this.perCaller = perCaller;
    }

    @Override
    public CompletionStage<List<Cluster>> clusters(RequestContext context) {
      CompletableFuture<List<Cluster>> answer = new CompletableFuture<>();
      asked.add(answer);
      contexts.add(context);
      return answer;
    }

    @Override
    public boolean dependsOnCaller() {
      return perCaller;
    }

    void answer(String... names) {
      asked.get(asked.size() - 1).complete(list(names));
    }

    void fail(String message) {
      asked.get(asked.size() - 1).completeExceptionally(new IllegalStateException(message));
    }
  }

  private static List<Cluster> list(String... names) {
    return Arrays.stream(names).map(name -> cluster(name, "somewhere")).toList();
  }

  private static Cluster cluster(String name, String origin) {
    return Cluster.named(name)
        .url("https://" + name + ".example")
        .authProvider("aks")
        .origin(origin)
        .build();
  }

  private ClusterRegistry registry(ClusterSupplier... suppliers) {
    List<ClusterSource> sources = new ArrayList<>();
    for (ClusterSupplier supplier : suppliers) {
      sources.add(new ClusterSource("source " + sources.size(), supplier));
    }
    return new ClusterRegistry(
        sources, SETTINGS, scheduler, Runnable::run, Clock.systemUTC(), removed::add);
  }

  private static CompletableFuture<ClusterSnapshot> ask(
      ClusterRegistry registry, RequestContext context) {
    return registry.clusters(context).toCompletableFuture();
  }

  private static ClusterSnapshot now(ClusterRegistry registry) {
    CompletableFuture<ClusterSnapshot> answer = ask(registry, ANYBODY);
    assertThat(answer).as("answers at once").isCompleted();
    return answer.join();
  }

  private static List<String> names(ClusterSnapshot snapshot) {
    return snapshot.clusters().stream().map(Cluster::name).toList();
  }

  @Test
  void nobody_is_asked_before_clusters_are_wanted_and_then_once_for_all_who_wait() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier);
    assertThat(supplier.asked).isEmpty();
    CompletableFuture<ClusterSnapshot> first = ask(registry, ANYBODY);
    CompletableFuture<ClusterSnapshot> second = ask(registry, ANYBODY);
    assertThat(supplier.asked).hasSize(1);
    assertThat(first).isNotDone();
    supplier.answer("b", "a");
    assertThat(names(first.join())).containsExactly("b", "a");
    assertThat(second.join()).isEqualTo(first.join());
    assertThat(names(now(registry))).containsExactly("b", "a");
    assertThat(supplier.asked).hasSize(1);
  }

  @Test
  void who_loses_interest_gets_what_is_known_and_takes_nothing_from_others() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(request -> done("quick"), supplier);
    CancellationSource cancellation = new CancellationSource();
    CompletableFuture<ClusterSnapshot> first =
        ask(registry, ANYBODY.withCancellation(cancellation.token()));
    CompletableFuture<ClusterSnapshot> second = ask(registry, ANYBODY);
    CompletableFuture<ClusterSnapshot> third = ask(registry, ANYBODY);
    cancellation.cancel();
    third.cancel(true);
    assertThat(names(first.join())).containsExactly("quick");
    assertThat(first.join().problems()).singleElement().asString().contains("cancelled");
    assertThat(supplier.contexts.get(0).cancellation().isCancelled()).isFalse();
    assertThat(second).isNotDone();
    supplier.answer("slow");
    assertThat(names(second.join())).containsExactly("quick", "slow");
  }

  @Test
  void a_deadline_bounds_the_waiting_of_its_own_caller_only() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier, request -> done("quick"));
    CompletableFuture<ClusterSnapshot> hasty =
        ask(registry, ANYBODY.withDeadline(Deadline.after(Duration.ofSeconds(5))));
    CompletableFuture<ClusterSnapshot> patient = ask(registry, ANYBODY);
    scheduler.pass(6);
    assertThat(names(hasty.join())).containsExactly("quick");
    assertThat(hasty.join().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
              assertThat(problem.source()).isEqualTo("source 0");
              assertThat(problem.message()).contains("in time for this look-up");
            });
    assertThat(patient).isNotDone();
    supplier.answer("slow");
    assertThat(names(patient.join())).containsExactly("slow", "quick");
    assertThat(patient.join().problems()).isEmpty();
  }

  @Test
  void lists_are_refreshed_in_the_background_give_or_take_a_tenth() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier);
    var unused = ask(registry, ANYBODY);
    supplier.answer("old");
    assertThat(scheduler.waiting())
        .singleElement()
        .satisfies(delay -> assertThat(delay).isBetween(90.0, 110.0));
    scheduler.pass(89);
    assertThat(supplier.asked).hasSize(1);
    scheduler.pass(22);
    assertThat(supplier.asked).hasSize(2);
    assertThat(names(now(registry))).as("while it is refreshed").containsExactly("old");
    supplier.answer("new");
    assertThat(names(now(registry))).containsExactly("new");
    assertThat(removed).extracting(Cluster::name).containsExactly("old");
    scheduler.pass(111);
    assertThat(supplier.asked).hasSize(3);
  }

  @Test
  void the_last_good_list_stays_and_is_stale_while_its_refresh_fails() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier, request -> done("other"));
    var unused = ask(registry, ANYBODY);
    supplier.answer("a");
    assertThat(now(registry).stale()).isFalse();
    scheduler.pass(111);
    supplier.fail("no\nroute");
    ClusterSnapshot stale = now(registry);
    assertThat(names(stale)).containsExactly("a", "other");
    assertThat(stale.stale()).isTrue();
    assertThat(stale.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.message()).contains("since 20", "no route").doesNotContain("\n");
            });
    scheduler.pass(111);
    supplier.answer("b");
    assertThat(now(registry).stale()).isFalse();
    assertThat(now(registry).problems()).isEmpty();
    assertThat(names(now(registry))).containsExactly("b", "other");
  }

  @Test
  void a_source_that_never_had_a_list_is_an_error_and_asked_again_on_demand() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier);
    CompletableFuture<ClusterSnapshot> first = ask(registry, ANYBODY);
    supplier.fail("down");
    assertThat(first.join().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
              assertThat(problem.message()).contains("down");
            });
    assertThat(first.join().stale()).isFalse();
    CompletableFuture<ClusterSnapshot> second = ask(registry, ANYBODY);
    assertThat(supplier.asked).hasSize(2);
    supplier.answer("up");
    assertThat(names(second.join())).containsExactly("up");
    assertThat(second.join().problems()).isEmpty();
  }

  @Test
  void a_supplier_that_hangs_is_given_up_and_told_so() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier, request -> done("other"));
    CompletableFuture<ClusterSnapshot> answer = ask(registry, ANYBODY);
    scheduler.pass(29);
    assertThat(answer).isNotDone();
    scheduler.pass(2);
    assertThat(names(answer.join())).containsExactly("other");
    assertThat(answer.join().problems())
        .singleElement()
        .asString()
        .contains("did not answer within 30000 ms");
    assertThat(supplier.contexts.get(0).cancellation().isCancelled()).isTrue();
    supplier.answer("late");
    CompletableFuture<ClusterSnapshot> again = ask(registry, ANYBODY);
    assertThat(again).isNotDone();
  }

  @Test
  void suppliers_that_throw_or_give_null_harm_no_other() {
    ClusterRegistry registry =
        registry(
            request -> {
              throw new NoClassDefFoundError("com/example/Gone");
            },
            nothing(null),
            nothing(CompletableFuture.completedFuture(null)),
            request -> CompletableFuture.completedFuture(withNull(cluster("half", "x"))),
            new ClusterSupplier() {
              @Override
              public CompletionStage<List<Cluster>> clusters(RequestContext context) {
                return done("odd");
              }

              @Override
              public boolean dependsOnCaller() {
                throw new IllegalStateException("undecided");
              }
            },
            request -> done("fine"));
    ClusterSnapshot snapshot = now(registry);
    assertThat(names(snapshot)).containsExactly("fine");
    assertThat(snapshot.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            thrown -> assertThat(thrown).contains("source 0", "com/example/Gone"),
            noStage -> assertThat(noStage).contains("source 1", "null instead of a stage"),
            noList -> assertThat(noList).contains("source 2", "null instead of clusters"),
            noCluster -> assertThat(noCluster).contains("source 3", "null instead of clusters"),
            undecided -> assertThat(undecided).contains("source 4", "undecided"));
  }

  @Test
  void suppliers_that_depend_on_the_caller_are_asked_each_time_as_the_caller() {
    Supplier supplier = new Supplier(true);
    ClusterRegistry registry = registry(supplier);
    RequestContext ann = ANYBODY.withDeadline(Deadline.after(Duration.ofSeconds(5)));
    CompletableFuture<ClusterSnapshot> first = ask(registry, ann);
    supplier.answer("anns");
    assertThat(names(first.join())).containsExactly("anns");
    assertThat(supplier.contexts.get(0).deadline().remaining()).isLessThan(Duration.ofSeconds(6));
    CompletableFuture<ClusterSnapshot> second = ask(registry, ANYBODY);
    assertThat(second).isNotDone();
    supplier.fail("unknown user");
    assertThat(names(second.join())).isEmpty();
    assertThat(second.join().stale()).isFalse();
    assertThat(second.join().problems()).singleElement().asString().contains("unknown user");
    assertThat(scheduler.waiting()).as("nothing is refreshed").isEmpty();
  }

  @Test
  void of_two_clusters_with_one_name_the_first_counts_and_both_places_are_named() {
    ClusterRegistry registry =
        registry(
            request -> CompletableFuture.completedFuture(List.of(cluster("a", "x.yaml:3"))),
            request ->
                CompletableFuture.completedFuture(
                    List.of(cluster("a", "y.yaml:9"), cluster("b", "y.yaml:12"))));
    ClusterSnapshot snapshot = now(registry);
    assertThat(names(snapshot)).containsExactly("a", "b");
    assertThat(snapshot.cluster("a").orElseThrow().origin()).isEqualTo("x.yaml:3");
    assertThat(snapshot.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.toString()).contains("'a'", "x.yaml:3", "y.yaml:9");
            });
  }

  @Test
  void a_cluster_of_the_catalog_never_takes_the_place_of_another_one() {
    Cluster ofCatalog =
        Cluster.named("a")
            .url("https://a.example")
            .authProvider("aks")
            .origin("catalog entity resource:default/a")
            .catalogEntity(EntityRef.parse("resource:default/a"))
            .build();
    ClusterRegistry registry =
        registry(
            request -> CompletableFuture.completedFuture(List.of(ofCatalog)),
            request ->
                CompletableFuture.completedFuture(List.of(cluster("a", "app-config.yaml:9"))));
    ClusterSnapshot snapshot = now(registry);
    assertThat(snapshot.clusters())
        .extracting(Cluster::origin)
        .containsExactly("app-config.yaml:9");
    assertThat(snapshot.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.source()).isEqualTo("catalog entity resource:default/a");
              assertThat(problem.message()).contains("'a' is left out").contains("another name");
            });
  }

  @Test
  void a_closed_registry_refreshes_no_more() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier);
    var unused = ask(registry, ANYBODY);
    supplier.answer("a");
    registry.close();
    scheduler.pass(1000);
    assertThat(supplier.asked).hasSize(1);
    assertThat(scheduler.waiting()).isEmpty();
    assertThat(names(now(registry))).containsExactly("a");
  }

  @Test
  void a_load_that_ends_after_closing_starts_no_refresh() {
    Supplier supplier = new Supplier(false);
    ClusterRegistry registry = registry(supplier);
    CompletableFuture<ClusterSnapshot> answer = ask(registry, ANYBODY);
    registry.close();
    supplier.answer("a");
    assertThat(names(answer.join())).containsExactly("a");
    assertThat(scheduler.waiting()).isEmpty();
  }

  private static CompletionStage<List<Cluster>> done(String... names) {
    return CompletableFuture.completedFuture(list(names));
  }

  // What the contract forbids, and extensions do all the same.
  private static ClusterSupplier nothing(CompletionStage<List<Cluster>> stage) {
    return request -> stage;
  }

  private static List<Cluster> withNull(Cluster cluster) {
    return Arrays.asList(cluster, null);
  }
}
