package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an extension does wrong at work stays its own. */
class HostileExtensionTest {

  private static Extensions load(String yaml, ExtensionFactory... factories) {
    return Extensions.builder(Samples.config(yaml))
        .discovery(false)
        .add(List.of(factories))
        .build();
  }

  /** What a fetcher can do wrong. */
  enum Misdeed {
    THROWS("IllegalStateException: no luck") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        throw new IllegalStateException("no luck");
      }
    },
    LACKS_A_CLASS("needs the class com.dep.Dep") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        throw new NoClassDefFoundError("com/dep/Dep");
      }
    },
    OVERFLOWS_THE_STACK("StackOverflowError") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        throw new StackOverflowError();
      }
    },
    FAILS_TO_ASSERT("AssertionError: wrong") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        throw new AssertionError("wrong");
      }
    },
    RETURNS_NULL("null instead of a stage") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        return null;
      }
    },
    YIELDS_NULL("null") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        return CompletableFuture.completedFuture(null);
      }
    },
    FAILS("IllegalStateException: later") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        return CompletableFuture.failedFuture(new IllegalStateException("later"));
      }
    },
    FAILS_FOR_THE_CREDENTIAL("no token") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        return CompletableFuture.failedFuture(new CredentialException("no token"));
      }
    },
    FAILS_WITHOUT_A_MESSAGE("IllegalStateException") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        return CompletableFuture.failedFuture(
            new CompletionException(new IllegalStateException((String) null)));
      }
    },
    HAS_AN_EXCEPTION_THAT_THROWS("NastyException") {
      @Override
      CompletableFuture<FetchResult> fetch() {
        throw new NastyException();
      }
    };

    private final String message;

    Misdeed(String message) {
      this.message = message;
    }

    abstract CompletableFuture<FetchResult> fetch();
  }

  private static final class NastyException extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("not even this works");
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_type_becomes_a_cell_that_names_the_fetcher(Misdeed misdeed) {
    try (Extensions extensions =
        load("", Samples.fetcher("bad", context -> request -> misdeed.fetch()))) {
      List<Cell> cells =
          Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS, ResourceType.SERVICES)
              .cells();
      assertThat(cells)
          .extracting(Cell::type)
          .containsExactly(ResourceType.PODS, ResourceType.SERVICES);
      assertThat(cells)
          .allSatisfy(
              cell -> {
                assertThat(cell.status()).isEqualTo(CellStatus.EXTENSION);
                assertThat(cell.cluster()).isEqualTo("dev");
                assertThat(cell.namespace()).isEqualTo("prod");
                assertThat(cell.message()).contains("fetcher 'bad'", misdeed.message);
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_extension_sees_the_failure_below_it_as_cells_that_name_the_one_below(Misdeed misdeed) {
    List<FetchResult> seen = new ArrayList<>();
    KubernetesFetcherFactory outer =
        Samples.fetcher(
            "outer",
            1,
            context ->
                request ->
                    context
                        .delegate()
                        .fetch(request)
                        .whenComplete((result, failure) -> seen.add(result)));
    try (Extensions extensions =
        load("", outer, Samples.fetcher("inner", context -> request -> misdeed.fetch()))) {
      FetchResult result = Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS);
      assertThat(seen).containsExactly(result);
      assertThat(result.cells())
          .singleElement()
          .satisfies(
              cell -> assertThat(cell.message()).contains("'inner'").doesNotContain("outer"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_extension_never_sees_an_exception_of_the_built_in_fetcher(Misdeed misdeed) {
    try (Extensions extensions =
        load(
            "",
            Samples.fetcher("outer", context -> request -> context.delegate().fetch(request)))) {
      assertThat(
              Samples.fetch(extensions.fetcher(request -> misdeed.fetch()), ResourceType.PODS)
                  .cells())
          .singleElement()
          .satisfies(
              cell -> assertThat(cell.message()).contains("built-in fetcher", misdeed.message));
    }
  }

  @Test
  void a_virtual_machine_in_trouble_is_not_hidden() {
    try (Extensions extensions =
        load(
            "",
            Samples.fetcher(
                "bad",
                context ->
                    request -> {
                      throw new OutOfMemoryError("none left");
                    }))) {
      KubernetesFetcher fetcher = extensions.fetcher(Samples.BASE);
      assertThatThrownBy(() -> fetcher.fetch(Samples.request(ResourceType.PODS)))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void a_request_that_the_caller_cancelled_is_no_fault_of_the_extension() {
    CancellationSource source = new CancellationSource();
    FetchRequest template = Samples.request(ResourceType.PODS);
    FetchRequest request =
        new FetchRequest(
            template.cluster(),
            template.credentials(),
            template.types(),
            template.namespace(),
            template.labelSelector(),
            template.context().withCancellation(source.token()));
    try (Extensions extensions =
        load(
            "",
            Samples.fetcher(
                "waiting",
                context ->
                    asked -> {
                      CompletableFuture<FetchResult> never = new CompletableFuture<>();
                      asked.context().cancellation().onCancel(() -> never.cancel(false));
                      return never;
                    }))) {
      var answer = extensions.fetcher(Samples.BASE).fetch(request).toCompletableFuture();
      source.cancel();
      assertThat(answer.join().cells())
          .extracting(Cell::status)
          .containsExactly(CellStatus.CANCELLED);
    }
  }

  @Test
  void a_cancellation_that_nobody_asked_for_is_a_failure_of_the_extension() {
    try (Extensions extensions =
        load(
            "",
            Samples.fetcher(
                "bad",
                context ->
                    request -> CompletableFuture.failedFuture(new CancellationException())))) {
      assertThat(Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS).cells())
          .extracting(Cell::status)
          .containsExactly(CellStatus.EXTENSION);
    }
  }

  // ---- chains

  private static KubernetesFetcherFactory marking(String name, int order, List<String> way) {
    return Samples.fetcher(
        name,
        order,
        context ->
            request -> {
              way.add(name);
              return context.delegate().fetch(request);
            });
  }

  @Test
  void a_higher_order_is_further_out_and_sees_the_request_first() {
    List<String> way = new ArrayList<>();
    try (Extensions extensions =
        load("", marking("middle", 0, way), marking("outer", 7, way), marking("inner", -3, way))) {
      Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS);
      assertThat(way).containsExactly("outer", "middle", "inner");
      assertThat(extensions.loaded())
          .filteredOn(LoadedExtension::used)
          .extracting(LoadedExtension::name, LoadedExtension::wraps)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("inner", LoadedExtension.BUILT_IN_BASE),
              org.assertj.core.groups.Tuple.tuple("middle", "inner"),
              org.assertj.core.groups.Tuple.tuple("outer", "middle"));
    }
  }

  @Test
  void pins_leave_only_what_they_name_and_an_empty_list_leaves_nothing() {
    List<String> way = new ArrayList<>();
    for (String pins : List.of("[a]", "[]")) {
      try (Extensions extensions =
          load(
              "followspot: { extensions: { fetcher: " + pins + " } }",
              marking("a", 0, way),
              marking("b", 1, way))) {
        assertThat(Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS).cells())
            .extracting(Cell::status)
            .containsExactly(CellStatus.OK);
        way.add("|");
      }
    }
    assertThat(way).containsExactly("a", "|", "|");
  }

  @Test
  void every_mistake_of_the_section_is_reported_at_once() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    followspot:
                      extensions:
                        fetcher: [stampng]
                        auth: 5
                        discovery: maybe
                        exclude: { locator: {} }
                    """,
                    Samples.fetcher("stamping", context -> context.delegate())))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.key())
                    .containsExactlyInAnyOrder(
                        "followspot.extensions.fetcher",
                        "followspot.extensions.auth",
                        "followspot.extensions.discovery",
                        "followspot.extensions.exclude.locator"))
        .hasMessageContaining("did you mean 'stamping'?");
  }

  @Test
  void the_drop_in_fetcher_that_is_pinned_and_missing_is_named_with_its_artifact() {
    assertThatThrownBy(() -> load("followspot: { extensions: { fetcher: [multi-namespace] } }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("followspot-fetcher-multinamespace");
  }

  @Test
  void known_settings_are_no_unknown_keys_and_misspelt_ones_are() {
    var configuration =
        Samples.config(
            """
            followspot:
              extensions:
                fetcher: [a]
                discovery: false
                excude: {}
              fetcher:
                a: { colour: red, colr: blue }
                b: { anything: 1 }
                c: { anything: 1 }
            """);
    KubernetesFetcherFactory a =
        Samples.fetcher(
            "a",
            context -> {
              context.config().optionalString("colour");
              return context.delegate();
            });
    try (Extensions extensions =
        Extensions.builder(configuration)
            .add(List.of(a, Samples.fetcher("b", context -> context.delegate())))
            .build()) {
      extensions.fetcher(Samples.BASE);
      assertThat(configuration.root().unusedKeys())
          .extracting(problem -> problem.key())
          .containsExactly(
              "followspot.extensions.excude", "followspot.fetcher.a.colr", "followspot.fetcher.c");
    }
  }

  // ---- named extensions

  private static AuthStrategyFactory auth(
      String name, Function<AuthStrategyContext, AuthStrategy> create) {
    return new AuthStrategyFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public AuthStrategy create(AuthStrategyContext context) {
        return create.apply(context);
      }
    };
  }

  private static ClusterSupplierFactory clusters(
      String name, Function<ClusterSupplierContext, ClusterSupplier> create) {
    return new ClusterSupplierFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ClusterSupplier create(ClusterSupplierContext context) {
        return create.apply(context);
      }
    };
  }

  private static Throwable failure(CompletableFuture<?> stage) {
    return stage.handle((value, failure) -> failure).join();
  }

  @Test
  void no_secret_of_an_exception_of_an_auth_strategy_is_shown() {
    try (Extensions extensions =
        load(
            "",
            auth(
                "leaky",
                context ->
                    (cluster, request) -> {
                      throw new IllegalArgumentException("invalid header: Bearer s3cr3t");
                    }))) {
      Throwable failure =
          failure(
              extensions
                  .authStrategy("leaky")
                  .credential(Samples.CLUSTER, RequestContext.create())
                  .toCompletableFuture());
      java.io.StringWriter whole = new java.io.StringWriter();
      failure.printStackTrace(new java.io.PrintWriter(whole));
      assertThat(whole.toString())
          .contains("'leaky'", "IllegalArgumentException")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void no_secret_of_an_auth_strategy_that_cannot_be_created_is_shown() {
    try (Extensions extensions =
        load(
            "",
            auth(
                "leaky",
                context -> {
                  throw new IllegalArgumentException("bad password s3cr3t");
                }))) {
      assertThatThrownBy(() -> extensions.authStrategy("leaky"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'leaky'")
          .message()
          .doesNotContain("s3cr3t");
      assertThat(extensions.loaded().toString()).doesNotContain("s3cr3t");
      assertThat(extensions.issues().toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void a_credential_exception_goes_on_as_it_is() {
    CredentialException original = new CredentialException("log in first");
    try (Extensions extensions =
        load(
            "",
            auth(
                "strict",
                context -> (cluster, request) -> CompletableFuture.failedFuture(original)))) {
      assertThat(
              failure(
                  extensions
                      .authStrategy("strict")
                      .credential(Samples.CLUSTER, RequestContext.create())
                      .toCompletableFuture()))
          .satisfies(failure -> assertThat(Failures.unwrap(failure)).isSameAs(original));
    }
  }

  @Test
  void an_auth_strategy_that_cannot_say_keeps_callers_apart_and_tells_of_its_trouble() {
    AuthStrategy broken =
        new AuthStrategy() {
          @Override
          public CompletableFuture<Credential> credential(Cluster cluster, RequestContext context) {
            return CompletableFuture.completedFuture(Credential.bearer(Secret.of("t")));
          }

          @Override
          public boolean dependsOnCaller() {
            throw new IllegalStateException("s3cr3t");
          }

          @Override
          public List<String> problems(Cluster cluster) {
            return Collections.singletonList(null);
          }
        };
    try (Extensions extensions = load("", auth("odd", context -> broken))) {
      AuthStrategy strategy = extensions.authStrategy("odd");
      assertThat(strategy.dependsOnCaller()).isTrue();
      assertThat(strategy.problems(Samples.CLUSTER))
          .singleElement()
          .satisfies(problem -> assertThat(problem).contains("'odd'"));
    }
  }

  @Test
  void an_auth_strategy_is_created_once_and_an_unknown_one_is_compared_with_the_known() {
    List<String> created = new ArrayList<>();
    try (Extensions extensions =
        load(
            "",
            auth(
                "vault",
                context -> {
                  created.add("vault");
                  return (cluster, request) -> CompletableFuture.completedFuture(Credential.none());
                }))) {
      assertThat(extensions.authStrategy("vault")).isSameAs(extensions.authStrategy("vault"));
      assertThat(created).hasSize(1);
      assertThatThrownBy(() -> extensions.authStrategy("valt"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("did you mean 'vault'?");
    }
  }

  @Test
  void suppliers_that_ask_for_each_other_are_a_mistake_with_its_line() {
    ConfigSection section =
        Samples.config("methods:\n  - type: a\n").root().sectionList("methods").get(0);
    try (Extensions extensions =
        load(
            "",
            clusters("a", context -> context.delegate("b")),
            clusters("b", context -> context.delegate("a")))) {
      assertThatThrownBy(() -> extensions.clusterSupplier("a", section))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("app-config.yaml:2 methods[0].type")
          .hasMessageContaining("'a'")
          .hasMessageContaining("'b'");
    }
  }

  @Test
  void a_delegate_is_guarded_and_has_the_same_configuration() {
    ConfigSection section = Samples.config("type: a\nurl: http://inventory\n").root();
    List<String> urls = new ArrayList<>();
    try (Extensions extensions =
        load(
            "",
            clusters("a", context -> context.delegate("b")),
            clusters(
                "b",
                context -> {
                  urls.add(context.config().string("url"));
                  return request -> {
                    throw new IllegalStateException("down");
                  };
                }))) {
      ClusterSupplier supplier = extensions.clusterSupplier("a", section);
      assertThat(urls).containsExactly("http://inventory");
      assertThat(failure(supplier.clusters(RequestContext.create()).toCompletableFuture()))
          .satisfies(
              failure ->
                  assertThat(Failures.unwrap(failure))
                      .isInstanceOf(ExtensionException.class)
                      .hasMessageContaining("cluster supplier 'b'")
                      .hasMessageContaining("down"));
    }
  }

  @Test
  void a_list_of_clusters_with_null_in_it_is_a_failure() {
    ConfigSection section = Samples.config("type: a").root();
    try (Extensions extensions =
        load(
            "",
            clusters(
                "a",
                context ->
                    request ->
                        CompletableFuture.completedFuture(
                            Collections.singletonList((Cluster) null))))) {
      assertThat(
              failure(
                  extensions
                      .clusterSupplier("a", section)
                      .clusters(RequestContext.create())
                      .toCompletableFuture()))
          .satisfies(
              failure ->
                  assertThat(Failures.unwrap(failure))
                      .isInstanceOf(ExtensionException.class)
                      .hasMessageContaining("'a'"));
    }
  }

  @Test
  void a_beaten_or_excluded_one_says_why_it_is_not_used() {
    AuthStrategyFactory mine =
        auth("google", context -> (c, r) -> CompletableFuture.completedFuture(Credential.none()));
    AuthStrategyFactory builtIn = auth("google", context -> null);
    AuthStrategyFactory out = auth("out", context -> null);
    try (Extensions extensions =
        Extensions.builder(
                Samples.config("followspot: { extensions: { exclude: { auth: [out] } } }"))
            .discovery(false)
            .builtIn(builtIn, out)
            .add(List.of(mine))
            .build()) {
      assertThat(extensions.names(ExtensionPoint.AUTH)).containsExactly("google");
      extensions.authStrategy("google");
      assertThat(extensions.loaded())
          .extracting(LoadedExtension::origin, LoadedExtension::used)
          .contains(org.assertj.core.groups.Tuple.tuple(LoadedExtension.Origin.EXPLICIT, true));
      assertThatThrownBy(() -> extensions.authStrategy("out"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("excluded by followspot.extensions.exclude.auth");
    }
  }

  // ---- the end

  private record Closing(List<String> log, String name, boolean fails)
      implements KubernetesFetcher, AutoCloseable {
    @Override
    public CompletableFuture<FetchResult> fetch(FetchRequest request) {
      return CompletableFuture.completedFuture(FetchResult.of());
    }

    @Override
    public void close() {
      log.add(name);
      if (fails) {
        throw new IllegalStateException("stuck");
      }
    }
  }

  @Test
  void the_last_one_created_is_closed_first_and_each_once_whatever_fails() {
    List<String> log = new ArrayList<>();
    Extensions extensions =
        load(
            "",
            Samples.fetcher("a", 0, context -> new Closing(log, "a", false)),
            Samples.fetcher("b", 1, context -> new Closing(log, "b", true)),
            Samples.fetcher("c", 2, context -> new Closing(log, "c", false)));
    extensions.fetcher(Samples.BASE);
    extensions.close();
    extensions.close();
    assertThat(log).containsExactly("c", "b", "a");
    assertThatThrownBy(() -> extensions.fetcher(Samples.BASE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
