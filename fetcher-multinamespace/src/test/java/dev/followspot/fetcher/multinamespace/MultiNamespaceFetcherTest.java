package dev.followspot.fetcher.multinamespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiNamespaceFetcherTest {

  private static final ResourceType VOLUMES =
      new ResourceType("persistentvolumes", "", "v1", "persistentvolumes", false);

  private static final List<ResourceType> TYPES = List.of(ResourceType.PODS, ResourceType.SERVICES);

  private final List<FetchRequest> asked = Collections.synchronizedList(new ArrayList<>());

  /** Finds one object for each type, named like its place. */
  private final KubernetesFetcher found =
      request -> {
        asked.add(request);
        return CompletableFuture.completedFuture(answer(request));
      };

  private static FetchResult answer(FetchRequest request) {
    return new FetchResult(
        request.types().stream()
            .map(
                type ->
                    Cell.ok(
                        "dev",
                        type.namespaced() ? request.namespace() : null,
                        type,
                        List.of(KubernetesObject.of(Map.of("metadata", Map.of("name", "it"))))))
            .toList());
  }

  private static FetchRequest request(@Nullable String namespaces, List<ResourceType> types) {
    CredentialSource none =
        new CredentialSource() {
          @Override
          public CompletionStage<Credential> credential() {
            return CompletableFuture.completedFuture(Credential.none());
          }

          @Override
          public CompletionStage<Credential> refresh(Credential rejected) {
            return credential();
          }
        };
    return new FetchRequest(
        Cluster.named("dev").url("https://dev.example.com").authProvider("anonymous").build(),
        none,
        types,
        namespaces,
        "app=order",
        RequestContext.create());
  }

  private static KubernetesFetcher over(KubernetesFetcher delegate) {
    return new MultiNamespaceFetcherFactory().create(new Context(delegate));
  }

  private List<Cell> fetch(@Nullable String namespaces) {
    return fetch(namespaces, TYPES, found);
  }

  private static List<Cell> fetch(
      @Nullable String namespaces, List<ResourceType> types, KubernetesFetcher delegate) {
    return over(delegate).fetch(request(namespaces, types)).toCompletableFuture().join().cells();
  }

  private List<String> askedNamespaces() {
    return asked.stream().map(FetchRequest::namespace).toList();
  }

  private static String place(Cell cell) {
    return cell.namespace() + "/" + cell.type().plural() + " " + cell.status();
  }

  @Test
  void it_is_found_by_the_service_loader_under_its_name() {
    assertThat(ServiceLoader.load(KubernetesFetcherFactory.class))
        .singleElement()
        .isInstanceOf(MultiNamespaceFetcherFactory.class)
        .extracting(KubernetesFetcherFactory::name, KubernetesFetcherFactory::order)
        .containsExactly("multi-namespace", 0);
  }

  @Test
  void cells_come_namespace_by_namespace_in_the_order_of_the_list() {
    assertThat(fetch("prod, dev").stream().map(MultiNamespaceFetcherTest::place))
        .containsExactly("prod/pods OK", "prod/services OK", "dev/pods OK", "dev/services OK");
  }

  @Test
  void one_namespace_is_asked_for_as_without_this_fetcher() {
    FetchRequest one = request("dev", TYPES);
    assertThat(over(found).fetch(one).toCompletableFuture().join().cells()).hasSize(2);
    assertThat(asked).containsExactly(one);
  }

  @Test
  void all_namespaces_go_through_as_they_are() {
    FetchRequest all = request(null, TYPES);
    over(found).fetch(all).toCompletableFuture().join();
    assertThat(asked).singleElement().isSameAs(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a,b'|a b",
        "' a ,\tb\n'|a b",
        "',a,,b,'|a b",
        "'a, ,b'|a b",
        "'b,a,b,a'|b a",
        "'a,b, a '|a b",
        "'\u2003a\u2003'|a"
      })
  void blanks_empty_parts_and_duplicates_do_not_count(String list, String expected) {
    fetch(list);
    assertThat(askedNamespaces()).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " , ", ",,,", ",\n,"})
  void a_list_without_names_counts_as_absent(String list) {
    assertThat(fetch(list)).hasSize(2);
    assertThat(asked).extracting(FetchRequest::namespace).containsExactly((String) null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Order",
        "order_dev",
        "-dev",
        "dev-",
        ".",
        "..",
        "a.b",
        "a/b",
        "../kube-system",
        "*",
        "a b",
        "dev;prod",
        "ünder",
        "%2e%2e",
        "a\0b",
        "\u202Eved"
      })
  void a_part_that_is_no_name_is_one_invalid_cell_and_harms_no_other(String bad) {
    List<Cell> cells = fetch("dev," + bad + ",prod");
    assertThat(cells.stream().map(Cell::status))
        .containsExactly(
            CellStatus.OK, CellStatus.OK, CellStatus.INVALID, CellStatus.OK, CellStatus.OK);
    assertThat(cells.get(2).type()).isEqualTo(ResourceType.ANY);
    assertThat(cells.get(2).message())
        .startsWith("'" + cells.get(2).namespace() + "' is no name of a namespace: lower-case");
    assertThat(askedNamespaces()).containsExactly("dev", "prod");
  }

  @Test
  void at_most_1000_namespaces_are_looked_in_and_the_others_are_told() {
    String list =
        IntStream.rangeClosed(1, 1_100).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
    List<Cell> cells = fetch(list);
    assertThat(askedNamespaces()).hasSize(1_000).endsWith("n1000");
    assertThat(place(cells.get(cells.size() - 1))).isEqualTo("n1001/* INVALID");
  }

  @Test
  void a_name_may_have_63_characters_and_no_more() {
    String longest = "a".repeat(63);
    assertThat(fetch(longest).get(0).status()).isEqualTo(CellStatus.OK);
    assertThat(fetch(longest + "a"))
        .singleElement()
        .extracting(Cell::message)
        .isEqualTo(
            "'"
                + longest
                + "…' is no name of a namespace: it has 64 characters, and at most 63 are"
                + " allowed");
  }

  @Test
  void a_hostile_part_is_shown_on_one_line_and_cut() {
    Cell cell = fetch("x\r\n\u001b[31m" + "y".repeat(1_000_000)).get(0);
    assertThat(cell.namespace()).hasSizeLessThan(70).doesNotContain("\r", "\n", "\u001b");
    assertThat(cell.message()).hasSizeLessThan(300).doesNotContain("\r", "\n", "\u001b");
  }

  @Test
  void an_invalid_part_that_is_there_twice_is_one_cell() {
    assertThat(fetch("A,a,A").stream().map(MultiNamespaceFetcherTest::place))
        .containsExactly("A/* INVALID", "a/pods OK", "a/services OK");
  }

  @Test
  void types_without_namespaces_are_asked_for_once_with_the_first_valid_namespace() {
    List<Cell> cells = fetch("BAD,a,b", List.of(ResourceType.PODS, VOLUMES), found);
    assertThat(cells.stream().map(MultiNamespaceFetcherTest::place))
        .containsExactly("BAD/* INVALID", "a/pods OK", "null/persistentvolumes OK", "b/pods OK");
  }

  @Test
  void a_type_that_turns_out_to_be_cluster_wide_is_one_cell() {
    ResourceType gadgets = ResourceType.custom("other.io", "v1", "gadgets");
    KubernetesFetcher clusterWide =
        r ->
            found
                .fetch(r)
                .thenApply(result -> result.plus(Cell.ok("dev", null, gadgets, List.of())));
    assertThat(
            fetch("a,b", List.of(ResourceType.PODS), clusterWide).stream()
                .map(MultiNamespaceFetcherTest::place))
        .containsExactly("a/pods OK", "null/gadgets OK", "b/pods OK");
  }

  @Test
  void a_namespace_that_nothing_is_left_to_ask_for_is_not_asked() {
    fetch("a,b", List.of(VOLUMES), found);
    assertThat(askedNamespaces()).containsExactly("a");
  }

  @Test
  void the_namespaces_are_fetched_at_the_same_time() {
    Map<String, CompletableFuture<FetchResult>> open = new LinkedHashMap<>();
    CompletionStage<FetchResult> result =
        over(r -> open.computeIfAbsent(r.namespace(), n -> new CompletableFuture<>()))
            .fetch(request("a,b,c", TYPES));
    assertThat(open).containsOnlyKeys("a", "b", "c");
    for (String last : List.of("c", "b", "a")) {
      assertThat(result.toCompletableFuture()).isNotDone();
      open.get(last).complete(answer(request(last, TYPES).withNamespace(last)));
    }
    assertThat(result.toCompletableFuture().join().cells().stream().map(Cell::namespace))
        .containsExactly("a", "a", "b", "b", "c", "c");
  }

  private List<Cell> withFailureInB(
      Function<FetchRequest, @Nullable CompletionStage<FetchResult>> failure) {
    return fetch(
        "a,b,c", TYPES, r -> "b".equals(r.namespace()) ? failure.apply(r) : found.fetch(r));
  }

  private static void assertOnlyBFailed(List<Cell> cells, String message) {
    assertThat(cells.stream().map(MultiNamespaceFetcherTest::place))
        .containsExactly(
            "a/pods OK",
            "a/services OK",
            "b/pods EXTENSION",
            "b/services EXTENSION",
            "c/pods OK",
            "c/services OK");
    assertThat(cells.get(2).message()).startsWith("the fetcher below multi-namespace " + message);
  }

  @Test
  void a_fetcher_that_fails_for_one_namespace_harms_no_other() {
    assertOnlyBFailed(
        withFailureInB(
            r ->
                CompletableFuture.supplyAsync(
                    () -> {
                      throw new IllegalStateException("Bearer s3cret is not legal");
                    })),
        "failed with java.lang.IllegalStateException at ");
    assertOnlyBFailed(
        withFailureInB(
            r -> {
              throw new IllegalStateException("Bearer s3cret is not legal");
            }),
        "failed with java.lang.IllegalStateException at ");
    assertOnlyBFailed(
        withFailureInB(
            r -> {
              throw new NoClassDefFoundError("com/example/Missing");
            }),
        "failed with java.lang.NoClassDefFoundError at ");
    assertOnlyBFailed(withFailureInB(r -> null), "returned null");
    assertOnlyBFailed(
        withFailureInB(r -> CompletableFuture.completedFuture(null)), "answered null");
  }

  @Test
  void the_message_of_a_failure_is_not_shown_since_it_may_quote_a_token() {
    assertThat(
            withFailureInB(r -> CompletableFuture.failedFuture(new IllegalStateException("s3cret")))
                .toString())
        .doesNotContain("s3cret");
  }

  /** Whatever the list: only valid names are asked for, each once, in the order of the list. */
  @Test
  void any_list_asks_for_its_valid_names_once_each_and_in_order() {
    String alphabet = "ab0-.,, \t\nA_/*é\u00a0";
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 24);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String list = text.toString();
      if (list.replace(",", "").isBlank()) {
        continue; // a request refuses it, or it counts as absent
      }
      asked.clear();
      List<Cell> cells = fetch(list);
      List<String> namespaces = askedNamespaces();
      String what = "seed " + seed + ": '" + list + "'";
      assertThat(namespaces).as(what).isEqualTo(validNames(list));
      assertThat(new HashSet<>(cells)).as(what).hasSameSizeAs(cells);
      assertThat(cells).as(what).isNotEmpty();
      assertThat(cells.stream().filter(cell -> cell.status() == CellStatus.OK))
          .as(what)
          .hasSize(TYPES.size() * namespaces.size());
    }
  }

  /** Reads the list another way, to check the first one: from comma to comma. */
  private static List<String> validNames(String list) {
    List<String> names = new ArrayList<>();
    for (int from = 0, to; from <= list.length(); from = to + 1) {
      to = list.indexOf(',', from) < 0 ? list.length() : list.indexOf(',', from);
      String name = list.substring(from, to).strip();
      if (name.matches("[a-z0-9]|[a-z0-9][a-z0-9-]{0,61}[a-z0-9]") && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private record Context(KubernetesFetcher delegate) implements FetcherContext {
    @Override
    public ExtensionConfig config() {
      throw new AssertionError("there is nothing to configure");
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }
}
