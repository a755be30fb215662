package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an extension does wrong at work, its caller gets what it expects. */
class GuardTest {

  private static final String LABEL = "the thing 'bad' (x.Bad in /plugins/bad.jar)";
  private static final RequestContext CONTEXT = RequestContext.create();

  /** A way to fail. */
  record Failing(String kind, Supplier<@Nullable CompletionStage<?>> call, String message) {
    @SuppressWarnings({"unchecked", "NullAway"})
    <T> CompletionStage<T> answer() {
      return (CompletionStage<T>) call.get();
    }

    @Override
    public String toString() {
      return kind;
    }
  }

  static Stream<Failing> failures() {
    return Stream.of(
        new Failing(
            "throws",
            () -> {
              throw new IllegalStateException("no luck");
            },
            "IllegalStateException"),
        new Failing(
            "class missing",
            () -> {
              throw new NoClassDefFoundError("x/Gone");
            },
            ""),
        new Failing(
            "stack overflow",
            () -> {
              throw new StackOverflowError();
            },
            "StackOverflowError"),
        new Failing("null", () -> null, "it returned null instead of a stage"),
        new Failing(
            "failed stage",
            () -> CompletableFuture.failedFuture(new IllegalStateException("no luck")),
            "IllegalStateException"),
        new Failing(
            "stage of null",
            () -> CompletableFuture.completedFuture(null),
            "it completed with null"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_fetcher_gives_a_cell_for_each_type(Failing failing) {
    var fetcher = new GuardedFetcher(request -> failing.answer(), Guard.of(LABEL));

    List<Cell> cells = Fixtures.fetch(fetcher).cells();

    assertThat(cells)
        .extracting(Cell::type)
        .containsExactly(ResourceType.PODS, ResourceType.SERVICES);
    assertThat(cells)
        .allSatisfy(
            cell -> {
              assertThat(cell.status()).isEqualTo(CellStatus.EXTENSION);
              assertThat(cell.cluster()).isEqualTo("dev");
              assertThat(cell.namespace()).isEqualTo("a, b");
              assertThat(cell.message()).startsWith(LABEL).contains(failing.message());
            });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void an_objects_provider_gives_an_error(Failing failing) {
    var provider = new GuardedObjectsProvider(request -> failing.answer(), Guard.of(LABEL));
    Entity entity = Entity.component("order").build();

    ObjectsResult result =
        provider.objects(new ObjectsRequest(entity, null, CONTEXT)).toCompletableFuture().join();

    assertThat(result.entity()).isEqualTo(entity.ref());
    assertThat(result.complete()).isFalse();
    assertThat(result.problems()).extracting(Problem::source).containsExactly(LABEL);
    assertThat(result.problems().get(0).message()).contains(failing.message());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void all_others_give_a_failed_stage_that_names_them(Failing failing) {
    Entity entity = Entity.component("order").build();
    Guard guard = Guard.of(LABEL);
    AuthStrategy auth = (cluster, context) -> failing.answer();

    assertNamed(
        new GuardedClusterSupplier(context -> failing.answer(), guard).clusters(CONTEXT), failing);
    assertNamed(
        new GuardedLocator(request -> failing.answer(), guard)
            .locate(new LocateRequest(entity, List.of(), CONTEXT)),
        failing);
    assertNamed(
        new GuardedCustomResources((cluster, context) -> failing.answer(), guard)
            .customResources(Fixtures.CLUSTER, CONTEXT),
        failing);
    assertNamed(
        new GuardedAuthStrategy(auth, Guard.ofSecretive(LABEL))
            .credential(Fixtures.CLUSTER, CONTEXT),
        failing);
  }

  private static void assertNamed(CompletionStage<?> stage, Failing failing) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .cause()
        .isInstanceOf(ExtensionException.class)
        .hasMessageStartingWith(LABEL)
        .hasMessageContaining(failing.message());
  }

  @Test
  void null_in_a_list_is_a_failure() {
    var supplier =
        new GuardedClusterSupplier(
            context -> CompletableFuture.completedFuture(Arrays.asList((Cluster) null)),
            Guard.of(LABEL));

    assertThatThrownBy(() -> supplier.clusters(CONTEXT).toCompletableFuture().join())
        .hasMessageContaining("it gave an answer with null in it");
  }

  @Test
  void a_credential_exception_goes_on_unchanged() {
    CredentialException why = new CredentialException("log in first");
    var auth =
        new GuardedAuthStrategy(
            (cluster, context) -> CompletableFuture.failedFuture(why), Guard.ofSecretive(LABEL));

    assertThatThrownBy(
            () -> auth.credential(Fixtures.CLUSTER, CONTEXT).toCompletableFuture().join())
        .cause()
        .isSameAs(why);
  }

  @Test
  void the_text_of_an_auth_strategys_failure_is_not_shown() {
    AuthStrategy leaking =
        new AuthStrategy() {
          @Override
          public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
            throw new IllegalStateException("token=hunter2");
          }

          @Override
          public boolean dependsOnCaller() {
            throw new IllegalStateException("token=hunter2");
          }

          @Override
          public List<String> problems(Cluster cluster) {
            throw new IllegalStateException("token=hunter2");
          }
        };
    var auth = new GuardedAuthStrategy(leaking, Guard.ofSecretive(LABEL));

    assertThatThrownBy(
            () -> auth.credential(Fixtures.CLUSTER, CONTEXT).toCompletableFuture().join())
        .hasMessageContaining("java.lang.IllegalStateException at ")
        .hasMessageNotContaining("hunter2")
        .cause()
        .hasNoCause();
    assertThat(auth.dependsOnCaller()).isTrue();
    assertThat(auth.problems(Fixtures.CLUSTER))
        .singleElement()
        .asString()
        .contains(LABEL)
        .doesNotContain("hunter2");
  }

  @Test
  void what_ails_the_virtual_machine_goes_on() {
    OutOfMemoryError trouble = new OutOfMemoryError("test");
    var fetcher =
        new GuardedFetcher(
            request -> {
              throw trouble;
            },
            Guard.of(LABEL));

    assertThatThrownBy(() -> fetcher.fetch(Fixtures.request(null, ResourceType.PODS)))
        .isSameAs(trouble);
  }
}
