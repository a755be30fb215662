package dev.followspot.core.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.KubernetesFetcherFactory;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers of named modules, and what more than one place has. */
class ModuleProviderTest {

  @TempDir private Path folder;

  /** The jars as automatic modules, which read the class path and provide what they list. */
  private static ClassLoader modules(Path... jars) {
    ModuleFinder finder = ModuleFinder.of(jars);
    List<String> names =
        finder.findAll().stream().map(module -> module.descriptor().name()).sorted().toList();
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.copyOf(names));
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(configuration, ModuleProviderTest.class.getClassLoader())
        .findLoader(names.get(0));
  }

  @Test
  void a_broken_provider_of_a_module_is_one_issue_and_hides_no_other() throws IOException {
    Jars jars = new Jars(folder);
    ClassLoader loader = modules(jars.mixed("mixed"), jars.good("zgood", "org.z.Z", "z"));
    try (Extensions extensions =
        Extensions.builder(Samples.config("")).classLoaders(List.of(loader)).build()) {
      assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("first", "last", "z");
      assertThat(extensions.loaded())
          .filteredOn(LoadedExtension::name, "last")
          .extracting(LoadedExtension::jar)
          .containsExactly("mixed.jar");
      assertThat(extensions.issues())
          .extracting(issue -> issue.provider())
          .containsExactlyInAnyOrder("org.m.Missing", "org.m.Throwing");
      assertThat(extensions.issues())
          .allSatisfy(issue -> assertThat(issue.location()).endsWith("mixed.jar"));
    }
  }

  private record Jars(Path folder) {
    Path mixed(String file) throws IOException {
      return TestJars.jar(file)
          .source(Samples.source("org.m.First", "first"))
          .source(Samples.source("org.m.Missing", "missing"))
          .without("org.m.Missing")
          .source(
              Samples.source(
                  "org.m.Throwing",
                  "throwing",
                  "public Throwing() { throw new IllegalStateException(\"no\"); }",
                  "return null;"))
          .source(Samples.source("org.m.Last", "last"))
          .services(
              KubernetesFetcherFactory.class,
              "org.m.First",
              "org.m.Missing",
              "org.m.Throwing",
              "org.m.Last")
          .build(folder);
    }

    Path good(String file, String className, String name) throws IOException {
      return TestJars.jar(file)
          .source(Samples.source(className, name))
          .services(KubernetesFetcherFactory.class, className)
          .build(folder);
    }
  }

  @Test
  void the_same_name_in_two_jars_fails_the_start_and_names_both_unless_it_is_excluded()
      throws IOException {
    Jars jars = new Jars(folder);
    Path one = jars.good("one", "org.one.One", "same");
    Path two = jars.good("two", "org.two.Two", "same");
    try (URLClassLoader loader = TestJars.loader(one, two)) {
      Assertions.assertThatThrownBy(
              () -> Extensions.builder(Samples.config("")).classLoaders(List.of(loader)).build())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(
              "'same'", "org.one.One", one.toString(), "org.two.Two", two.toString());
      try (Extensions extensions =
          Extensions.builder(
                  Samples.config("followspot: { extensions: { exclude: { fetcher: [same] } } }"))
              .classLoaders(List.of(loader))
              .build()) {
        assertThat(extensions.names(ExtensionPoint.FETCHER)).doesNotContain("same");
      }
      try (Extensions extensions =
          Extensions.builder(Samples.config(""))
              .classLoaders(List.of(loader))
              .add(List.of(Samples.fetcher("same", context -> context.delegate())))
              .build()) {
        assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("same");
      }
    }
  }

  @Test
  void a_jar_that_two_class_loaders_see_is_found_once() throws IOException {
    Path jar = new Jars(folder).good("one", "org.one.One", "same");
    try (URLClassLoader parent = TestJars.loader(jar);
        URLClassLoader child = new URLClassLoader(new java.net.URL[0], parent);
        Extensions extensions =
            Extensions.builder(Samples.config(""))
                .classLoaders(List.of(child, parent, child))
                .build()) {
      assertThat(extensions.loaded()).filteredOn(LoadedExtension::name, "same").hasSize(1);
      assertThat(extensions.issues()).isEmpty();
    }
  }

  @Test
  void a_factory_of_two_kinds_is_found_as_both() throws IOException {
    Path jar =
        TestJars.jar("both")
            .source(
                Samples.source(
                        "org.b.Both",
                        "both",
                        "public ClusterSupplier create(ClusterSupplierContext c)"
                            + " { return r -> CompletableFuture.completedFuture(List.of()); }",
                        "return context.delegate();")
                    .replace("implements ", "implements ClusterSupplierFactory, "))
            .services(KubernetesFetcherFactory.class, "org.b.Both")
            .services(ClusterSupplierFactory.class, "org.b.Both")
            .build(folder);
    try (URLClassLoader loader = TestJars.loader(jar);
        Extensions extensions =
            Extensions.builder(Samples.config("")).classLoaders(List.of(loader)).build()) {
      assertThat(extensions.names(ExtensionPoint.FETCHER)).contains("both");
      assertThat(extensions.names(ExtensionPoint.CLUSTERS)).containsExactly("both");
    }
  }

  @Test
  void only_the_jars_of_a_plugins_folder_count_as_from_it() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.move(new Jars(folder).good("plug", "org.p.Plug", "plug"), plugins.resolve("plug.jar"));
    try (URLClassLoader none = new URLClassLoader(new java.net.URL[0], null);
        Extensions extensions =
            Extensions.builder(Samples.config(""))
                .classLoaders(List.of(none))
                .pluginsDirectory(plugins)
                .build()) {
      assertThat(extensions.loaded()).extracting(LoadedExtension::name).containsExactly("plug");
    }
  }

  @Test
  void a_class_that_a_module_lists_but_does_not_provide_is_an_issue_with_the_cure()
      throws IOException {
    Path jar =
        TestJars.jar("modular")
            .source("module org.mod {}")
            .source("package org.mod; public class Listed {}")
            .services(KubernetesFetcherFactory.class, "org.mod.Listed")
            .build(folder);
    ClassLoader loader = modules(jar);
    try (Extensions extensions =
        Extensions.builder(Samples.config("")).classLoaders(List.of(loader)).build()) {
      assertThat(extensions.issues())
          .singleElement()
          .satisfies(
              issue ->
                  assertThat(issue.toString())
                      .contains(
                          jar.toString(),
                          "add 'provides dev.followspot.spi.KubernetesFetcherFactory with"
                              + " org.mod.Listed' to the module org.mod"));
    }
  }
}
