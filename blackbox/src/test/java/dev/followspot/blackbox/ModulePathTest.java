package dev.followspot.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory;
import dev.followspot.testkit.MockKubernetes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModulePathTest {
  @Test
  void the_published_jars_are_named_modules() {
    assertThat(
            Stream.of(
                    ModulePathTest.class,
                    Followspot.class,
                    MultiNamespaceFetcherFactory.class,
                    MockKubernetes.class)
                .map(type -> type.getModule().getName()))
        .containsExactly(
            "dev.followspot.blackbox",
            "dev.followspot.core",
            "dev.followspot.fetcher.multinamespace",
            "dev.followspot.testkit");
  }
}
