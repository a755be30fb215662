package dev.followspot.core.locator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.EntityRelation;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ServiceLocator;
import dev.followspot.spi.ServiceLocatorContext;
import dev.followspot.spi.ServiceLocatorFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocatorTest {

  private static final List<Cluster> CLUSTERS =
      clusters("prod-eu", "dev", "prod-us", "Alpha", "beta");

  private static List<Cluster> clusters(String... names) {
    return Arrays.stream(names)
        .map(name -> Cluster.named(name).url("https://k8s").authProvider("anonymous").build())
        .toList();
  }

  private static LocateResult locate(
      ServiceLocatorFactory factory, Entity entity, List<Cluster> clusters) {
    return factory
        .create(new Context())
        .locate(new LocateRequest(entity, clusters, RequestContext.create()))
        .toCompletableFuture()
        .join();
  }

  private static LocateResult single(String annotation) {
    return single(annotation, CLUSTERS);
  }

  private static LocateResult single(String annotation, List<Cluster> clusters) {
    return locate(
        new SingleTenantLocatorFactory(),
        Entity.component("order").annotation(Entity.CLUSTER, annotation).build(),
        clusters);
  }

  private static LocateResult related(Entity.Builder entity) {
    return locate(new CatalogRelationLocatorFactory(), entity.build(), CLUSTERS);
  }

  private static Entity.Builder dependingOn(String namespace, String... refs) {
    Entity.Builder entity = Entity.builder("Component", namespace, "order");
    for (String ref : refs) {
      entity.relation(EntityRelation.DEPENDS_ON, EntityRef.parse(ref));
    }
    return entity;
  }

  private static String names(LocateResult result) {
    return result.clusters().stream().map(Cluster::name).collect(Collectors.joining(" "));
  }

  @Test
  void the_names_are_those_of_backstage() {
    assertThat(
            List.of(
                    new MultiTenantLocatorFactory(),
                    new SingleTenantLocatorFactory(),
                    new CatalogRelationLocatorFactory())
                .stream()
                .map(ServiceLocatorFactory::name))
        .containsExactly("multiTenant", "singleTenant", "catalogRelation");
  }

  @Test
  void multi_tenant_is_all_clusters_whatever_the_annotation_says() {
    Entity entity = Entity.component("order").annotation(Entity.CLUSTER, "dev").build();
    assertThat(locate(new MultiTenantLocatorFactory(), entity, CLUSTERS))
        .isEqualTo(LocateResult.of(CLUSTERS));
  }

  @Test
  void single_tenant_without_an_annotation_is_all_clusters() {
    assertThat(locate(new SingleTenantLocatorFactory(), Entity.component("x").build(), CLUSTERS))
        .isEqualTo(LocateResult.of(CLUSTERS));
    assertThat(single("")).isEqualTo(LocateResult.of(CLUSTERS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev|dev",
        "' dev '|dev",
        "dev,prod-eu|prod-eu dev",
        "',dev,, prod-us ,'|dev prod-us",
        "dev,dev,dev|dev",
        "prod-*|prod-eu prod-us",
        "'prod-*, prod-eu'|prod-eu prod-us",
        "prod-?u|prod-eu",
        "*|prod-eu dev prod-us Alpha beta",
        "*-*s|prod-us",
        "d?v,*a|dev Alpha beta"
      })
  void single_tenant_is_the_named_clusters_once_each_in_their_own_order(
      String annotation, String expected) {
    LocateResult result = single(annotation);
    assertThat(names(result)).isEqualTo(expected);
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void an_unknown_cluster_is_an_error_that_names_the_nearest_and_all_that_are_known() {
    LocateResult result = single("prd-eu, dev");
    assertThat(names(result)).isEqualTo("dev");
    assertThat(result.problems())
        .containsExactly(
            Problem.error(
                "component:default/order annotation backstage.io/kubernetes-cluster",
                "'prd-eu' is no cluster; is 'prod-eu' meant? known are 'prod-eu', 'dev', 'prod-us',"
                    + " 'Alpha', 'beta'"));
  }

  @Test
  void names_are_compared_as_written_and_the_right_one_is_told() {
    LocateResult result = single("alpha");
    assertThat(result.clusters()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("'alpha' is no cluster; is 'Alpha' meant? ");
  }

  @Test
  void a_pattern_that_fits_nothing_is_an_error() {
    LocateResult result = single("test-*");
    assertThat(result.clusters()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("'test-*' fits no cluster; known are 'prod-eu'");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " ", " , ,"})
  void an_annotation_without_any_name_asks_no_cluster_and_says_so(String annotation) {
    LocateResult result = single(annotation);
    assertThat(result.clusters()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("names no cluster; remove it to ask all clusters; known are");
  }

  @Test
  void without_clusters_the_message_says_that_there_are_none() {
    assertThat(single("dev", List.of()).problems())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("'dev' is no cluster; there are no clusters");
  }

  @Test
  void hostile_annotations_give_few_and_short_problems() {
    String names =
        IntStream.range(0, 10_000)
            .mapToObj(i -> i + "\r\n\u001b[31m" + "x".repeat(200))
            .collect(Collectors.joining(","));
    LocateResult result = single(names);
    assertThat(result.problems()).hasSize(20);
    assertThat(result.problems())
        .allSatisfy(
            problem ->
                assertThat(problem.message())
                    .hasSizeLessThan(300)
                    .doesNotContain("\r", "\n", "\u001b"));
  }

  @Test
  void many_clusters_are_not_all_listed() {
    String[] many = IntStream.range(0, 500).mapToObj(i -> "c" + i).toArray(String[]::new);
    assertThat(single("unknown", clusters(many)).problems().get(0).message())
        .endsWith("'c19' and 480 more");
  }

  @Test
  void no_pattern_takes_for_ever() {
    String name = "a".repeat(5_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(ClusterNames.fits("*a".repeat(1_000) + "b", name)).isFalse());
  }

  @Test
  void a_pattern_fits_what_its_regular_expression_fits() {
    String alphabet = "ab.*?";
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String pattern = text(random, alphabet, 8);
      String name = text(random, "ab.", 8);
      String regex = pattern.chars().mapToObj(LocatorTest::regex).collect(Collectors.joining());
      assertThat(ClusterNames.fits(pattern, name))
          .as("seed " + seed + ": '" + pattern + "' and '" + name + "'")
          .isEqualTo(name.matches(regex));
    }
  }

  private static String regex(int character) {
    return character == '*'
        ? ".*"
        : character == '?' ? "." : Pattern.quote(Character.toString(character));
  }

  private static String text(Random random, String alphabet, int max) {
    return random
        .ints(random.nextInt(max + 1), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @Test
  void catalog_relation_is_the_resources_that_the_entity_depends_on() {
    LocateResult result = related(dependingOn("default", "resource:beta", "resource:default/dev"));
    assertThat(names(result)).isEqualTo("dev beta");
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void a_cluster_name_with_capitals_is_found() {
    assertThat(names(related(dependingOn("default", "resource:Alpha")))).isEqualTo("Alpha");
  }

  @Test
  void a_cluster_counts_as_one_of_the_entitys_namespace_and_of_default() {
    assertThat(names(related(dependingOn("team-x", "resource:team-x/beta")))).isEqualTo("beta");
    assertThat(names(related(dependingOn("team-x", "resource:default/beta")))).isEqualTo("beta");
  }

  @Test
  void a_resource_of_another_namespace_is_no_cluster_and_a_warning_says_why() {
    LocateResult result = related(dependingOn("default", "resource:other/beta"));
    assertThat(result.clusters()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.source()).isEqualTo("component:default/order relation dependsOn");
              assertThat(problem.message()).startsWith("'resource:other/beta' has the name of");
            });
  }

  @Test
  void other_kinds_and_other_relations_are_no_clusters() {
    LocateResult result =
        related(
            dependingOn("default", "component:beta", "resource:some-database")
                .relation("ownedBy", EntityRef.parse("resource:dev")));
    assertThat(result.clusters()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("leads to no cluster; add resource:<name of the cluster> to spec.dependsOn; ");
  }

  @Test
  void relations_to_other_resources_beside_a_cluster_are_no_mistake() {
    assertThat(
            related(dependingOn("default", "resource:beta", "resource:other/database")).problems())
        .isEmpty();
  }

  private record Context() implements ServiceLocatorContext {
    @Override
    public ExtensionConfig config() {
      throw new AssertionError("there is nothing to configure");
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public ServiceLocator delegate(String name) {
      throw new AssertionError("there is nothing to decorate");
    }
  }

  @Test
  void a_cluster_of_the_catalog_is_found_by_its_entity_wherever_that_is() {
    Cluster infra =
        Cluster.named("Shared")
            .url("https://k8s")
            .authProvider("google")
            .catalogEntity(EntityRef.parse("resource:infra/Shared"))
            .build();
    List<Cluster> clusters = List.of(infra, CLUSTERS.get(1));
    LocateResult found =
        locate(
            new CatalogRelationLocatorFactory(),
            dependingOn("default", "resource:infra/shared").build(),
            clusters);
    assertThat(found.clusters()).containsExactly(infra);
    assertThat(found.problems()).isEmpty();

    LocateResult other =
        locate(
            new CatalogRelationLocatorFactory(),
            dependingOn("default", "resource:elsewhere/shared").build(),
            clusters);
    assertThat(other.clusters()).isEmpty();
    assertThat(other.problems()).hasSize(1);
  }
}
