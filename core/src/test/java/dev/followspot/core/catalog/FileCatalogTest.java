package dev.followspot.core.catalog;

import static dev.followspot.core.catalog.Entities.find;
import static dev.followspot.core.catalog.Entities.get;
import static dev.followspot.core.catalog.Entities.names;
import static dev.followspot.core.catalog.Entities.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCatalogTest {

  @TempDir private Path folder;

  private Path write(String name, String... documents) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("", documents));
  }

  private FileCatalog open(String... files) {
    return Catalogs.files(List.of(files).stream().map(f -> folder + "/" + f).toList())
        .refreshInterval(Duration.ZERO)
        .open();
  }

  private static void refresh(FileCatalog catalog) throws Exception {
    catalog.refresh().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private List<String> problems(FileCatalog catalog) {
    return catalog.problems().stream().map(this::shown).toList();
  }

  private String shown(Problem problem) {
    return problem.toString().replace(folder + "/", "");
  }

  private List<String> mistakes(Callable<FileCatalog> opening) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> {
              try (FileCatalog catalog = opening.call()) {
                throw new AssertionError("it opened: " + catalog);
              }
            });
    return refused.problems().stream()
        .map(ConfigProblem::toString)
        .map(text -> text.replace(folder + "/", ""))
        .toList();
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      assertThat(System.nanoTime()).describedAs("waited too long").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void files_folders_and_globs_give_entities_in_their_order() throws Exception {
    write("one.yaml", yaml("Component", "b"), yaml("Component", "a"));
    write("folder/z.yml", yaml("Component", "z"));
    write("folder/deep/er/y.yaml", yaml("Component", "y"));
    write("folder/notes.txt", "no: yaml: at all");
    write("folder/.hidden/x.yaml", "broken: [");
    write("glob/team-1/catalog-info.yaml", yaml("Component", "t1"));
    write("glob/team-2/sub/catalog-info.yaml", yaml("Component", "t2"));
    write("glob/team-2/other.yaml", "broken: [");

    try (FileCatalog catalog = open("one.yaml", "folder", "glob/**/catalog-info.yaml")) {
      assertThat(names(catalog, "component")).containsExactly("b", "a", "y", "z", "t1", "t2");
      assertThat(names(catalog, "COMPONENT")).hasSize(6);
      assertThat(names(catalog, "api")).isEmpty();
      assertThat(find(catalog, "Component:Default/A")).isPresent();
      assertThat(find(catalog, "component:default/c")).isEmpty();
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void entities_of_different_files_have_relations_to_each_other() throws Exception {
    write("a.yaml", yaml("Component", "a", "{ owner: team, dependsOn: ['resource:db'] }"));
    write("b.yaml", yaml("Group", "team"), yaml("Resource", "db"));
    try (FileCatalog catalog = open("a.yaml", "b.yaml")) {
      assertThat(Entities.relations(get(catalog, "resource:db")))
          .containsExactly("dependencyOf component:default/a");
      assertThat(Entities.relations(get(catalog, "group:team")))
          .containsExactly("ownerOf component:default/a");
    }
  }

  @Test
  void every_mistake_of_every_file_is_reported_at_the_start() throws Exception {
    write("a.yaml", yaml("Component", "a b"), yaml("Component", "ok", "[x]"));
    write("b.yaml", "a: [");
    write("c.yaml", "");
    assertThat(mistakes(() -> open("a.yaml", "b.yaml", "c.yaml", "missing.yaml", "no/*.yaml")))
        .hasSize(5)
        .anyMatch(m -> m.startsWith("a.yaml:2") && m.contains("metadata.name"))
        .anyMatch(m -> m.startsWith("a.yaml:7") && m.contains("spec"))
        .anyMatch(m -> m.startsWith("b.yaml"))
        .anyMatch(m -> m.contains("there is no file missing.yaml"))
        .anyMatch(m -> m.contains("'no/*.yaml' starts at no, which is not there"));
  }

  @Test
  void a_file_may_be_empty_until_it_has_had_entities() throws Exception {
    write("empty.yaml", "# nothing yet");
    try (FileCatalog catalog = open("empty.yaml")) {
      assertThat(catalog.problems()).isEmpty();
      write("empty.yaml", yaml("Resource", "db"));
      catalog.refresh().toCompletableFuture().join();
      get(catalog, "resource:db");
      write("empty.yaml", "");
      catalog.refresh().toCompletableFuture().join();
      get(catalog, "resource:db");
      assertThat(catalog.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.toString()).contains("holds no entity"));
    }
  }

  @Test
  void a_catalog_without_files_is_refused() {
    assertThat(mistakes(() -> Catalogs.files(List.of()).open())).hasSize(1);
  }

  @Test
  void a_glob_that_finds_nothing_is_a_problem_and_not_the_end() throws Exception {
    write("a.yaml", yaml("Component", "a"));
    try (FileCatalog catalog = open("a.yaml", "*.yml")) {
      assertThat(problems(catalog)).containsExactly("WARNING *.yml: no file is found for '*.yml'");
      write("b.yml", yaml("Component", "b"));
      refresh(catalog);
      assertThat(names(catalog, "component")).containsExactly("a", "b");
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void of_entities_with_one_reference_the_first_one_counts_and_both_places_are_named()
      throws Exception {
    write("a.yaml", yaml("Component", "same", "{ type: first }"));
    write("b.yaml", yaml("Component", "other"), yaml("component", "SAME", "{ type: second }"));
    try (FileCatalog catalog = open("a.yaml", "b.yaml")) {
      assertThat(get(catalog, "component:same").spec()).containsEntry("type", "first");
      assertThat(problems(catalog))
          .containsExactly(
              "WARNING b.yaml:7: the entity component:default/same is left out, since it is there"
                  + " already, at a.yaml:2");
    }
  }

  @Test
  void a_broken_edit_keeps_the_last_good_version_until_it_is_put_right() throws Exception {
    write("a.yaml", yaml("Component", "a", "{ type: old }"), yaml("Component", "a2"));
    write("b.yaml", yaml("Component", "b"));
    try (FileCatalog catalog = open("a.yaml", "b.yaml")) {
      write("a.yaml", yaml("Component", "a", "{ type: new }"), "---\nkind: [");
      write("b.yaml", yaml("Component", "b", "{ type: new }"));
      refresh(catalog);

      assertThat(get(catalog, "component:a").spec()).containsEntry("type", "old");
      assertThat(find(catalog, "component:a2")).isPresent();
      assertThat(get(catalog, "component:b").spec()).containsEntry("type", "new");
      assertThat(problems(catalog))
          .hasSize(1)
          .allMatch(p -> p.startsWith("WARNING a.yaml:"))
          .allMatch(p -> p.endsWith("(the last good version is kept)"));

      write("a.yaml", "");
      refresh(catalog);
      assertThat(find(catalog, "component:a2")).isPresent();

      write("a.yaml", yaml("Component", "a", "{ type: new }"));
      refresh(catalog);
      assertThat(get(catalog, "component:a").spec()).containsEntry("type", "new");
      assertThat(find(catalog, "component:a2")).isEmpty();
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void a_named_file_that_vanishes_is_kept_and_one_of_a_glob_is_gone() throws Exception {
    write("named.yaml", yaml("Component", "named"));
    write("g/one.yaml", yaml("Component", "one"));
    write("g/two.yaml", yaml("Component", "two"));
    try (FileCatalog catalog = open("named.yaml", "g/*.yaml")) {
      Files.delete(folder.resolve("named.yaml"));
      Files.delete(folder.resolve("g/one.yaml"));
      refresh(catalog);
      assertThat(names(catalog, "component")).containsExactly("named", "two");
      assertThat(problems(catalog))
          .containsExactly(
              "WARNING named.yaml: there is no file named.yaml (the last good version is kept)");
    }
  }

  @Test
  void a_folder_that_is_away_for_a_moment_changes_nothing() throws Exception {
    write("g/one.yaml", yaml("Component", "one"));
    try (FileCatalog catalog = open("g/**")) {
      Files.move(folder.resolve("g"), folder.resolve("away"));
      refresh(catalog);
      assertThat(names(catalog, "component")).containsExactly("one");
      assertThat(problems(catalog)).anyMatch(p -> p.contains("what was read from there before"));
      Files.move(folder.resolve("away"), folder.resolve("g"));
      refresh(catalog);
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void changes_are_noticed_without_being_told() throws Exception {
    Path file = write("a.yaml", yaml("Component", "a"));
    try (FileCatalog catalog =
        Catalogs.files(folder).refreshInterval(Duration.ofMillis(50)).open()) {
      write("new.yaml", yaml("Component", "new"));
      eventually(() -> find(catalog, "component:new").isPresent());

      // Replaced in one step, as editors and deployments do it, with the same size.
      Path other = write("other.tmp", yaml("Component", "b"));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      eventually(() -> find(catalog, "component:b").isPresent());
      assertThat(find(catalog, "component:a")).isEmpty();

      Files.delete(folder.resolve("new.yaml"));
      eventually(() -> find(catalog, "component:new").isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mount/catalog.yaml", "mount", "mount/*.yaml"})
  void a_mounted_config_map_is_read_once_and_noticed_when_it_is_replaced(String root)
      throws Exception {
    write("mount/..2024_01/catalog.yaml", yaml("Component", "a", "{ type: v1 }"));
    Path data = folder.resolve("mount/..data");
    Files.createSymbolicLink(data, Path.of("..2024_01"));
    Files.createSymbolicLink(folder.resolve("mount/catalog.yaml"), Path.of("..data/catalog.yaml"));
    try (FileCatalog catalog =
        Catalogs.files(folder + "/" + root).refreshInterval(Duration.ofMillis(50)).open()) {
      assertThat(names(catalog, "component")).containsExactly("a");
      assertThat(catalog.problems()).isEmpty();

      write("mount/..2024_02/catalog.yaml", yaml("Component", "a", "{ type: v2 }"));
      Path next = Files.createSymbolicLink(folder.resolve("mount/..tmp"), Path.of("..2024_02"));
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      eventually(() -> "v2".equals(get(catalog, "component:a").spec().get("type")));
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void links_that_lead_in_a_circle_end() throws Exception {
    write("g/a.yaml", yaml("Component", "a"));
    Files.createSymbolicLink(folder.resolve("g/loop"), folder.resolve("g"));
    Files.createSymbolicLink(folder.resolve("g/self.yaml"), Path.of("self.yaml"));
    try (FileCatalog catalog = open("g")) {
      assertThat(names(catalog, "component")).containsExactly("a");
    }
  }

  @Test
  void pipes_and_devices_are_not_opened() throws Exception {
    write("a.yaml", yaml("Component", "a"));
    Path pipe = folder.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (FileCatalog catalog = open("*.yaml")) {
      assertThat(names(catalog, "component")).containsExactly("a");
    }
    assertThat(mistakes(() -> open("pipe.yaml"))).allMatch(m -> m.contains("is no regular file"));
  }

  @Test
  void after_close_the_thread_is_gone_and_what_was_read_is_still_there() throws Exception {
    write("a.yaml", yaml("Component", "a"));
    FileCatalog catalog = Catalogs.files(folder).refreshInterval(Duration.ofMillis(50)).open();
    refresh(catalog);
    assertThat(threads()).isPositive();
    catalog.close();
    catalog.close();

    eventually(() -> threads() == 0);
    assertThat(names(catalog, "component")).containsExactly("a");
    assertThatThrownBy(() -> refresh(catalog)).hasRootCauseMessage("the catalog is closed");
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("followspot-catalog-files"))
        .count();
  }

  @Test
  void intervals_that_make_no_sense_are_refused() {
    FileCatalogBuilder builder = Catalogs.files("x");
    assertThatThrownBy(() -> builder.refreshInterval(Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.refreshInterval(Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.refreshInterval(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_file_may_have_the_name_of_a_glob() throws Exception {
    write("[a].yaml", yaml("Component", "brackets"));
    write("a.yaml", yaml("Component", "plain"));
    try (FileCatalog catalog = open("[a].yaml")) {
      assertThat(names(catalog, "component")).containsExactly("brackets");
    }
  }
}
