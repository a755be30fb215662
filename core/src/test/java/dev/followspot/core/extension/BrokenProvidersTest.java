package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.KubernetesFetcherFactory;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of broken jar hurts only itself, unless the configuration names it. */
class BrokenProvidersTest {

  private static final Class<?> FETCHERS = KubernetesFetcherFactory.class;
  private static final String PINNED = "followspot:\n  extensions:\n    fetcher: [bad]\n";

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** A broken provider {@code x.Bad}, and what is to be said of it. */
  record Broken(String kind, Consumer<TestJars> jar, boolean atCreate, String message) {
    @Override
    public String toString() {
      return kind;
    }
  }

  static Stream<Broken> kinds() {
    String helper = "package x; public class Helper { public static void help() {} }";
    String ok = "return context.delegate();";
    return Stream.of(
        new Broken("class missing", jar -> {}, false, "the class is not there: correct its name"),
        new Broken(
            "dependency missing in constructor",
            jar ->
                jar.source(helper)
                    .source(
                        Sources.fetcher("Bad", "public Bad() { Helper.help(); }", "\"bad\"", ok))
                    .without("x.Helper"),
            false,
            "needs the class x.Helper, which is not there: add the jar that holds it"),
        new Broken(
            "dependency missing in create",
            jar ->
                jar.source(helper)
                    .source(Sources.fetcher("Bad", "", "\"bad\"", "Helper.help(); " + ok))
                    .without("x.Helper"),
            true,
            "needs the class x.Helper, which is not there: add the jar that holds it"),
        new Broken(
            "throws in constructor",
            jar ->
                jar.source(
                    Sources.fetcher(
                        "Bad",
                        "public Bad() { throw new IllegalStateException(\"no luck\"); }",
                        "\"bad\"",
                        ok)),
            false,
            "its constructor threw IllegalStateException: no luck"),
        new Broken(
            "throws in static initialiser",
            jar ->
                jar.source(
                    Sources.fetcher(
                        "Bad",
                        "static int n = Integer.parseInt(\"seven\"); public Bad() {}",
                        "\"bad\"",
                        ok)),
            false,
            "a static initialiser threw NumberFormatException"),
        new Broken(
            "throws in create",
            jar ->
                jar.source(
                    Sources.fetcher(
                        "Bad", "", "\"bad\"", "throw new IllegalStateException(\"no luck\");")),
            true,
            "its create threw IllegalStateException: no luck"),
        new Broken(
            "no subtype",
            jar -> jar.source("package x; public class Bad {}"),
            false,
            "does not implement " + FETCHERS.getName()),
        new Broken(
            "no public constructor",
            jar -> jar.source(Sources.fetcher("Bad", "Bad() {}", "\"bad\"", ok)),
            false,
            "has no public constructor without parameters; add one"),
        new Broken(
            "null from create",
            jar -> jar.source(Sources.fetcher("Bad", "", "\"bad\"", "return null;")),
            true,
            "its create returned null"),
        new Broken(
            "invalid name",
            jar -> jar.source(Sources.fetcher("Bad", "", "\"b a d\"", ok)),
            false,
            "its name() is 'b a d'; a name has letters, digits"),
        new Broken(
            "null as name",
            jar -> jar.source(Sources.fetcher("Bad", "", "null", ok)),
            false,
            "its name() is null"),
        new Broken(
            "name throws",
            jar -> jar.source(Sources.fetcher("Bad", "", "\"bad\".substring(7)", ok)),
            false,
            "its name() threw StringIndexOutOfBoundsException"),
        new Broken(
            "newer Java",
            jar -> jar.source(Sources.fetcher("Bad", "", "\"bad\"", ok)).compiledFor("x.Bad", 99),
            false,
            "is compiled for Java 99, and this is Java " + Runtime.version().feature()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hurts_only_itself(Broken broken) {
    Path jar = jarOf(broken);
    Extensions extensions = start(Configuration.empty(), jar);
    var fetcher = extensions.fetcher(Fixtures.BASE);

    assertThat(Fixtures.fetch(fetcher).cells()).hasSize(2).noneMatch(cell -> cell.failed());
    assertThat(extensions.loaded().stream().filter(LoadedExtension::used))
        .extracting(LoadedExtension::name)
        .containsExactly("before", "after");
    assertThat(extensions.issues()).hasSize(1);
    ProviderIssue issue = extensions.issues().get(0);
    assertThat(issue.point()).isEqualTo(ExtensionPoint.FETCHER);
    assertThat(issue.provider()).isEqualTo("x.Bad");
    assertThat(issue.location()).isEqualTo(jar.toString());
    assertThat(issue.message()).contains(broken.message());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void ends_the_start_if_it_is_pinned(Broken broken) {
    Path jar = jarOf(broken);

    assertThatThrownBy(() -> start(Fixtures.yaml(PINNED), jar).fetcher(Fixtures.BASE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("app-config.yaml:3 followspot.extensions.fetcher: ")
        .hasMessageContaining("x.Bad")
        .hasMessageContaining(jar.toString())
        .hasMessageContaining(broken.message());
  }

  @Test
  void a_line_that_is_no_class_name_hurts_no_other_line() {
    Path jar =
        TestJars.jar("garbage")
            .source(Sources.fetcher("Good", "good"))
            .service(FETCHERS, "<<<<<<< HEAD")
            .service(FETCHERS, "x.Good # and a comment")
            .build(folder);
    Extensions extensions = start(Configuration.empty(), jar);

    assertThat(extensions.names(ExtensionPoint.FETCHER)).containsExactly("good");
    assertThat(extensions.issues()).hasSize(1);
    assertThat(extensions.issues().get(0).toString())
        .contains("'<<<<<<< HEAD'", "is no class name: correct line 1", jar.toString());
  }

  @Test
  void the_same_name_twice_ends_the_start_and_names_both_jars() {
    Path one = good("one", "Alpha", "twin");
    Path two = good("two", "Beta", "twin");

    assertThatThrownBy(() -> start(Configuration.empty(), one, two))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'twin' is there twice")
        .hasMessageContaining("x.Alpha in " + one)
        .hasMessageContaining("x.Beta in " + two)
        .hasMessageContaining("followspot.extensions.exclude.fetcher: [twin]");
  }

  @Test
  void the_same_name_twice_is_all_right_if_it_is_excluded() {
    Configuration configuration =
        Fixtures.yaml("followspot: { extensions: { exclude: { fetcher: [twin] } } }");
    Extensions extensions =
        start(configuration, good("one", "Alpha", "twin"), good("two", "Beta", "twin"));

    assertThat(extensions.names(ExtensionPoint.FETCHER)).isEmpty();
    assertThat(extensions.loaded())
        .hasSize(2)
        .allMatch(each -> each.note().equals("excluded by followspot.extensions.exclude.fetcher"));
  }

  @Test
  void a_broken_auth_strategy_ends_the_start_of_those_that_name_it_only() {
    Path jar =
        TestJars.jar("auth")
            .source(
                Sources.auth("Bad", "bad", "throw new IllegalStateException(\"token=hunter2\");"))
            .service(AuthStrategyFactory.class, "x.Bad")
            .service(AuthStrategyFactory.class, "x.Gone")
            .build(folder);
    Extensions extensions = start(Configuration.empty(), jar);

    assertThatThrownBy(() -> extensions.authStrategy("bad"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("x.Bad in " + jar)
        .hasMessageContaining("java.lang.IllegalStateException")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> extensions.authStrategy("gone"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'gone' is no known auth strategy")
        .hasMessageContaining("known: bad")
        .hasMessageContaining("x.Gone in " + jar)
        .hasMessageContaining("the class is not there");
  }

  @Test
  void a_broken_cluster_supplier_is_told_where_the_type_is_written() {
    Path jar =
        TestJars.jar("clusters").service(ClusterSupplierFactory.class, "x.Inventory").build(folder);
    Configuration configuration = Fixtures.yaml("kubernetes:\n  list:\n    type: inventory\n");
    ConfigSection section = configuration.root().section("kubernetes").section("list");
    Extensions extensions = start(configuration, jar);

    assertThatThrownBy(() -> extensions.clusterSupplier("inventory", section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("app-config.yaml:3 kubernetes.list.type: 'inventory' is no known")
        .hasMessageContaining("x.Inventory in " + jar);
  }

  @Test
  void a_folder_of_plugins_is_loaded_and_a_corrupt_jar_in_it_hurts_only_itself()
      throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    good(plugins, "one", "Alpha", "alpha");
    Path corrupt = Files.writeString(plugins.resolve("bad.jar"), "PK, or so it says");
    Extensions extensions =
        keep(
            Extensions.builder(
                    Fixtures.yaml(
                        "followspot: { extensions: { pluginsDirectory: '" + plugins + "' } }"))
                .classLoaders(List.of(TestJars.loader()))
                .build());

    assertThat(extensions.loaded())
        .filteredOn(each -> each.name().equals("alpha"))
        .singleElement()
        .returns(LoadedExtension.Origin.PLUGINS_DIRECTORY, LoadedExtension::origin)
        .returns("one.jar", LoadedExtension::jar);
    assertThat(extensions.issues()).hasSize(1);
    assertThat(extensions.issues().get(0).location()).isEqualTo(corrupt.toString());
    assertThat(extensions.issues().get(0).message()).contains("is no jar that can be read");
  }

  @Test
  void two_versions_of_one_plugin_are_told_with_both_jars() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path first = good(plugins, "alpha-1.0", "Alpha", "alpha");
    Path second = good(plugins, "alpha-1.1", "Alpha", "alpha");
    Extensions extensions =
        keep(
            Extensions.builder(Configuration.empty())
                .classLoaders(List.of(TestJars.loader()))
                .pluginsDirectory(plugins)
                .build());

    assertThat(extensions.issues())
        .singleElement()
        .satisfies(
            issue ->
                assertThat(issue.toString())
                    .contains("x.Alpha", second.toString(), "is also in " + first)
                    .contains("take one of the two jars away"));
  }

  @Test
  void a_missing_folder_of_plugins_is_an_issue() {
    Path missing = folder.resolve("missing");
    Extensions extensions =
        keep(
            Extensions.builder(Configuration.empty())
                .classLoaders(List.of())
                .pluginsDirectory(missing)
                .build());

    assertThat(extensions.issues())
        .extracting(ProviderIssue::toString)
        .containsExactly(
            missing
                + ": is not there: create it, or correct followspot.extensions.pluginsDirectory");
  }

  @Test
  void an_issue_is_found_once_though_two_class_loaders_see_it() {
    Path jar = TestJars.jar("bad").service(FETCHERS, "x.Bad").build(folder);
    URLClassLoader loader = keep(TestJars.loader(jar));
    Extensions extensions =
        keep(
            Extensions.builder(Configuration.of(Map.of(), Map.of()))
                .classLoaders(
                    List.of(loader, keep(new URLClassLoader(new java.net.URL[0], loader))))
                .build());

    assertThat(extensions.issues()).hasSize(1);
  }

  private Path jarOf(Broken broken) {
    TestJars jar =
        TestJars.jar("mixed")
            .source(Sources.fetcher("Alpha", "before"))
            .source(Sources.fetcher("Zulu", "after"))
            .service(FETCHERS, "x.Alpha")
            .service(FETCHERS, "x.Bad")
            .service(FETCHERS, "x.Zulu");
    broken.jar().accept(jar);
    return jar.build(folder);
  }

  private Path good(String jar, String type, String name) {
    return good(folder, jar, type, name);
  }

  private static Path good(Path folder, String jar, String type, String name) {
    return TestJars.jar(jar)
        .source(Sources.fetcher(type, name))
        .service(FETCHERS, "x." + type)
        .build(folder);
  }

  /** Only what is in the jars: what else is on the class path of the tests is left out. */
  private Extensions start(Configuration configuration, Path... jars) {
    URLClassLoader loader = keep(TestJars.loader(jars));
    return keep(Extensions.builder(configuration).classLoaders(List.of(onlyOwn(loader))).build());
  }

  private static ClassLoader onlyOwn(URLClassLoader loader) {
    return new OwnResources(loader);
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    open.add(0, closeable);
    return closeable;
  }
}
