package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The front end of Backstage on this backend. */
class BackstageClientEnvtestTest {

  private static final Map<String, ?> ENTITY =
      Map.of(
          "apiVersion",
          "backstage.io/v1alpha1",
          "kind",
          "Component",
          "metadata",
          Map.of("name", "order-service", "namespace", "default"));

  private static BackstageClient client;

  private final Portal portal = Portal.shared();
  private final String personalToken = portal.server().adminToken();
  private final Map<String, ?> auth = Map.of("oidc", Map.of("Okta-Staff", personalToken));

  @BeforeAll
  static void start() throws Exception {
    client = BackstageClient.start(Portal.shared().url());
  }

  @AfterAll
  static void stop() throws Exception {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void an_application_that_runs() {
    portal.server().createNamespaces("orders");
    portal
        .server()
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: order-service
              namespace: orders
              labels: { backstage.io/kubernetes-id: order-service }
            data: { value: one }
            """);
  }

  @Test
  void getClusters_and_getCluster() throws Exception {
    assertThat(client.call("getClusters", null))
        .isEqualTo(
            JsonParser.parseString(
                """
                [
                  {"name": "real", "title": "The real one", "authProvider": "serviceAccount"},
                  {"name": "personal", "authProvider": "oidc", "oidcTokenProvider": "Okta-Staff"},
                  {"name": "nodes", "authProvider": "serviceAccount"}
                ]
                """));
    assertThat(client.call("getCluster", "personal"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"name": "personal", "authProvider": "oidc", "oidcTokenProvider": "Okta-Staff"}
                """));
    assertThat(client.call("getCluster", "nowhere"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"thrown": "NotFoundError", "message": "Cluster nowhere not found"}
                """));
  }

  @Test
  void getObjectsByEntity() throws Exception {
    assertThatMapsAreShown(
        client.call("getObjectsByEntity", Map.of("entity", ENTITY, "auth", auth)), "configmaps");
  }

  @Test
  void getWorkloadsByEntity() throws Exception {
    assertThatMapsAreShown(
        client.call("getWorkloadsByEntity", Map.of("entity", ENTITY, "auth", auth)), "configmaps");
  }

  @Test
  void getCustomObjectsByEntity() throws Exception {
    List<?> matchers = List.of(Map.of("group", "", "apiVersion", "v1", "plural", "configmaps"));
    assertThatMapsAreShown(
        client.call(
            "getCustomObjectsByEntity",
            Map.of("entity", ENTITY, "auth", auth, "customResources", matchers)),
        "customresources");
  }

  private static void assertThatMapsAreShown(JsonElement answer, String type) {
    assertThat(answer.getAsJsonObject().has("items")).as(answer.toString()).isTrue();
    for (String cluster : List.of(Portal.REAL, Portal.PERSONAL)) {
      JsonObject item =
          find(answer.getAsJsonObject().getAsJsonArray("items"), "cluster", "name", cluster);
      assertThat(item.getAsJsonArray("errors")).isEmpty();
      assertThat(item.getAsJsonArray("podMetrics")).isEmpty();
      JsonObject group =
          StreamSupport.stream(item.getAsJsonArray("resources").spliterator(), false)
              .map(JsonElement::getAsJsonObject)
              .filter(resources -> resources.get("type").getAsString().equals(type))
              .findFirst()
              .orElseThrow();
      JsonObject map = find(group.getAsJsonArray("resources"), "metadata", "name", "order-service");
      assertThat(map.getAsJsonObject("data").get("value").getAsString()).isEqualTo("one");
    }
  }

  /** The object whose value at a path of two names is this. */
  private static JsonObject find(JsonArray array, String first, String second, String value) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(item -> item.getAsJsonObject(first).get(second).getAsString().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + value + " in " + array));
  }

  private static Map<String, ?> proxied(String cluster, String path, Map<String, ?> init) {
    return Map.of("clusterName", cluster, "path", path, "init", init);
  }

  @Test
  void proxy_uses_the_token_of_the_configuration_or_that_of_the_caller() throws Exception {
    String path = "/api/v1/namespaces/orders/configmaps/order-service";
    for (String cluster : List.of(Portal.REAL, Portal.PERSONAL)) {
      JsonObject answer =
          client
              .call(
                  Portal.TOKEN,
                  Map.of("oidc.Okta-Staff", personalToken),
                  "proxy",
                  proxied(cluster, path, Map.of()))
              .getAsJsonObject();
      assertThat(answer.get("status").getAsInt()).isEqualTo(200);
      assertThat(answer.getAsJsonObject("body").getAsJsonObject("data").get("value").getAsString())
          .isEqualTo("one");
    }
  }

  @Test
  void proxy_without_the_token_that_the_cluster_needs_says_which_one() throws Exception {
    JsonObject refused =
        client.call("proxy", proxied(Portal.PERSONAL, "/api", Map.of())).getAsJsonObject();
    assertThat(refused.get("status").getAsInt()).isEqualTo(401);
    assertThat(refused.toString())
        .contains("AuthenticationError", "auth.oidc.Okta-Staff is missing");
  }

  @Test
  void proxy_passes_methods_bodies_and_the_errors_of_the_cluster() throws Exception {
    Map<String, ?> post =
        Map.of(
            "method",
            "POST",
            "headers",
            Map.of("Content-Type", "application/json"),
            "body",
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"order-service"}}
            """);
    JsonObject conflict =
        client
            .call("proxy", proxied(Portal.REAL, "/api/v1/namespaces/orders/configmaps", post))
            .getAsJsonObject();
    assertThat(conflict.get("status").getAsInt()).isEqualTo(409);
    assertThat(conflict.get("type").getAsString()).isEqualTo("application/json");
    assertThat(conflict.getAsJsonObject("body").get("reason").getAsString())
        .isEqualTo("AlreadyExists");
  }

  @Test
  void callers_and_entities_that_are_not_known_are_refused_with_the_reason() throws Exception {
    assertThat(client.call("somebody", Map.of(), "getClusters", null).toString())
        .contains("Request failed with 401 Unauthorized", "Illegal token");
    Map<String, ?> unknown =
        Map.of("kind", "Component", "metadata", Map.of("name", "nothing", "namespace", "default"));
    assertThat(
            client.call("getWorkloadsByEntity", Map.of("entity", unknown, "auth", auth)).toString())
        .contains("Request failed with 400 Bad Request", "InputError");
    assertThat(
            client.call("getObjectsByEntity", Map.of("entity", unknown, "auth", auth)).toString())
        .contains("Request failed with 403 Forbidden", "NotAllowedError");
  }
}
