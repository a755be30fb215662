package dev.followspot.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.rest.Api.Answer;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import dev.followspot.testkit.MockKubernetes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The routes that Backstage does not have: which entities there are, and what became of each list.
 */
class FollowspotRoutesTest {

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");

  private static final String ENTITIES = "/followspot/entities";
  private static final String LOOKUP = "/followspot/lookup";
  private static final String ORDER = "{\"entityRef\":\"component:order\"}";

  private static final Entity COMPONENT =
      Entity.component("order")
          .title("Orders")
          .annotation(Entity.LABEL_SELECTOR, "app=order")
          .annotation(Entity.NAMESPACE, "prod")
          .annotation("example.com/pager", "secret-key")
          .spec(Map.of("type", "service", "owner", "team-a", "lifecycle", "production", "x", 1))
          .build();

  private static final Entity RESOURCE = Entity.builder("Resource", "default", "queue").build();

  private Followspot followspot;
  private Api api;

  private static FollowspotBuilder builder(Map<String, ?> more) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("backend", Map.of("auth", Map.of("dangerouslyDisableDefaultAuthPolicy", true)));
    config.put("kubernetes", Map.of("objectTypes", List.of("pods", "services")));
    config.putAll(more);
    return Followspot.builder()
        .configuration(Configuration.of(config, Map.of()))
        .catalog(EntityCatalog.of(List.of(COMPONENT, RESOURCE)))
        .discovery(false);
  }

  private void start(FollowspotBuilder builder) {
    followspot = builder.build();
    api = new Api(followspot.backstageApi());
  }

  @BeforeEach
  void pods() {
    kubernetes.add(
        "dev", "{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: order } } }");
  }

  @AfterEach
  void stop() {
    followspot.close();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object given) {
    return (List<Map<String, Object>>) given;
  }

  @Test
  void components_are_told_with_what_people_choose_them_by() {
    start(builder(Map.of()));
    Answer answer = api.get(ENTITIES);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(list(answer.json().get("items")))
        .containsExactly(
            Map.of(
                "ref", "component:default/order",
                "kind", "component",
                "namespace", "default",
                "name", "order",
                "title", "Orders",
                "type", "service",
                "lifecycle", "production",
                "owner", "team-a",
                "annotations",
                    Map.of(Entity.LABEL_SELECTOR, "app=order", Entity.NAMESPACE, "prod")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?kind=Resource", "?kind=resource", "/?a=b&kind=RESOURCE", "?kind=Re%73ource"})
  void other_kinds_are_asked_for_in_any_case(String query) {
    start(builder(Map.of()));
    assertThat(list(api.get(ENTITIES + query).json().get("items")))
        .extracting(item -> item.get("ref"))
        .containsExactly("resource:default/queue");
  }

  @Test
  void a_kind_that_nobody_has_is_an_empty_list() {
    start(builder(Map.of()));
    assertThat(api.get(ENTITIES + "?kind=Robot").json()).isEqualTo(Map.of("items", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?kind=", "?kind", "?kind=%20", "?kind=%zz"})
  void no_kind_at_all_is_an_input_error(String query) {
    start(builder(Map.of()));
    Answer answer = api.get(ENTITIES + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("kind is", "?kind=Component");
  }

  @Test
  void a_catalog_that_fails_is_told_without_its_secrets() {
    EntityCatalog broken =
        new EntityCatalog() {
          @Override
          public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
            return CompletableFuture.failedFuture(new IllegalStateException("secret"));
          }

          @Override
          public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
            throw new IllegalStateException("secret");
          }
        };
    start(builder(Map.of()).catalog(broken));
    for (Answer answer : List.of(api.get(ENTITIES), api.post(LOOKUP, ORDER))) {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.message()).startsWith("the catalog failed").doesNotContain("secret");
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_look_up_tells_what_became_of_each_list_beside_the_answer_of_backstage() {
    start(
        builder(Map.of())
            .catalog(
                EntityCatalog.of(
                    List.of(
                        Entity.component("order")
                            .annotation(Entity.LABEL_SELECTOR, "app=order")
                            .annotation(Entity.NAMESPACE, "dev")
                            .build())))
            .cluster(kubernetes.cluster("alpha", "token"))
            .cluster(Cluster.named("dead").url("http://127.0.0.1:1").authProvider("anonymous")));
    Answer answer = api.post(LOOKUP, ORDER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().keySet()).containsExactly("matrix", "backstage");
    Map<String, Object> matrix = (Map<String, Object>) answer.json().get("matrix");
    assertThat(matrix).containsEntry("entity", "component:default/order");
    assertThat(matrix).containsEntry("complete", false);
    assertThat(list(matrix.get("cells")))
        .extracting(
            cell -> cell.get("cluster") + " " + cell.get("plural") + " " + cell.get("status"))
        .contains(
            "alpha pods OK",
            "alpha services OK",
            "dead pods UNREACHABLE",
            "dead services UNREACHABLE");
    assertThat(answer.json().get("backstage"))
        .isEqualTo(api.post("/resources/workloads/query", ORDER).json());
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_namespace_that_may_not_be_read_is_a_cell_that_says_why() {
    start(builder(Map.of()).cluster(kubernetes.cluster("alpha", "token")));
    Map<String, Object> matrix = (Map<String, Object>) api.post(LOOKUP, ORDER).json().get("matrix");
    assertThat(list(matrix.get("cells")))
        .allSatisfy(
            cell -> {
              assertThat(cell).containsEntry("status", "FORBIDDEN");
              assertThat(cell).containsEntry("namespace", "prod");
              assertThat((String) cell.get("message")).contains("forbidden");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"entityRef\":\"component:nobody\"}", "{\"entityRef\":\"order\"}"})
  void an_entity_that_is_not_there_is_the_input_error_of_backstage(String body) {
    start(builder(Map.of()));
    Answer answer = api.post(LOOKUP, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).isEqualTo(api.post("/resources/workloads/query", body).message());
  }

  @Test
  void both_need_the_permission_to_read_resources() {
    start(
        builder(
            Map.of(
                "followspot",
                Map.of("permissions", Map.of("deny", List.of("kubernetes.resources.read"))))));
    assertThat(api.get(ENTITIES).status()).isEqualTo(403);
    assertThat(api.post(LOOKUP, ORDER).status()).isEqualTo(403);
  }

  @Test
  void both_need_somebody_who_says_who_they_are() {
    start(builder(Map.of("backend", Map.of())));
    assertThat(api.get(ENTITIES).status()).isEqualTo(401);
    assertThat(api.post(LOOKUP, ORDER).status()).isEqualTo(401);
  }
}
