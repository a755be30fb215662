package dev.followspot.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.FollowspotBuilder;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.json.Json;
import dev.followspot.core.rest.Api.Answer;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.Dashboard;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.RequestContext;
import dev.followspot.testkit.MockKubernetes;
import dev.followspot.testkit.MockRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes, their bodies and their errors, as callers of Backstage know them. */
class RoutesTest {

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev").allow("token", "dev");

  private static final String WORKLOADS = "/resources/workloads/query";
  private static final String CUSTOM = "/resources/custom/query";
  private static final String ORDER = "{\"entityRef\":\"component:order\"}";

  private static final Entity ENTITY =
      Entity.component("order")
          .annotation(Entity.LABEL_SELECTOR, "app=order")
          .annotation(Entity.NAMESPACE, "dev")
          .build();

  private Followspot followspot;
  private Api api;

  static Map<String, Object> config(Map<String, ?> kubernetes) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("backend", Map.of("auth", Map.of("dangerouslyDisableDefaultAuthPolicy", true)));
    config.put("kubernetes", kubernetes);
    return config;
  }

  private static FollowspotBuilder builder(Map<String, ?> kubernetes) {
    return Followspot.builder()
        .configuration(Configuration.of(config(kubernetes), Map.of()))
        .catalog(EntityCatalog.of(List.of(ENTITY)))
        .discovery(false);
  }

  @BeforeEach
  void start() {
    kubernetes.add(
        "dev",
        """
        { apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: order } } }
        """);
    kubernetes.clearRequests();
    followspot =
        builder(Map.of("objectTypes", List.of("pods")))
            .cluster(kubernetes.cluster("alpha", "token"))
            .build();
    api = new Api(followspot.backstageApi());
  }

  @AfterEach
  void stop() {
    followspot.close();
  }

  private static void assertInput(Answer answer, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.name()).isEqualTo("InputError");
    assertThat(answer.message()).contains(message);
  }

  private void assertNothingAsked() {
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void the_workloads_of_an_entity_come_as_json_that_streams() {
    Answer answer = api.post(WORKLOADS, ORDER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.text())
        .startsWith(
            "{\"items\":[{\"cluster\":{\"name\":\"alpha\"},\"resources\":[{\"type\":\"pods\"")
        .contains("\"name\":\"a\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/resources/workloads/query",
        "/resources/workloads/query/",
        "/Resources/WORKLOADS/query",
        "/resources/workloads/query?x=1"
      })
  void case_a_trailing_slash_and_a_query_do_not_matter(String target) {
    assertThat(api.post(target, ORDER).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /resources/workloads/query",
    "PUT, /resources/custom/query",
    "POST, /clusters",
    "post, /resources/workloads/query",
    "DELETE, /services/x",
    "GET, /",
    "GET, ''",
    "GET, /clusters//",
    "GET, //clusters",
    "GET, /clusters/x",
    "POST, /services",
    "POST, /services/",
    "POST, /services/a/b",
    "GET, /proxyfoo",
    "GET, /%63lusters",
    "GET, /x"
  })
  void what_is_no_route_is_404_without_a_body(String method, String path) {
    Answer answer = api.send(method, path, Api.JSON, HttpBody.of("{}"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.headers().fields()).isEmpty();
  }

  @Test
  void errors_say_what_was_asked_below_the_mount_point() {
    Answer answer = api.post(WORKLOADS + "/?a=b%20c", "{}");
    assertThat(answer.headers().first("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.json().keySet()).containsExactly("error", "request", "response");
    assertThat(answer.error().keySet()).containsExactly("name", "message");
    assertThat(answer.json().get("request"))
        .isEqualTo(Map.of("method", "POST", "url", WORKLOADS + "/?a=b%20c"));
    assertThat(answer.json().get("response")).isEqualTo(Map.of("statusCode", 400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"entityRef\":\"\"}",
        "{\"entityRef\":null}",
        "{\"entityRef\":0}",
        "{\"entityRef\":false}"
      })
  void without_an_entity_ref_it_is_said_to_be_required(String body) {
    assertInput(api.post(WORKLOADS, body), "entity is a required field");
    assertNothingAsked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[\"component:order\"]", "{}", "true"})
  void an_entity_ref_is_a_text(String ref) {
    assertInput(
        api.post(WORKLOADS, "{\"entityRef\":" + ref + "}"), "entity query must be a string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order",
        ":order",
        "component:",
        "component:/order",
        "component:a/b/c",
        "component:a:b",
        "component:default/",
        "../../etc/passwd",
        "component:\\u0000\\u001b[31m/x:y",
        "   "
      })
  void a_malformed_entity_ref_is_an_input_error_with_the_cure(String ref) {
    Answer answer = api.post(WORKLOADS, "{\"entityRef\":\"" + ref + "\"}");
    assertInput(answer, "Invalid entity ref, '");
    assertThat(answer.message()).contains("component:default/order-service");
    assertThat(answer.message().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void a_huge_entity_ref_is_not_repeated() {
    Answer answer = api.post(WORKLOADS, Map.of("entityRef", "x".repeat(50_000)));
    assertInput(answer, "Invalid entity ref");
    assertThat(answer.text()).hasSizeLessThan(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"component:order", "Component:Default/ORDER", "component:default/order"})
  void an_entity_ref_has_no_case_and_a_default_namespace(String ref) {
    assertThat(api.post(WORKLOADS, Map.of("entityRef", ref)).status()).isEqualTo(200);
  }

  @Test
  void an_entity_that_is_not_there_is_an_input_error() {
    assertInput(
        api.post(WORKLOADS, Map.of("entityRef", "component:nobody")),
        "Entity ref missing, component:default/nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/vnd.api+json", "application/jsonx", ""})
  void a_body_that_does_not_say_that_it_is_json_is_not_read(String type) {
    HttpHeaders headers =
        type.isEmpty() ? HttpHeaders.none() : HttpHeaders.of("Content-Type", type);
    HttpBody unreadable =
        HttpBody.of(
            subscriber -> {
              throw new AssertionError("it is read");
            });
    assertInput(api.send("POST", WORKLOADS, headers, unreadable), "entity is a required field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "application/json ; boundary=x"
      })
  void parameters_of_the_media_type_do_not_matter(String type) {
    assertThat(
            api.send("POST", WORKLOADS, HttpHeaders.of("Content-Type", type), HttpBody.of(ORDER))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-16", "UTF-16LE", "utf-16be", "utf-32"})
  void other_encodings_of_unicode_are_understood(String charset) {
    byte[] body = ORDER.getBytes(Charset.forName(charset));
    assertThat(
            api.send(
                    "POST",
                    WORKLOADS,
                    HttpHeaders.of("Content-Type", "application/json; charset=" + charset),
                    HttpBody.of(body))
                .status())
        .isEqualTo(200);
  }

  @Test
  void any_other_charset_is_415() {
    Answer answer =
        api.send(
            "POST",
            WORKLOADS,
            HttpHeaders.of("Content-Type", "application/json; charset=iso-8859-1"),
            HttpBody.of(ORDER));
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.message()).contains("'iso-8859-1'", "utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "\"text\"",
        "1",
        "null",
        "true",
        "{} {}",
        "{\"a\":}",
        " ",
        "{'a':1}"
      })
  void what_is_no_json_object_is_a_syntax_error(String body) {
    Answer answer = api.post(WORKLOADS, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.name()).isEqualTo("SyntaxError");
  }

  @Test
  void json_that_is_nested_too_deeply_is_a_syntax_error() {
    Answer answer = api.post(WORKLOADS, "{\"a\":" + "[".repeat(50_000));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.name()).isEqualTo("SyntaxError");
    assertThat(answer.message()).contains("500 levels");
  }

  @Test
  void bytes_that_are_not_utf_8_are_a_syntax_error() {
    byte[] body = "{\"entityRef\":\"component:\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    Answer answer = api.send("POST", WORKLOADS, Api.JSON, HttpBody.of(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.name()).isEqualTo("SyntaxError");
  }

  @Test
  void a_byte_order_mark_and_an_empty_body_are_fine() {
    assertThat(api.post(WORKLOADS, "\ufeff" + ORDER).status()).isEqualTo(200);
    assertInput(api.post(WORKLOADS, ""), "entity is a required field");
  }

  @Test
  void of_a_key_that_is_there_twice_the_last_one_counts() {
    assertThat(
            api.post(
                    WORKLOADS,
                    "{\"entityRef\":\"component:nobody\",\"entityRef\":\"component:order\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_body_of_100_kib_is_read_and_one_byte_more_is_413() {
    String filler = " ".repeat(100 * 1024 - ORDER.length());
    assertThat(api.post(WORKLOADS, ORDER + filler).status()).isEqualTo(200);
    Answer known = api.post(WORKLOADS, ORDER + filler + " ");
    assertThat(known.status()).isEqualTo(413);
    assertThat(known.name()).isEqualTo("PayloadTooLargeError");
    assertThat(known.json().get("response")).isEqualTo(Map.of("statusCode", 413));
    HttpBody unknown = HttpBody.of(HttpBody.of(ORDER + filler + " ").publisher());
    assertThat(api.send("POST", WORKLOADS, Api.JSON, unknown).status()).isEqualTo(413);
  }

  private interface Compression {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] compressed(String text, Compression compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.around(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Answer encoded(String encoding, byte[] body) {
    return api.send(
        "POST", WORKLOADS, Api.JSON.and("Content-Encoding", encoding), HttpBody.of(body));
  }

  @Test
  void compressed_bodies_are_read_within_the_same_limit() throws IOException {
    assertThat(encoded("gzip", compressed(ORDER, GZIPOutputStream::new)).status()).isEqualTo(200);
    assertThat(encoded("deflate", compressed(ORDER, DeflaterOutputStream::new)).status())
        .isEqualTo(200);
    String bomb = ORDER + " ".repeat(50 * 1024 * 1024);
    assertThat(encoded("gzip", compressed(bomb, GZIPOutputStream::new)).status()).isEqualTo(413);
    assertThat(encoded("gzip", "nonsense".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(400);
    assertThat(encoded("br", new byte[] {1}).status()).isEqualTo(415);
  }

  @Test
  void a_body_that_breaks_off_is_a_bad_request() {
    HttpBody broken =
        HttpBody.of(
            subscriber -> {
              subscriber.onSubscribe(
                  new java.util.concurrent.Flow.Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {}
                  });
              subscriber.onError(new IOException("gone s3cr3t"));
            });
    Answer answer = api.send("POST", WORKLOADS, Api.JSON, broken);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\"",
        "[]",
        "7",
        "{\"google\":{\"a\":1}}",
        "{\"google\":7}",
        "{\"google\":\"a\\r\\nb\"}"
      })
  void auth_is_an_object_of_texts(String auth) {
    Answer answer =
        api.post(WORKLOADS, "{\"entityRef\":\"component:order\",\"auth\":" + auth + "}");
    assertInput(answer, "auth");
    assertThat(answer.text()).doesNotContain("a\\r\\nb");
    assertNothingAsked();
  }

  @Test
  void a_missing_token_is_an_error_of_its_cluster_only() {
    try (Followspot two =
        builder(Map.of("objectTypes", List.of("pods")))
            .cluster(Cluster.named("g").url("https://127.0.0.1:1").authProvider("google"))
            .cluster(kubernetes.cluster("alpha", "token"))
            .build()) {
      Answer answer = new Api(two.backstageApi()).post(WORKLOADS, ORDER);
      assertThat(answer.status()).isEqualTo(200);
      List<?> items = (List<?>) answer.json().get("items");
      assertThat(items).hasSize(2);
      assertThat(Json.write(items.get(0))).contains("\"errors\":[{\"errorType\":\"FETCH_ERROR\"");
      assertThat(Json.write(items.get(1))).contains("\"name\":\"a\"").doesNotContain("google");
    }
  }

  @Test
  void custom_resources_are_checked_after_the_entity() {
    assertInput(
        api.post(CUSTOM, "{\"entityRef\":\"component:nobody\",\"customResources\":7}"),
        "Entity ref missing");
    assertInput(api.post(CUSTOM, ORDER), "customResources is a required field");
    assertInput(custom("{}"), "customResources must be an array");
    assertInput(custom("[]"), "at least 1 customResource is required");
  }

  private Answer custom(String resources) {
    return api.post(
        CUSTOM, "{\"entityRef\":\"component:order\",\"customResources\":" + resources + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | customResources[1].group is missing",
        "{\"group\":7} | customResources[1].group is no text",
        "{\"group\":\"\",\"plural\":\"pods\"} | customResources[1].apiVersion is missing",
        "{\"group\":\"a\",\"apiVersion\":\"v1\"} | customResources[1].plural is missing",
        "{\"group\":\"..\",\"apiVersion\":\"v1\",\"plural\":\"x\"} | customResources[1]: the group",
        "{\"group\":\"a\",\"apiVersion\":\"..\",\"plural\":\"x\"} | customResources[1]: the apiVersion",
        "{\"group\":\"a\",\"apiVersion\":\"v1\",\"plural\":\"x/y\"} | customResources[1]: the plural",
        "{\"group\":\"a\",\"apiVersion\":\"v1\",\"plural\":\"%2e%2e\"} | customResources[1]: the plural",
        "{\"group\":\"a\",\"apiVersion\":\"v1\",\"plural\":\"\"} | customResources[1]: the plural",
        "7 | customResources[1] is no object",
        "null | customResources[1] is no object"
      })
  void each_custom_resource_is_complete_and_stays_below_its_api(String entry, String message) {
    assertInput(
        custom(
            "[{\"group\":\"apps\",\"apiVersion\":\"v1\",\"plural\":\"deployments\"},"
                + entry
                + "]"),
        message);
    assertNothingAsked();
  }

  @Test
  void custom_resources_replace_the_configured_types() {
    Answer answer =
        custom("[{\"group\":\"\",\"apiVersion\":\"v1\",\"plural\":\"pods\",\"extra\":1}]");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"type\":\"customresources\"");
    assertThat(kubernetes.requests())
        .extracting(MockRequest::path)
        .containsExactly("/api/v1/namespaces/dev/pods");
  }

  @Test
  void services_look_the_entity_of_the_body_up_in_the_catalog() {
    Answer answer =
        api.post(
            "/services/whatever",
            "{\"entity\":{\"kind\":\"Component\",\"metadata\":{\"name\":\"Order\","
                + "\"annotations\":{\"backstage.io/kubernetes-namespace\":\"other\"}}}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"name\":\"a\"");
    assertThat(kubernetes.requests())
        .extracting(MockRequest::path)
        .contains("/api/v1/namespaces/dev/pods");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"Component\",\"metadata\":{}}",
        "{\"kind\":\"Component\"}",
        "{\"metadata\":{\"name\":\"order\"}}",
        "{\"kind\":\"a/b\",\"metadata\":{\"name\":\"order\"}}",
        "{\"kind\":\"Component\",\"metadata\":{\"name\":7}}",
        "{\"kind\":\"Component\",\"metadata\":{\"name\":\"order\",\"namespace\":[]}}",
        "{\"kind\":\"Component\",\"metadata\":{\"name\":\"nobody\"}}",
        "{}"
      })
  void services_refuse_an_entity_that_is_malformed_or_unknown(String entity) {
    Answer answer = api.post("/services/x", "{\"entity\":" + entity + "}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.name()).isEqualTo("NotAllowedError");
    assertThat(answer.json().get("request"))
        .isEqualTo(Map.of("method", "POST", "url", "/services/x"));
  }

  @Test
  void services_name_the_entity_that_the_catalog_does_not_know() {
    Answer answer =
        api.post(
            "/services/x",
            "{\"entity\":{\"kind\":\"Component\",\"metadata\":{\"name\":\"nobody\"}}}");
    assertThat(answer.message()).isEqualTo("Entity not found, component:default/nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"auth\":{}}",
        "{\"entity\":\"x\"}",
        "{\"entity\":{\"kind\":\"Component\",\"metadata\":{\"name\":\"order\"}},\"auth\":7}"
      })
  void other_failures_of_services_have_their_own_shape(String body) {
    Answer answer = api.post("/services/x", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().keySet()).containsExactly("error");
    assertThat(answer.json().get("error")).isInstanceOf(String.class);
  }

  @Test
  void clusters_show_what_is_for_callers_and_nothing_else() {
    try (Followspot three =
        builder(Map.of())
            .cluster(
                Cluster.named("a")
                    .url("https://secret.example.com")
                    .authProvider("serviceAccount")
                    .title("Alpha")
                    .serviceAccountToken(dev.followspot.spi.Secret.of("s3cr3t-canary"))
                    .dashboard(
                        new Dashboard("https://dash.example.com", "rancher", Map.of("a", "b"))))
            .cluster(
                Cluster.named("b")
                    .url("https://b.example.com")
                    .authProvider("oidc")
                    .oidcTokenProvider("okta"))
            .build()) {
      Api other = new Api(three.backstageApi());
      Answer answer = other.get("/clusters");
      assertThat(answer.text())
          .isEqualTo(
              "{\"items\":[{\"name\":\"a\",\"title\":\"Alpha\","
                  + "\"dashboardUrl\":\"https://dash.example.com\","
                  + "\"authProvider\":\"serviceAccount\"},"
                  + "{\"name\":\"b\",\"authProvider\":\"oidc\",\"oidcTokenProvider\":\"okta\"}]}");
      RestResponse head =
          other
              .start(
                  Api.request(
                      "HEAD",
                      "/CLUSTERS/",
                      HttpHeaders.none(),
                      HttpBody.none(),
                      dev.followspot.spi.Cancellation.NEVER))
              .join();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body().length()).hasValue(answer.text().length());
    }
  }

  @Test
  void without_a_catalog_the_answer_names_the_cure() {
    try (Followspot none =
        Followspot.builder()
            .configuration(Configuration.of(config(Map.of()), Map.of()))
            .cluster(kubernetes.cluster("alpha", "token"))
            .build()) {
      Answer answer = new Api(none.backstageApi()).post(WORKLOADS, ORDER);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.message()).contains("FollowspotBuilder.catalog");
    }
  }

  private static EntityCatalog failing(RuntimeException failure) {
    return new EntityCatalog() {
      @Override
      public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
        return CompletableFuture.failedFuture(failure);
      }

      @Override
      public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
        return CompletableFuture.failedFuture(failure);
      }
    };
  }

  @Test
  void a_failing_catalog_is_500_and_its_text_stays_in_the_log() {
    try (Followspot broken =
        builder(Map.of())
            .cluster(kubernetes.cluster("alpha", "token"))
            .catalog(failing(new IllegalStateException("s3cr3t-canary")))
            .build()) {
      Api other = new Api(broken.backstageApi());
      Answer answer = other.post(WORKLOADS, ORDER);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.message()).contains("the catalog failed").doesNotContain("s3cr3t");
      Answer service =
          other.post(
              "/services/x",
              "{\"entity\":{\"kind\":\"Component\",\"metadata\":{\"name\":\"order\"}}}");
      assertThat(service.status()).isEqualTo(500);
      assertThat(String.valueOf(service.json().get("error"))).contains("the catalog failed");
    }
  }

  private record Broken() implements ClusterSupplierFactory {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public ClusterSupplier create(ClusterSupplierContext context) {
      return c -> CompletableFuture.failedFuture(new IllegalStateException("the source is down"));
    }
  }

  @Test
  void a_failing_source_of_clusters_fails_everything_unless_told_to_go_on() {
    List<Map<String, ?>> methods = List.of(Map.of("type", "broken"));
    for (boolean goOn : List.of(false, true)) {
      try (Followspot partly =
          builder(
                  Map.of(
                      "clusterLocatorMethods", methods,
                      "clusterLocatorContinueOnError", goOn,
                      "objectTypes", List.of("pods")))
              .cluster(kubernetes.cluster("alpha", "token"))
              .extension(new Broken())
              .build()) {
        assertThat(partly.warnings()).isEmpty();
        Api other = new Api(partly.backstageApi());
        for (Answer answer : List.of(other.get("/clusters"), other.post(WORKLOADS, ORDER))) {
          assertThat(answer.status()).isEqualTo(goOn ? 200 : 500);
          if (goOn) {
            assertThat(answer.text()).contains("alpha");
          } else {
            assertThat(answer.message()).contains("the source is down");
          }
        }
      }
    }
  }

  @Test
  void without_configuration_for_kubernetes_there_are_no_routes() {
    Map<String, Object> config = new LinkedHashMap<>(config(Map.of()));
    config.remove("kubernetes");
    try (Followspot nothing =
        Followspot.builder().configuration(Configuration.of(config, Map.of())).build()) {
      Api other = new Api(nothing.backstageApi());
      assertThat(other.get("/clusters").status()).isEqualTo(404);
      assertThat(other.post(WORKLOADS, ORDER).text()).isEmpty();
    }
  }

  @Test
  void without_clusters_the_answer_is_empty() {
    try (Followspot nothing = builder(Map.of("clusterLocatorMethods", List.of())).build()) {
      Api other = new Api(nothing.backstageApi());
      assertThat(other.post(WORKLOADS, ORDER).text()).isEqualTo("{\"items\":[]}");
      assertThat(other.get("/clusters").text()).isEqualTo("{\"items\":[]}");
    }
  }

  @Test
  void after_the_end_every_answer_is_503() {
    followspot.close();
    for (Answer answer :
        new ArrayList<>(
            List.of(api.get("/clusters"), api.post(WORKLOADS, ORDER), api.get("/proxy/api")))) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.name()).isEqualTo("ServiceUnavailableError");
    }
    assertThat(followspot.backstageApi()).isNotNull();
  }
}
