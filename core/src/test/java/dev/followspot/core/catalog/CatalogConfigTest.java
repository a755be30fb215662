package dev.followspot.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.core.Followspot;
import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalog that the configuration names. */
class CatalogConfigTest {

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Resource
      metadata:
        name: %s
        annotations:
          kubernetes.io/api-server: https://8.8.8.8
          kubernetes.io/api-server-certificate-authority: eA==
          kubernetes.io/auth-provider: google
      spec: { type: kubernetes-cluster }
      """;
  private static final String LOCATOR =
      "kubernetes: { clusterLocatorMethods: [{ type: catalog }] }\n";

  @TempDir private Path folder;

  private Configuration config(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("app-config.yaml"), LOCATOR + yaml);
    return AppConfig.read(file).resolve(Map.of());
  }

  private static List<String> clusters(Followspot followspot) throws Exception {
    return followspot.clusters().toCompletableFuture().get(30, TimeUnit.SECONDS).clusters().stream()
        .map(Cluster::name)
        .toList();
  }

  private String refused(String yaml) {
    return catchThrowableOfType(
            ConfigurationException.class,
            () -> {
              try (Followspot followspot = Followspot.from(config(yaml))) {
                throw new AssertionError("it started: " + followspot.describe());
              }
            })
        .getMessage();
  }

  @Test
  void files_are_relative_to_the_configuration_and_may_be_globs() throws Exception {
    Files.createDirectories(folder.resolve("catalog/a"));
    Files.writeString(folder.resolve("catalog/a/one.yaml"), CLUSTER.formatted("one"));
    Files.writeString(folder.resolve("two.yaml"), CLUSTER.formatted("two"));
    String yaml =
        "followspot: { catalog: { files: ['catalog/**/*.yaml', two.yaml], refreshInterval: 1s } }";
    try (Followspot followspot = Followspot.from(config(yaml))) {
      assertThat(clusters(followspot)).containsExactly("one", "two");
      assertThat(followspot.warnings()).isEmpty();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("followspot-catalog")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void a_remote_catalog_is_asked() throws Exception {
    try (BackstageServer server = new BackstageServer()) {
      server.otherwise =
          target ->
              BackstageServer.Answer.json(
                  """
                  { "items": [ { "apiVersion": "v1", "kind": "Resource",
                      "metadata": { "name": "far", "annotations": {
                        "kubernetes.io/api-server": "https://8.8.8.8",
                        "kubernetes.io/api-server-certificate-authority": "eA==",
                        "kubernetes.io/auth-provider": "google" } },
                      "spec": { "type": "kubernetes-cluster" } } ],
                    "pageInfo": {} }
                  """);
      String yaml = "followspot: { catalog: { url: '" + server.url() + "', token: the-token } }";
      try (Followspot followspot = Followspot.from(config(yaml))) {
        assertThat(clusters(followspot)).containsExactly("far");
        assertThat(followspot.describe()).doesNotContain("the-token");
        assertThat(server.tokens).contains("Bearer the-token");
        assertThat(followspot.warnings()).isEmpty();
      }
    }
  }

  @Test
  void the_catalog_of_the_application_wins() throws Exception {
    EntityCatalog own = EntityCatalog.of(CatalogInfo.parse("own.yaml", CLUSTER.formatted("own")));
    Configuration config = config("followspot: { catalog: { files: [missing.yaml] } }");
    try (Followspot followspot = Followspot.builder().configuration(config).catalog(own).build()) {
      assertThat(clusters(followspot)).containsExactly("own");
    }
  }

  private ConfigSection section(String catalog) throws Exception {
    return config("followspot: { catalog: " + catalog + " }")
        .root()
        .section("followspot")
        .section("catalog");
  }

  @Test
  void files_named_elsewhere_have_the_settings_of_the_section() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside")).resolve("two.yaml");
    Files.writeString(outside, CLUSTER.formatted("two"));
    Path file = Files.createDirectories(folder.resolve("within")).resolve("l.yaml");
    Files.writeString(file, Entities.yaml("Location", "l", "{ targets: ['../outside/two.yaml'] }"));
    List<String> named = List.of(file.toString());
    for (String catalog :
        List.of("{ targetsOutside: true }", "{ targetsOutside: true, files: [missing.yaml] }")) {
      try (FileCatalog opened = CatalogConfig.open(section(catalog), named)) {
        assertThat(Entities.names(opened, "resource")).containsExactly("two");
      }
    }
    Files.writeString(file, Entities.yaml("Component", "one"));
    String remote = "{ url: 'https://x.example', cacheTtl: 1s }";
    try (FileCatalog opened = CatalogConfig.open(section(remote), named)) {
      assertThat(opened.size()).isEqualTo(1);
    }
    String wrong = "{ refreshInterval: -1s, token: x }";
    assertThatThrownBy(() -> CatalogConfig.open(section(wrong), List.of(file + "x")))
        .hasMessageContaining("refreshInterval")
        .hasMessageContaining("token: has no meaning here: it belongs to a catalog with url")
        .hasMessageContaining("there is no file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|there is no catalog: name its files or its url below followspot.catalog",
        "{ files: [missing.yaml] }|there is no file",
        "{ files: [a], url: 'https://x.example' }|url: is there beside files; remove one of them",
        "{ files: [a], token: t }|token: has no meaning here: it belongs to a catalog with url",
        "{ url: 'https://x.example', refreshInterval: 1s }|refreshInterval: has no meaning here",
        "{ token: t }|token: is there without url, which it belongs to",
        "{ targetsOutside: true }|targetsOutside: is there without files, which it belongs to",
        "{ url: 'https://u:secret@x.example' }|url: is no address of a Backstage backend",
        "{ url: nonsense }|wanted an http or https address",
        "{ url: 'https://x.example/b?x=1' }|url: is no address of a Backstage backend",
        "{ url: 'https://x.example/b#f' }|a query and a fragment are not allowed in it",
        "{ url: 'https://x.example', tokenFile: nope }|catalog.tokenFile: the token file",
        "{ url: 'https://x.example', caFile: nope }|nope does not exist or is no file",
        "{ url: 'https://x.example', caFile: app-config.yaml }|app-config.yaml holds neither PEM",
        "{ url: 'https://x.example', token: a, tokenFile: b }|tokenFile: is there beside token",
        "{ url: 'https://x.example', cacheTtl: 2d }|cacheTtl: is PT48H; allowed is",
        "{ url: 'https://x.example', requestTimeout: 0s }|requestTimeout: is PT0S; allowed is 1ms",
        "{ files: [a], refreshInterval: 1ms }|refreshInterval: is PT0.001S; allowed is 0 and 50ms"
      })
  void mistakes_are_told(String catalog, String message) {
    assertThat(refused("followspot: { catalog: " + catalog + " }"))
        .contains(message)
        .doesNotContain("secret");
  }
}
