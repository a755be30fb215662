package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.ResourceType;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broken provider hurts itself only, unless the configuration names it. */
class HostileProviderTest {

  private static final String BROKEN = "com.example.BrokenFetcherFactory";

  @TempDir private Path folder;
  private Path good;

  @BeforeEach
  void a_good_jar_beside_the_broken_one() throws IOException {
    good =
        TestJars.jar("good")
            .source(Samples.source("com.good.Other", "other"))
            .services(KubernetesFetcherFactory.class, "com.good.Other")
            .build(folder);
  }

  /** What can be wrong with a provider, and what has to be said of it. */
  enum Kind {
    CLASS_MISSING("the class is not there: correct its name in META-INF/services/") {
      @Override
      void build(TestJars jar) {
        jar.without(BROKEN).source(Samples.source(BROKEN, "broken"));
      }
    },
    DEPENDENCY_OF_THE_CONSTRUCTOR_MISSING(
        "needs the class com.dep.Dep, which is not there: add the jar that holds it") {
      @Override
      void build(TestJars jar) {
        withDependency(jar, "public BrokenFetcherFactory() { new com.dep.Dep(); }", "return null;");
      }
    },
    SUPERCLASS_MISSING(
        "needs the class com.dep.Dep, which is not there: add the jar that holds it") {
      @Override
      void build(TestJars jar) {
        String code = Samples.source(BROKEN, "broken");
        jar.source("package com.dep; public class Dep {}")
            .without("com.dep.Dep")
            .source(code.replace(" implements ", " extends com.dep.Dep implements "));
      }
    },
    PARAMETER_TYPE_MISSING("com.dep.Dep") {
      @Override
      void build(TestJars jar) {
        withDependency(
            jar,
            "public BrokenFetcherFactory() { throw new NoClassDefFoundError(\"com/dep/Dep\"); }"
                + " public BrokenFetcherFactory(com.dep.Dep dep) {}",
            "return null;");
      }
    },
    THROWS_IN_CONSTRUCTOR("its constructor threw IllegalStateException: no luck") {
      @Override
      void build(TestJars jar) {
        member(
            jar,
            "public BrokenFetcherFactory() { throw new IllegalStateException(\"no luck\"); }",
            "return null;");
      }
    },
    THROWS_IN_STATIC_INITIALISER("a static initialiser threw IllegalStateException: no luck") {
      @Override
      void build(TestJars jar) {
        member(
            jar,
            "static { if (true) { throw new IllegalStateException(\"no luck\"); } }",
            "return null;");
      }
    },
    NOT_A_SUBTYPE("does not implement dev.followspot.spi.KubernetesFetcherFactory") {
      @Override
      void build(TestJars jar) {
        jar.source("package com.example; public class BrokenFetcherFactory {}");
      }
    },
    ABSTRACT("a factory is a public class that is not abstract") {
      @Override
      void build(TestJars jar) {
        jar.source(
            Samples.source(BROKEN, "broken").replace("public class", "public abstract class"));
      }
    },
    NO_CONSTRUCTOR("has no public constructor without parameters") {
      @Override
      void build(TestJars jar) {
        member(jar, "public BrokenFetcherFactory(int number) {}", "return null;");
      }
    },
    NAME_IS_BLANK("its name() is ''; a name has letters") {
      @Override
      void build(TestJars jar) {
        jar.source(Samples.source(BROKEN, ""));
      }
    },
    NAME_IS_INVALID("its name() is 'a b'; a name has letters") {
      @Override
      void build(TestJars jar) {
        jar.source(Samples.source(BROKEN, "a b"));
      }
    },
    NAME_IS_NULL("its name() is null; a name has letters") {
      @Override
      void build(TestJars jar) {
        jar.source(Samples.source(BROKEN, "x").replace("return \"x\";", "return null;"));
      }
    },
    NAME_THROWS("its name() threw IllegalStateException: who am I") {
      @Override
      void build(TestJars jar) {
        jar.source(
            Samples.source(BROKEN, "x")
                .replace("return \"x\";", "throw new IllegalStateException(\"who am I\");"));
      }
    },
    ORDER_THROWS("its order() threw IllegalStateException: no order") {
      @Override
      void build(TestJars jar) {
        member(
            jar,
            "public int order() { throw new IllegalStateException(\"no order\"); }",
            "return null;");
      }
    },
    COMPILED_FOR_A_NEWER_JAVA("is compiled for Java 171, and this is Java ") {
      @Override
      void build(TestJars jar) {
        jar.source(Samples.source(BROKEN, "broken")).compiledFor(BROKEN, 171);
      }
    };

    private final String message;

    Kind(String message) {
      this.message = message;
    }

    abstract void build(TestJars jar);

    static void member(TestJars jar, String members, String create) {
      jar.source(Samples.source(BROKEN, "broken", members, create));
    }

    static void withDependency(TestJars jar, String members, String create) {
      jar.source("package com.dep; public class Dep {}").without("com.dep.Dep");
      member(jar, members, create);
    }
  }

  /** A jar with a broken provider, and a good one after it in the same services file. */
  private Path broken(Kind kind) throws IOException {
    TestJars jar =
        TestJars.jar("broken")
            .source(Samples.source("com.example.After", "after"))
            .services(KubernetesFetcherFactory.class, BROKEN, "com.example.After");
    kind.build(jar);
    return jar.build(folder);
  }

  private static Extensions load(URLClassLoader loader, String yaml) {
    return Extensions.builder(Samples.config(yaml)).classLoaders(List.of(loader)).build();
  }

  @ParameterizedTest
  @EnumSource
  void it_is_one_issue_and_hides_no_provider_after_it(Kind kind) throws IOException {
    Path jar = broken(kind);
    try (URLClassLoader loader = TestJars.loader(jar, good);
        Extensions extensions = load(loader, "")) {
      assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("after", "other");
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(
              issue -> {
                assertThat(issue.point()).isEqualTo(ExtensionPoint.FETCHER);
                assertThat(issue.provider()).isEqualTo(BROKEN);
                assertThat(issue.location()).isEqualTo(jar.toString());
                assertThat(issue.message()).contains(kind.message);
              });
      assertThat(Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS).cells())
          .extracting(cell -> cell.status())
          .containsExactly(CellStatus.OK);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_pin_that_may_mean_it_fails_the_start_with_class_and_jar(Kind kind) throws IOException {
    Path jar = broken(kind);
    try (URLClassLoader loader = TestJars.loader(jar, good)) {
      assertThatThrownBy(() -> load(loader, "followspot:\n  extensions:\n    fetcher: [broken]\n"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("app-config.yaml:3 followspot.extensions.fetcher")
          .hasMessageContaining(BROKEN)
          .hasMessageContaining(jar.toString())
          .hasMessageContaining(kind.message);
    }
  }

  /** What can be wrong when a factory is asked to create. */
  enum Creating {
    THROWS("throw new IllegalStateException(\"no luck\");", "threw IllegalStateException: no luck"),
    RETURNS_NULL("return null;", "returned null"),
    NEEDS_A_CLASS("new com.dep.Dep(); return context.delegate();", "needs the class com.dep.Dep"),
    OVERFLOWS_THE_STACK("return create(context);", "StackOverflowError"),
    FAILS_TO_ASSERT("throw new AssertionError(\"wrong\");", "threw AssertionError: wrong");

    private final String body;
    private final String message;

    Creating(String body, String message) {
      this.body = body;
      this.message = message;
    }
  }

  private Path creating(Creating kind) throws IOException {
    return TestJars.jar("broken")
        .source("package com.dep; public class Dep {}")
        .without("com.dep.Dep")
        .source(Samples.source(BROKEN, "broken", "", kind.body))
        .services(KubernetesFetcherFactory.class, BROKEN)
        .build(folder);
  }

  @ParameterizedTest
  @EnumSource
  void one_that_cannot_create_is_left_out_of_the_chain(Creating kind) throws IOException {
    Path jar = creating(kind);
    try (URLClassLoader loader = TestJars.loader(jar, good);
        Extensions extensions = load(loader, "")) {
      assertThat(extensions.issues()).isEmpty();
      assertThat(statuses(extensions)).containsExactly(CellStatus.OK);
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(
              issue -> {
                assertThat(issue.name()).isEqualTo("broken");
                assertThat(issue.provider()).isEqualTo(BROKEN);
                assertThat(issue.location()).isEqualTo(jar.toString());
                assertThat(issue.message()).contains(kind.message);
              });
      assertThat(extensions.loaded())
          .filteredOn(LoadedExtension::name, "broken")
          .singleElement()
          .satisfies(
              loaded -> {
                assertThat(loaded.used()).isFalse();
                assertThat(loaded.note()).contains(kind.message);
              });
      assertThat(extensions.loaded())
          .filteredOn(LoadedExtension::name, "other")
          .allMatch(LoadedExtension::used);
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_cannot_create_fails_the_start_if_it_is_pinned(Creating kind) throws IOException {
    Path jar = creating(kind);
    try (URLClassLoader loader = TestJars.loader(jar, good);
        Extensions extensions =
            load(loader, "followspot:\n  extensions:\n    fetcher: [broken]\n")) {
      assertThatThrownBy(() -> extensions.fetcher(Samples.BASE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("app-config.yaml:3 followspot.extensions.fetcher")
          .hasMessageContaining(BROKEN)
          .hasMessageContaining(jar.toString())
          .hasMessageContaining(kind.message);
    }
  }

  @Test
  void one_that_the_application_registered_fails_the_start() throws IOException {
    try (Extensions extensions =
        Extensions.builder(Samples.config(""))
            .discovery(false)
            .add(
                List.of(
                    Samples.fetcher(
                        "mine",
                        context -> {
                          throw new IllegalStateException("no luck");
                        })))
            .build()) {
      assertThatThrownBy(() -> extensions.fetcher(Samples.BASE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'mine'")
          .hasMessageContaining("no luck");
    }
  }

  @Test
  void configuration_that_is_missing_leaves_it_out_but_wrong_configuration_fails_the_start()
      throws IOException {
    Path jar =
        TestJars.jar("needy")
            .source(
                Samples.source(
                    "com.example.Needy",
                    "needy",
                    "",
                    "context.config().uri(\"url\"); return context.delegate();"))
            .services(KubernetesFetcherFactory.class, "com.example.Needy")
            .build(folder);
    try (URLClassLoader loader = TestJars.loader(jar)) {
      try (Extensions extensions = load(loader, "")) {
        assertThat(statuses(extensions)).containsExactly(CellStatus.OK);
        assertThat(extensions.issues())
            .singleElement()
            .satisfies(
                issue -> assertThat(issue.toString()).contains("'needy'", "needy.jar", "url"));
      }
      try (Extensions extensions =
          load(loader, "followspot:\n  fetcher:\n    needy:\n      url: nonsense\n")) {
        assertThatThrownBy(() -> extensions.fetcher(Samples.BASE))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("app-config.yaml:4 followspot.fetcher.needy.url");
      }
    }
  }

  @Test
  void the_settings_of_one_that_is_left_out_are_no_unknown_keys() throws IOException {
    Path jar = creating(Creating.THROWS);
    var configuration = Samples.config("followspot:\n  fetcher:\n    broken: { a: 1, b: 2 }\n");
    try (URLClassLoader loader = TestJars.loader(jar);
        Extensions extensions =
            Extensions.builder(configuration).classLoaders(List.of(loader)).build()) {
      assertThat(statuses(extensions)).containsExactly(CellStatus.OK);
      assertThat(configuration.root().unusedKeys()).isEmpty();
    }
  }

  @Test
  void a_line_of_a_services_file_that_is_no_class_hides_no_other_line() throws IOException {
    Path jar =
        TestJars.jar("lines")
            .source(Samples.source("com.example.A", "a"))
            .source(Samples.source("com.example.B", "b"))
            .services(
                KubernetesFetcherFactory.class,
                "# a comment",
                "com.example.A # and one behind",
                "!! what is this ?",
                "com..example",
                "com.example.B")
            .build(folder);
    try (URLClassLoader loader = TestJars.loader(jar, good);
        Extensions extensions = load(loader, "")) {
      assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("a", "b", "other");
      assertThat(extensions.issues()).hasSize(2);
      assertThat(extensions.issues())
          .extracting(ProviderIssue::toString)
          .allSatisfy(text -> assertThat(text).contains(jar.toString()))
          .satisfiesExactly(
              text -> assertThat(text).contains("!! what is this ?", "line 3"),
              text -> assertThat(text).contains("com..example", "line 4"));
    }
  }

  @Test
  void a_copy_of_the_spi_in_a_plugin_is_named_as_the_cause() throws IOException {
    Path plugin =
        TestJars.jar("fat")
            .source("package dev.followspot.spi; public interface KubernetesFetcherFactory {}")
            .source(
                "package com.example; public class BrokenFetcherFactory implements"
                    + " dev.followspot.spi.KubernetesFetcherFactory {}")
            .services(KubernetesFetcherFactory.class, BROKEN)
            .build(folder);
    try (URLClassLoader loader =
            new URLClassLoader(new java.net.URL[] {plugin.toUri().toURL()}, null);
        Extensions extensions = load(loader, "")) {
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(
              issue ->
                  assertThat(issue.message())
                      .contains("another copy of followspot-spi", plugin.toString()));
    }
  }

  @Test
  void a_plugins_folder_with_bad_jars_gives_its_good_ones() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(good, plugins.resolve("good.jar"));
    Files.writeString(plugins.resolve("bad.jar"), "this is no jar");
    Files.write(plugins.resolve("empty.jar"), new byte[0]);
    byte[] whole = Files.readAllBytes(good);
    Files.write(plugins.resolve("half.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(plugins.resolve("notes.txt"), "not looked at");
    try (URLClassLoader none = new URLClassLoader(new java.net.URL[0], null);
        Extensions extensions =
            Extensions.builder(Samples.config(""))
                .classLoaders(List.of(none))
                .pluginsDirectory(plugins)
                .build()) {
      assertThat(extensions.names(ExtensionPoint.FETCHER)).containsExactly("other");
      assertThat(extensions.loaded())
          .singleElement()
          .satisfies(
              loaded -> {
                assertThat(loaded.origin()).isEqualTo(LoadedExtension.Origin.PLUGINS_DIRECTORY);
                assertThat(loaded.jar()).isEqualTo("good.jar");
              });
      assertThat(extensions.issues())
          .extracting(issue -> Path.of(issue.location()).getFileName().toString())
          .containsExactly("bad.jar", "empty.jar", "half.jar");
    }
  }

  @Test
  void a_plugins_folder_that_is_missing_is_an_issue() {
    Path missing = folder.resolve("missing");
    try (Extensions extensions =
        Extensions.builder(Samples.config("")).pluginsDirectory(missing).build()) {
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(
              issue -> assertThat(issue.toString()).contains(missing.toString(), "is not there"));
    }
  }

  @Test
  void a_pin_of_what_a_missing_plugins_folder_should_hold_names_the_folder() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () ->
                Extensions.builder(
                        Samples.config(
                            "followspot: { extensions: { fetcher: [stamping], pluginsDirectory: '"
                                + missing
                                + "' } }"))
                    .build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'stamping'")
        .hasMessageContaining(missing.toString());
  }

  @Test
  void many_broken_providers_hide_no_good_one_behind_them() throws IOException {
    String[] missing =
        Stream.iterate(0, i -> i + 1).limit(1500).map(i -> "no.such.C" + i).toArray(String[]::new);
    Path jar = TestJars.jar("many").services(KubernetesFetcherFactory.class, missing).build(folder);
    try (URLClassLoader loader = TestJars.loader(jar, good);
        Extensions extensions = load(loader, "")) {
      assertThat(extensions.issues()).hasSize(missing.length);
      assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("other");
    }
  }

  private static List<CellStatus> statuses(Extensions extensions) {
    return Samples.fetch(extensions.fetcher(Samples.BASE), ResourceType.PODS).cells().stream()
        .map(cell -> cell.status())
        .toList();
  }
}
