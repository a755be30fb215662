package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.Configuration;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Credential;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which extensions take part, in which order, and with what they are created. */
class ExtensionsTest {

  private final List<String> log = new ArrayList<>();

  /** Writes its name to the log when it is asked, before the one below does. */
  private final class Logging implements KubernetesFetcherFactory {
    private final String name;
    private final int order;

    Logging(String name, int order) {
      this.name = name;
      this.order = order;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int order() {
      return order;
    }

    @Override
    public KubernetesFetcher create(FetcherContext context) {
      String shown = context.config().optionalString("as").orElse(name);
      return new Closing(shown, context.delegate());
    }
  }

  private final class Closing implements KubernetesFetcher, AutoCloseable {
    private final String name;
    private final KubernetesFetcher below;

    Closing(String name, KubernetesFetcher below) {
      this.name = name;
      this.below = below;
    }

    @Override
    public java.util.concurrent.CompletionStage<dev.followspot.spi.FetchResult> fetch(
        dev.followspot.spi.FetchRequest request) {
      log.add(name);
      return below.fetch(request);
    }

    @Override
    public void close() {
      log.add("close " + name);
      throw new IllegalStateException("cannot close");
    }
  }

  private record Auth(String name, Function<AuthStrategyContext, AuthStrategy> maker)
      implements AuthStrategyFactory {
    @Override
    public AuthStrategy create(AuthStrategyContext context) {
      return maker.apply(context);
    }
  }

  private static Auth auth(String name) {
    return new Auth(
        name,
        context -> (cluster, request) -> CompletableFuture.completedFuture(Credential.none()));
  }

  private static ExtensionsBuilder builder(String yaml) {
    Configuration configuration = yaml.isEmpty() ? Configuration.empty() : Fixtures.yaml(yaml);
    return Extensions.builder(configuration).discovery(false);
  }

  private Extensions fetchers(String yaml) {
    return builder(yaml)
        .add(List.of(new Logging("high", 10), new Logging("low", -5), new Logging("zero", 0)))
        .build();
  }

  @Test
  void a_higher_order_is_further_out_and_sees_the_request_first() {
    try (Extensions extensions = fetchers("")) {
      Fixtures.fetch(extensions.fetcher(Fixtures.BASE));

      assertThat(log).containsExactly("high", "zero", "low");
      assertThat(extensions.loaded())
          .extracting(LoadedExtension::name, LoadedExtension::wraps)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("high", "zero"),
              org.assertj.core.groups.Tuple.tuple("low", LoadedExtension.BUILT_IN_BASE),
              org.assertj.core.groups.Tuple.tuple("zero", "low"));
    }
  }

  @Test
  void close_closes_the_last_one_first_and_goes_on_after_a_failure() {
    Extensions extensions = fetchers("");
    extensions.fetcher(Fixtures.BASE);
    extensions.close();
    extensions.close();

    assertThat(log).containsExactly("close high", "close zero", "close low");
  }

  @Test
  void a_pin_takes_only_those_that_it_names() {
    try (Extensions extensions = fetchers("followspot: { extensions: { fetcher: [zero] } }")) {
      Fixtures.fetch(extensions.fetcher(Fixtures.BASE));

      assertThat(log).containsExactly("zero");
      assertThat(extensions.loaded().get(0).note())
          .isEqualTo("not among those of followspot.extensions.fetcher");
    }
  }

  @Test
  void an_empty_pin_takes_none() {
    try (Extensions extensions = fetchers("followspot: { extensions: { fetcher: [] } }")) {
      assertThat(Fixtures.fetch(extensions.fetcher(Fixtures.BASE)).cells()).hasSize(2);
      assertThat(log).isEmpty();
    }
  }

  @Test
  void an_unknown_pin_ends_the_start_and_tells_the_nearest_name_and_the_artifact_to_add() {
    String yaml = "followspot:\n  extensions:\n    fetcher: [zerro, multi-namespace]\n";

    assertThatThrownBy(() -> fetchers(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "app-config.yaml:3 followspot.extensions.fetcher: 'zerro' is no known fetcher;"
                + " did you mean 'zero'?")
        .hasMessageContaining(
            "'multi-namespace' is in dev.followspot:followspot-fetcher-multinamespace: add it");
  }

  @Test
  void an_unknown_exclusion_is_a_warning() {
    String yaml = "followspot: { extensions: { exclude: { fetcher: [zerro] } } }";
    try (Extensions extensions = fetchers(yaml)) {
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(issue -> assertThat(issue.message()).contains("did you mean 'zero'?"));
    }
  }

  @Test
  void an_extension_is_created_with_its_own_settings_and_only_unknown_keys_are_unused() {
    String yaml =
        """
        followspot:
          fetcher:
            zero: { as: nought }
            low: { as: deep, deeep: 1 }
            gone: { as: nobody }
          extensions:
            discovery: false
            pluginsDirectory: /nowhere
            fetcher: [zero, low]
            exclude: { auth: [] }
            fetchers: [zero]
        """;
    Configuration configuration = Fixtures.yaml(yaml);
    try (Extensions extensions =
        Extensions.builder(configuration)
            .add(List.of(new Logging("low", -5), new Logging("zero", 0)))
            .build()) {
      Fixtures.fetch(extensions.fetcher(Fixtures.BASE));

      assertThat(log).containsExactly("nought", "deep");
      assertThat(configuration.root().unusedKeys())
          .extracting(ConfigProblem::key)
          .containsExactlyInAnyOrder(
              "followspot.fetcher.low.deeep",
              "followspot.fetcher.gone",
              "followspot.extensions.fetchers");
    }
  }

  @Test
  void one_that_was_handed_over_replaces_a_built_in_one() {
    AuthStrategy mine = (cluster, context) -> CompletableFuture.failedFuture(new Exception());
    ExtensionFactory replacement = new Auth("google", context -> mine);
    try (Extensions extensions =
        builder("").builtIn(auth("google"), auth("aks")).add(List.of(replacement)).build()) {
      assertThat(extensions.names(ExtensionPoint.AUTH)).containsExactly("aks", "google");
      assertThat(extensions.loaded())
          .extracting(LoadedExtension::origin, LoadedExtension::note)
          .contains(
              org.assertj.core.groups.Tuple.tuple(
                  LoadedExtension.Origin.EXPLICIT, "nothing asked for it yet"));
      assertThat(extensions.loaded().get(0).note()).contains("handed over");
      assertThat(
              extensions
                  .authStrategy("google")
                  .credential(Fixtures.CLUSTER, dev.followspot.spi.RequestContext.create())
                  .toCompletableFuture())
          .isCompletedExceptionally();
    }
  }

  @Test
  void an_auth_strategy_is_created_once_and_may_decorate_another() {
    List<String> asked = new ArrayList<>();
    Auth outer =
        new Auth(
            "outer",
            context -> {
              asked.add("outer");
              return context.delegate("google");
            });
    try (Extensions extensions = builder("").builtIn(auth("google")).add(List.of(outer)).build()) {
      assertThat(extensions.authStrategy("outer")).isSameAs(extensions.authStrategy("outer"));
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void two_that_ask_for_each_other_are_a_circle() {
    Auth one = new Auth("one", context -> context.delegate("two"));
    Auth two = new Auth("two", context -> context.delegate("one"));
    try (Extensions extensions = builder("").add(List.of(one, two)).build()) {
      assertThatThrownBy(() -> extensions.authStrategy("one"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'one' asks for 'two' asks for 'one': a circle");
    }
  }

  @Test
  void an_unknown_name_is_told_with_those_that_are_known() {
    try (Extensions extensions = builder("").builtIn(auth("google"), auth("aks")).build()) {
      assertThatThrownBy(() -> extensions.authStrategy("goggle"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'goggle' is no known auth strategy; did you mean 'google'?")
          .hasMessageContaining("known: aks, google");
    }
  }

  @Test
  void one_that_was_handed_over_and_fails_in_create_ends_the_start() {
    KubernetesFetcherFactory failing =
        new KubernetesFetcherFactory() {
          @Override
          public String name() {
            return "failing";
          }

          @Override
          public KubernetesFetcher create(FetcherContext context) {
            throw new IllegalStateException("no luck");
          }
        };
    try (Extensions extensions = builder("").add(List.of(failing)).build()) {
      assertThatThrownBy(() -> extensions.fetcher(Fixtures.BASE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'failing'")
          .hasMessageContaining("no luck");
    }
  }

  @Test
  void two_that_were_handed_over_under_one_name_end_the_start() {
    assertThatThrownBy(
            () -> builder("").add(List.of(new Logging("a", 0), new Logging("a", 1))).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'a' is there twice");
  }
}
