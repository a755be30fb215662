package dev.followspot.core.catalog;

import static dev.followspot.core.catalog.Entities.names;
import static dev.followspot.core.catalog.Entities.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that are away for a moment, and those that may not be read. */
class FileCatalogFoldersTest {

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

  @Test
  void a_named_folder_that_is_away_for_a_moment_changes_nothing() throws Exception {
    write("cat/a/x.yaml", yaml("Component", "x"));
    write("cat/b/y.yaml", yaml("Component", "y"));
    write("cat/l.yaml", yaml("Location", "l", "{ targets: [.more/one.yaml, '.more/t*.yaml'] }"));
    write("cat/.more/one.yaml", yaml("Component", "one"));
    write("cat/.more/two.yaml", yaml("Component", "two"));
    try (FileCatalog catalog = open("cat")) {
      List<String> all = names(catalog, "component");
      assertThat(all).containsExactlyInAnyOrder("x", "y", "one", "two");
      Files.move(folder.resolve("cat"), folder.resolve("gone"));
      refresh(catalog);
      refresh(catalog);
      assertThat(names(catalog, "component")).isEqualTo(all);
      assertThat(problems(catalog))
          .anySatisfy(
              told ->
                  assertThat(told)
                      .contains("cat' is not there; what was read from there before is kept"))
          .noneMatch(told -> told.startsWith("ERROR"))
          .noneMatch(told -> told.contains("x.yaml") || told.contains("y.yaml"));
      Files.move(folder.resolve("gone"), folder.resolve("cat"));
      Files.delete(folder.resolve("cat/b/y.yaml"));
      refresh(catalog);
      assertThat(names(catalog, "component")).doesNotContain("y").hasSize(3);
      assertThat(problems(catalog)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"---------", "r--r--r--"})
  void a_folder_within_that_may_not_be_read_is_a_mistake_at_the_start_and_kept_later(String rights)
      throws Exception {
    write("cat/x.yaml", yaml("Component", "x"));
    Path within = write("cat/a/sub/y.yaml", yaml("Component", "y")).getParent();
    Path lost = Files.createDirectories(folder.resolve("cat/lost+found"));
    try (FileCatalog catalog = open("cat");
        FileCatalog glob = open("cat/**/*.yaml");
        FileCatalog other = open("cat/*/*.yml")) {
      Files.setPosixFilePermissions(within, PosixFilePermissions.fromString(rights));
      Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("---------"));
      Assumptions.assumeFalse(Files.isExecutable(within), "root may read everything");
      try {
        for (FileCatalog each : List.of(catalog, glob)) {
          refresh(each);
          refresh(each);
          assertThat(names(each, "component")).containsExactlyInAnyOrder("x", "y");
          assertThat(problems(each))
              .singleElement()
              .asString()
              .contains("the folder cat/a/sub may not be read; correct its rights, or remove it")
              .contains("before is kept");
        }
        refresh(other);
        assertThat(problems(other)).singleElement().asString().contains("no file is found");
        assertThat(mistakes(() -> open("cat")))
            .singleElement()
            .asString()
            .contains("the folder cat/a/sub may not be read");
      } finally {
        Files.setPosixFilePermissions(within, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("rwx------"));
      }
      refresh(catalog);
      assertThat(problems(catalog)).isEmpty();
    }
  }
}
