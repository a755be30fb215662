package dev.followspot.blackbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.lang.module.ResolvedModule;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, in all of Followspot's modules on the module path. */
class ArchitectureTest {
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .importLocations(
              libraryModules().stream()
                  .map(module -> Location.of(module.reference().location().orElseThrow()))
                  .toList());

  private static Set<ResolvedModule> libraryModules() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(module -> module.name().startsWith("dev.followspot."))
        .filter(module -> !module.name().equals("dev.followspot.blackbox"))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void all_library_modules_are_looked_at() {
    assertThat(libraryModules().stream().map(ResolvedModule::name))
        .contains(
            "dev.followspot.spi",
            "dev.followspot.core",
            "dev.followspot.fetcher.multinamespace",
            "dev.followspot.testkit");
  }

  @Test
  void spi_depends_on_java_and_jspecify_only() {
    classes()
        .that()
        .resideInAPackage("dev.followspot.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.followspot.spi..", "org.jspecify.annotations..", "java..")
        .check(LIBRARY);
  }

  @Test
  void the_fetcher_jar_depends_on_spi_only() {
    classes()
        .that()
        .resideInAPackage("dev.followspot.fetcher..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.followspot.fetcher..",
            "dev.followspot.spi..",
            "org.jspecify.annotations..",
            "java..")
        .check(LIBRARY);
  }

  @Test
  void packages_of_core_have_no_cycles() {
    slices()
        .matching("dev.followspot.core.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  @Test
  void nothing_is_printed() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(LIBRARY);
  }

  @Test
  void the_environment_is_not_read() {
    noClasses().should().callMethod(System.class, "getenv").check(LIBRARY);
    noClasses().should().callMethod(System.class, "getenv", String.class).check(LIBRARY);
  }
}
