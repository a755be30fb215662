package dev.followspot.core.catalog;

import static dev.followspot.core.catalog.Entities.names;
import static dev.followspot.core.catalog.Entities.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities of kind Location lead to other files. */
class LocationsTest {

  @TempDir private Path folder;

  private void write(String name, String... documents) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("", documents));
  }

  private FileCatalogBuilder files(String... files) {
    return Catalogs.files(List.of(files).stream().map(f -> folder + "/" + f).toList())
        .refreshInterval(Duration.ZERO);
  }

  private static void refresh(FileCatalog catalog) throws Exception {
    catalog.refresh().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private String mistake(FileCatalogBuilder builder) {
    return catchThrowableOfType(
            ConfigurationException.class,
            () -> {
              try (FileCatalog catalog = builder.open()) {
                throw new AssertionError("it opened: " + catalog);
              }
            })
        .getMessage();
  }

  @Test
  void targets_are_relative_to_the_file_and_may_be_globs() throws Exception {
    write(
        "c/all.yaml",
        yaml("Location", "all", "{ target: ./teams.yaml, targets: ['t/**/*.yaml'] }"));
    write("c/teams.yaml", yaml("Location", "teams", "{ type: file, targets: [x/a.yaml, 'x'] }"));
    write("c/x/a.yaml", yaml("Component", "a"));
    write("c/x/b.yaml", yaml("Component", "b"));
    write("c/t/1/c.yaml", yaml("Component", "c"));
    write("c/t/d.yaml", yaml("Component", "d"));
    try (FileCatalog catalog = files("c/all.yaml").open()) {
      assertThat(names(catalog, "component")).containsExactly("a", "b", "c", "d");
      assertThat(names(catalog, "location")).containsExactly("all", "teams");
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @Test
  void new_files_of_a_target_and_new_targets_are_noticed() throws Exception {
    write("all.yaml", yaml("Location", "all", "{ targets: ['t/*.yaml'] }"));
    write("t/a.yaml", yaml("Component", "a"));
    try (FileCatalog catalog = files("all.yaml").open()) {
      write("t/b.yaml", yaml("Component", "b"));
      write("u.yaml", yaml("Component", "u"));
      write("all.yaml", yaml("Location", "all", "{ targets: ['t/*.yaml', u.yaml] }"));
      refresh(catalog);
      assertThat(names(catalog, "component")).containsExactly("a", "b", "u");
    }
  }

  @Test
  void circles_end_and_long_chains_are_a_mistake() throws Exception {
    write("a.yaml", yaml("Location", "a", "{ targets: [b.yaml, a.yaml, './', '*.yaml'] }"));
    write("b.yaml", yaml("Location", "b", "{ target: ../" + folder.getFileName() + "/a.yaml }"));
    try (FileCatalog catalog = files("a.yaml").open()) {
      assertThat(names(catalog, "location")).containsExactly("a", "b");
      assertThat(catalog.problems()).isEmpty();
    }
    for (int i = 0; i < 20; i++) {
      write("chain/" + i + ".yaml", yaml("Location", "l" + i, "{ target: " + (i + 1) + ".yaml }"));
    }
    assertThat(mistake(files("chain/0.yaml"))).contains("chain of more than 16 Locations");
  }

  @Test
  void a_target_that_is_missing_is_a_mistake_unless_it_is_optional() throws Exception {
    write("a.yaml", yaml("Location", "a", "{ target: gone.yaml }"));
    assertThat(mistake(files("a.yaml"))).contains("there is no file").contains("gone.yaml");
    write("a.yaml", yaml("Location", "a", "{ presence: optional, targets: [gone.yaml, no/*] }"));
    try (FileCatalog catalog = files("a.yaml").open()) {
      assertThat(catalog.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ type: url, target: 'https://example.com/catalog-info.yaml' }",
        "{ target: 'https://example.com/catalog-info.yaml' }",
        "{ target: 'FILE:///etc/passwd' }",
        "{ type: url, target: ./a.yaml }"
      })
  void remote_targets_are_told_and_not_read(String spec) throws Exception {
    write("a.yaml", yaml("Location", "a", spec), yaml("Component", "c"));
    try (FileCatalog catalog = files("a.yaml").open()) {
      assertThat(names(catalog, "component")).containsExactly("c");
      assertThat(catalog.problems())
          .hasSize(1)
          .allSatisfy(
              problem -> {
                assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
                assertThat(problem.message()).contains("is not read: only files are");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.yaml", "../**/*.yaml", "/etc", "sub/../../secret.yaml", ".."})
  void targets_outside_the_folders_of_the_catalog_are_refused(String target) throws Exception {
    write("secret.yaml", yaml("Component", "secret"));
    write("c/a.yaml", yaml("Location", "a", "{ target: '" + target + "' }"));
    assertThat(mistake(files("c/a.yaml"))).contains("is outside the folders of the catalog");
  }

  @Test
  void a_link_does_not_lead_a_target_outside() throws Exception {
    write("secret/s.yaml", yaml("Component", "secret"));
    write("c/a.yaml", yaml("Location", "a", "{ targets: [link/s.yaml] }"));
    write("d/a.yaml", yaml("Location", "a", "{ targets: ['x/*.yaml'] }"));
    write("d/x/good.yaml", yaml("Component", "good"));
    Files.createSymbolicLink(folder.resolve("c/link"), folder.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("d/x/s.yaml"), folder.resolve("secret/s.yaml"));

    assertThat(mistake(files("c/a.yaml"))).contains("is outside the folders of the catalog");
    try (FileCatalog catalog = files("d/a.yaml").open()) {
      assertThat(names(catalog, "component")).containsExactly("good");
      assertThat(catalog.problems())
          .anySatisfy(p -> assertThat(p.message()).contains("is a link to outside"));
    }
  }

  @Test
  void targets_outside_are_read_if_that_is_allowed_or_they_are_in_another_folder_of_the_catalog()
      throws Exception {
    write("shared/s.yaml", yaml("Component", "s"));
    write("c/a.yaml", yaml("Location", "a", "{ target: ../shared/s.yaml }"));
    try (FileCatalog catalog = files("c/a.yaml").targetsOutside(true).open()) {
      assertThat(names(catalog, "component")).containsExactly("s");
    }
    try (FileCatalog catalog = files("c/a.yaml", "shared/*.yaml").open()) {
      assertThat(names(catalog, "component")).containsExactly("s");
    }
  }

  @Test
  void odd_targets_are_told() throws Exception {
    write("a.yaml", yaml("Location", "a", "{ target: 5, targets: { a: b } }"));
    try (FileCatalog catalog = files("a.yaml").open()) {
      assertThat(catalog.problems()).hasSize(2);
    }
    write("a.yaml", yaml("Location", "a", "{ target: \"a\\0b\" }"));
    assertThat(mistake(files("a.yaml"))).contains("is no path");
    write("a.yaml", yaml("Location", "a", "{ target: 'x{a' }"));
    assertThat(mistake(files("a.yaml"))).contains("not closed");
  }
}
