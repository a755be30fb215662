package dev.followspot.core.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredCustomResourcesTest {

  private static final ResourceType CRONTABS =
      ResourceType.custom("stable.example.com", "v1", "crontabs");
  private static final ResourceType WIDGETS = ResourceType.custom("example.com", "v1", "widgets");

  private static ConfigSection kubernetes(String yaml) {
    return AppConfig.parse("app-config.yaml", yaml).resolve(Map.of()).root().section("kubernetes");
  }

  private static List<ResourceType> ask(
      ConfiguredCustomResources supplier, @Nullable List<ResourceType> own) {
    Cluster cluster =
        Cluster.named("dev")
            .url("https://dev.example.com")
            .authProvider("anonymous")
            .customResources(own)
            .build();
    return supplier.customResources(cluster, RequestContext.create()).toCompletableFuture().join();
  }

  private static String mistakes(String yaml) {
    ConfigSection section = kubernetes(yaml);
    return catchThrowableOfType(
            ConfigurationException.class, () -> ConfiguredCustomResources.from(section))
        .getMessage();
  }

  @Test
  void without_a_list_there_are_none() {
    for (String yaml : List.of("kubernetes: {}", "{}", "kubernetes: { customResources: [] }")) {
      assertThat(ask(ConfiguredCustomResources.from(kubernetes(yaml)), null)).isEmpty();
    }
  }

  @Test
  void the_global_ones_come_in_order_and_once() {
    ConfiguredCustomResources supplier =
        ConfiguredCustomResources.from(
            kubernetes(
                """
                kubernetes:
                  customResources:
                    - { group: stable.example.com, apiVersion: v1, plural: crontabs }
                    - { group: example.com, apiVersion: v1, plural: widgets }
                    - { plural: crontabs, apiVersion: v1, group: stable.example.com }
                """));
    assertThat(ask(supplier, null)).containsExactly(CRONTABS, WIDGETS);
  }

  @Test
  void a_clusters_own_list_replaces_the_global_one_even_if_it_is_empty() {
    ConfiguredCustomResources supplier = new ConfiguredCustomResources(List.of(CRONTABS));
    assertThat(ask(supplier, List.of(WIDGETS, WIDGETS))).containsExactly(WIDGETS);
    assertThat(ask(supplier, List.of())).isEmpty();
    assertThat(ask(supplier, null)).containsExactly(CRONTABS);
  }

  @Test
  void every_mistake_is_reported_at_once_with_its_line() {
    assertThat(
            mistakes(
                """
                kubernetes:
                  customResources:
                    - group: Example.com
                      apiVersion: example.com/v1
                      plural: Widgets
                    - { plural: gadgets }
                    - { group: a.b, apiVersion: 1, plural: x }
                """))
        .isEqualTo(
            """
            app-config.yaml:3 kubernetes.customResources[0].group: is 'Example.com'; wanted an API \
            group in lower case, such as stable.example.com
            app-config.yaml:4 kubernetes.customResources[0].apiVersion: is 'example.com/v1'; wanted \
            the version alone, such as v1, without the group
            app-config.yaml:5 kubernetes.customResources[0].plural: is 'Widgets'; wanted a plural \
            name in lower case, such as crontabs
            app-config.yaml:6 kubernetes.customResources[1].group: is missing; this key needs a text
            app-config.yaml:6 kubernetes.customResources[1].apiVersion: is missing; this key needs \
            a text
            app-config.yaml:7 kubernetes.customResources[2].apiVersion: Invalid type, got number \
            '1', wanted string; put it in quotes""");
  }

  @Test
  void something_else_than_a_list_of_objects_is_a_mistake() {
    assertThat(mistakes("kubernetes: { customResources: crontabs }"))
        .startsWith("app-config.yaml:1 kubernetes.customResources: Invalid type");
    assertThat(mistakes("kubernetes: { customResources: [crontabs, 5] }"))
        .contains("kubernetes.customResources[0]: ", "kubernetes.customResources[1]: ");
  }

  @ParameterizedTest
  @CsvSource({
    "group,..",
    "group,a/b",
    "group,-a",
    "group,a..b",
    "apiVersion,..",
    "apiVersion,v1%2f",
    "plural,..",
    "plural,pods/log",
    "plural,a.b"
  })
  void what_would_leave_its_place_in_a_path_is_a_mistake(String key, String value) {
    Map<String, String> entry =
        new java.util.LinkedHashMap<>(
            Map.of("group", "example.com", "apiVersion", "v1", "plural", "widgets"));
    entry.put(key, value);
    StringBuilder yaml = new StringBuilder("kubernetes: { customResources: [ {");
    entry.forEach((k, v) -> yaml.append(k).append(": '").append(v).append("', "));
    assertThat(mistakes(yaml.append("} ] }").toString()))
        .startsWith("app-config.yaml:1 kubernetes.customResources[0]." + key + ": is '" + value);
  }

  @Test
  void a_hostile_value_is_shown_on_one_line_and_cut() {
    String message =
        mistakes(
            "kubernetes: { customResources: [ { group: a, apiVersion: v1, plural: \"a\\n"
                + "b".repeat(100_000)
                + "\" } ] }");
    assertThat(message).hasSizeLessThan(250).doesNotContain("\n");
  }

  @Test
  void an_unknown_key_of_an_entry_is_a_warning() {
    ConfigSection section =
        kubernetes(
            "kubernetes: { customResources: [ { group: a, apiVersion: v1, plural: b, plurals: c } ]"
                + " }");
    assertThat(CustomResourceConfig.read(section, "customResources")).hasSize(1);
    assertThat(section.unusedKeys())
        .singleElement()
        .asString()
        .contains("kubernetes.customResources[0].plurals");
  }
}
