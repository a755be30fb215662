package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MockKubernetesTest {

  private static final String PODS = "/api/v1/namespaces/dev/pods";

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod", "default")
          .allow("token", "dev")
          .allowClusterWide("admin")
          .user("token", "system:serviceaccount:backstage-ns:backstage-sa");

  // What is added

  @Test
  void yaml_json_files_maps_objects_models_and_lists_are_added(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("pod.yaml"), pod("from-file"));
    kubernetes.add(
        "dev",
        pod("one") + "---\n" + pod("two") + "---\n",
        "{\n\t\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"json\"}}",
        file,
        Map.of("kind", "Pod", "metadata", Map.of("name", "map")),
        KubernetesObject.of(Map.of("kind", "Pod", "metadata", Map.of("name", "object"))),
        new V1Pod()
            .metadata(new V1ObjectMeta().name("model").putLabelsItem("app", "order"))
            .spec(new V1PodSpec().addContainersItem(new V1Container().name("main"))),
        List.of(Map.of("kind", "Pod", "metadata", Map.of("name", "in-collection"))),
        "{kind: PodList, apiVersion: v1, items: [{metadata: {name: in-list}}]}",
        "kind: List\nitems:\n- {kind: Pod, metadata: {name: in-plain-list}}");

    assertThat(names(PODS))
        .containsExactly(
            "from-file",
            "in-collection",
            "in-list",
            "in-plain-list",
            "json",
            "map",
            "model",
            "object",
            "one",
            "two");
    assertThat(client().json(PODS + "/model", "token").get("spec"))
        .asString()
        .contains("name=main");
  }

  @Test
  void an_object_of_the_same_name_is_replaced_and_keeps_its_uid() throws Exception {
    kubernetes.add("dev", pod("one"));
    Map<?, ?> before = (Map<?, ?>) client().json(PODS + "/one", "token").get("metadata");

    kubernetes.add("dev", "{kind: Pod, metadata: {name: one, labels: {app: other}}}");
    Map<?, ?> after = (Map<?, ?>) client().json(PODS + "/one", "token").get("metadata");

    assertThat(names(PODS)).containsExactly("one");
    assertThat(after.get("labels")).isEqualTo(Map.of("app", "other"));
    assertThat(after.get("uid")).isEqualTo(before.get("uid")).isNotNull();
    assertThat(after.get("resourceVersion")).isNotEqualTo(before.get("resourceVersion"));
  }

  @Test
  void objects_are_removed() throws Exception {
    kubernetes.add("dev", pod("one"), pod("two")).remove("dev", "pods", "one");
    assertThat(names(PODS)).containsExactly("two");

    kubernetes.removeAll("dev");
    assertThat(names(PODS)).isEmpty();
    assertThatThrownBy(() -> kubernetes.remove("dev", "pods", "one"))
        .hasMessage("there is no pods 'one' in namespace 'dev'");
  }

  @Test
  void apply_takes_the_namespace_that_the_object_says_or_default_or_none() throws Exception {
    kubernetes.apply(
        "{kind: Pod, metadata: {name: one, namespace: prod}}",
        "{kind: Pod, metadata: {name: two}}",
        "{kind: Node, metadata: {name: three}}",
        "{kind: Namespace, apiVersion: v1, metadata: {name: new}}",
        "{kind: Pod, metadata: {name: four, namespace: new}}");

    assertThat(names("/api/v1/namespaces/prod/pods")).containsExactly("one");
    assertThat(names("/api/v1/namespaces/default/pods")).containsExactly("two");
    assertThat(names("/api/v1/nodes")).containsExactly("three");
    assertThat(names("/api/v1/namespaces/new/pods")).containsExactly("four");
    assertThat(names("/api/v1/namespaces")).containsExactly("default", "dev", "new", "prod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {kind: Widget, apiVersion: x/v1, metadata: {name: a}} | crd(group, version, plural, kind)
      {kind: Pod, apiVersion: v2, metadata: {name: a}}      | it serves that kind in [v1]
      {kind: Pod, metadata: {}}                             | a Pod has no metadata.name
      {kind: Pod, metadata: {name: a, namespace: prod}}     | is in namespace 'prod'
      [1]                                                   | Kubernetes objects in YAML or JSON
      # nothing                                             | holds no Kubernetes object
      {kind: Pod                                            | neither YAML nor JSON
      {kind: PodList, items: [1]}                           | an item of the PodList is 1
      """)
  void what_cannot_be_added_is_refused_with_the_cure(String text, String message) {
    assertThatThrownBy(() -> kubernetes.add("dev", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void misspelt_names_are_refused() {
    assertThatThrownBy(() -> kubernetes.add("deev", pod("one")))
        .hasMessageContaining("no namespace 'deev'")
        .hasMessageContaining("[dev, prod, default]");
    assertThatThrownBy(() -> kubernetes.allow("token", "deev")).hasMessageContaining("'deev'");
    assertThatThrownBy(() -> kubernetes.allow("token", "dev", "pod"))
        .hasMessageContaining("does not serve 'pod'");
    assertThatThrownBy(() -> kubernetes.add("dev", 5)).hasMessageContaining("java.lang.Integer");
  }

  // Lists

  @Test
  void a_list_is_ordered_and_its_items_have_neither_kind_nor_version() throws Exception {
    kubernetes.add("dev", pod("two"), pod("one")).add("prod", pod("zero"));

    Map<String, Object> list = client().json("/api/v1/pods", "admin");
    assertThat(list).contains(entry("kind", "PodList"), entry("apiVersion", "v1"));
    assertThat(list.get("metadata")).asString().contains("resourceVersion=");
    List<?> items = (List<?>) list.get("items");
    assertThat(items).noneMatch(i -> ((Map<?, ?>) i).containsKey("kind"));
    assertThat(items).hasSize(3).noneMatch(i -> ((Map<?, ?>) i).containsKey("apiVersion"));
    assertThat(names("/api/v1/pods")).containsExactly("one", "two", "zero");
    assertThat(client().json(PODS + "/one", "token"))
        .contains(entry("kind", "Pod"), entry("apiVersion", "v1"));
  }

  @Test
  void custom_resources_are_listed_with_kind_and_version() throws Exception {
    kubernetes
        .crd("stable.example.com", "v1", "crontabs", "CronTab")
        .crd("stable.example.com", "v2", "crontabs", "CronTab")
        .clusterScopedCrd("stable.example.com", "v1", "planets", "Planet")
        .add("dev", "{kind: CronTab, apiVersion: stable.example.com/v1, metadata: {name: a}}")
        .apply("{kind: Planet, metadata: {name: mars}}");

    String path = "/apis/stable.example.com/v2/namespaces/dev/crontabs";
    assertThat(client().json(path, "token").get("kind")).isEqualTo("CronTabList");
    assertThat(client().json(path, "token").get("items"))
        .asString()
        .contains("kind=CronTab, apiVersion=stable.example.com/v2");
    assertThat(names("/apis/stable.example.com/v1/planets")).containsExactly("mars");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      app=order                    | a b
      app==order,tier=web          | a
      app!=order                   | c d
      app in (order, other)        | a b c
      app notin (order)            | c d
      tier                         | a
      !tier                        | b c d
      size>2                       | b
      size<3                       | a
      app in (order),!tier         | b
      example.com/team=x           | c
      app in ()                    | ''
      ' app = order , tier = web ' | a
      tier=                        | ''
      """)
  void label_selectors_select(String selector, String names) throws Exception {
    kubernetes.add(
        "dev",
        "{kind: Pod, metadata: {name: a, labels: {app: order, tier: web, size: '2'}}}",
        "{kind: Pod, metadata: {name: b, labels: {app: order, size: '3'}}}",
        "{kind: Pod, metadata: {name: c, labels: {app: other, example.com/team: x}}}",
        "{kind: Pod, metadata: {name: d}}");

    assertThat(names(PODS + "?labelSelector=" + Client.encoded(selector)))
        .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app=",
        "=x",
        "app in",
        "app in (a",
        "app in (a b)",
        "a,,b",
        "a,",
        "a b",
        "!a=b",
        "-a=b",
        "a=-b",
        "a>b",
        "a/b/c=d",
        "UPPER.com/a=b"
      })
  void a_bad_label_selector_is_400(String selector) throws Exception {
    HttpResponse<String> answer =
        client().get(PODS + "?labelSelector=" + Client.encoded(selector), "token");
    if (selector.equals("app=")) {
      // An empty value is a value.
      assertThat(answer.statusCode()).isEqualTo(200);
      return;
    }
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            "\"kind\":\"Status\"", "\"reason\":\"BadRequest\"", "unable to parse requirement");
  }

  @Test
  void pages_are_of_the_list_as_it_was_when_the_first_one_was_asked_for() throws Exception {
    kubernetes.add("dev", pod("a"), pod("b"), pod("c"), pod("d"), pod("e"));

    Map<?, ?> first = (Map<?, ?>) client().json(PODS + "?limit=2", "token").get("metadata");
    assertThat(first.get("remainingItemCount")).isEqualTo(3);
    kubernetes.remove("dev", "pods", "c").add("dev", pod("f"));

    String rest = PODS + "?limit=2&continue=" + first.get("continue");
    assertThat(names(rest)).containsExactly("c", "d");
    Map<?, ?> second = (Map<?, ?>) client().json(rest, "token").get("metadata");
    assertThat(names(PODS + "?continue=" + second.get("continue"))).containsExactly("e");
    assertThat(second.get("resourceVersion")).isEqualTo(first.get("resourceVersion"));
  }

  @Test
  void an_expired_continue_token_is_410_and_one_that_never_was_is_400() throws Exception {
    kubernetes.add("dev", pod("a"), pod("b"));
    Map<?, ?> first = (Map<?, ?>) client().json(PODS + "?limit=1", "token").get("metadata");

    kubernetes.expireContinueTokens();

    HttpResponse<String> expired =
        client().get(PODS + "?limit=1&continue=" + first.get("continue"), "token");
    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(expired.body()).contains("\"reason\":\"Expired\"");
    assertThat(client().get(PODS + "?continue=nonsense", "token").statusCode()).isEqualTo(400);
    assertThat(client().get(PODS + "?limit=many", "token").statusCode()).isEqualTo(400);
  }

  @Test
  void large_answers_are_compressed_for_those_who_ask() throws Exception {
    kubernetes.add(
        "dev", "{kind: ConfigMap, metadata: {name: a}, data: {a: " + "x".repeat(200_000) + "}}");
    Client client = client();
    String path = "/api/v1/namespaces/dev/configmaps";
    HttpRequest request = client.request(path, "token").header("Accept-Encoding", "gzip").build();

    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.body()).hasSizeLessThan(10_000);
    try (var body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(body.readAllBytes()).hasSizeGreaterThan(200_000);
    }
    assertThat(client.get(path, "token").headers().firstValue("Content-Encoding")).isEmpty();
    HttpRequest small = client.request(PODS, "token").header("Accept-Encoding", "gzip").build();
    assertThat(client.send(small, BodyHandlers.ofString()).body()).startsWith("{");
  }

  // Who may

  @Test
  void what_was_not_allowed_is_403_in_the_words_of_the_api_server() throws Exception {
    HttpResponse<String> answer = client().get("/api/v1/namespaces/prod/pods", "token");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(JsonText.read(answer.body()))
        .contains(
            entry("reason", "Forbidden"),
            entry("details", Map.of("kind", "pods")),
            entry(
                "message",
                "pods is forbidden: User \"system:serviceaccount:backstage-ns:backstage-sa\" cannot"
                    + " list resource \"pods\" in API group \"\" in the namespace \"prod\""));
    assertThat(client().get("/apis/apps/v1/deployments", "token").body())
        .contains(
            "deployments.apps is forbidden",
            "in API group \\\"apps\\\" at the cluster scope",
            "{\"group\":\"apps\",\"kind\":\"deployments\"}");
  }

  @Test
  void rights_are_given_and_taken_while_it_runs() throws Exception {
    kubernetes.allow("other", "prod", "pods", "deployments.apps").allow("other", "dev", "services");
    Client client = client();
    String deployments = "/apis/apps/v1/namespaces/prod/deployments";

    assertThat(client.get("/api/v1/namespaces/prod/pods", "other").statusCode()).isEqualTo(200);
    assertThat(client.get(deployments, "other").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/v1/namespaces/prod/services", "other").statusCode()).isEqualTo(403);
    assertThat(client.get(PODS, "other").statusCode()).isEqualTo(403);

    kubernetes.revoke("other", "prod");
    assertThat(client.get(deployments, "other").statusCode()).isEqualTo(403);
    assertThat(client.get("/api/v1/namespaces/dev/services", "other").statusCode()).isEqualTo(200);

    kubernetes.expireToken("other");
    assertThat(client.get("/api/v1/namespaces/dev/services", "other").statusCode()).isEqualTo(401);
  }

  @Test
  void an_unknown_token_is_401_and_none_is_anonymous() throws Exception {
    HttpResponse<String> unknown = client().get(PODS, "wrong");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).contains("\"reason\":\"Unauthorized\"").doesNotContain("wrong");

    HttpResponse<String> anonymous = client().get(PODS, null);
    assertThat(anonymous.statusCode()).isEqualTo(403);
    assertThat(anonymous.body()).contains("User \\\"system:anonymous\\\"");
  }

  @Test
  void a_namespace_that_is_not_there_is_403_or_empty() throws Exception {
    assertThat(client().get("/api/v1/namespaces/ghost/pods", "token").statusCode()).isEqualTo(403);
    assertThat(names("/api/v1/namespaces/ghost/pods")).isEmpty();
  }

  // What is served

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis/nobody.example/v1/namespaces/dev/things",
        "/apis/metrics.k8s.io/v1beta1/namespaces/dev/pods",
        "/nothing"
      })
  void an_unknown_group_is_404_without_a_status(String path) throws Exception {
    HttpResponse<String> answer = client().get(path, "admin");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("404 page not found\n");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis/apps/v1beta1/namespaces/dev/deployments",
        "/api/v1/namespaces/dev/things",
        "/api/v2"
      })
  void an_unknown_type_of_a_built_in_group_is_404_with_a_status_that_names_nothing(String path)
      throws Exception {
    HttpResponse<String> answer = client().get(path, "admin");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(JsonText.read(answer.body()))
        .contains(
            entry("message", "the server could not find the requested resource"),
            entry("reason", "NotFound"),
            entry("details", Map.of()));
  }

  @Test
  void an_object_that_is_not_there_is_404_with_a_status() throws Exception {
    HttpResponse<String> answer =
        client().get("/apis/apps/v1/namespaces/dev/deployments/a", "token");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("\"reason\":\"NotFound\"", "deployments.apps \\\"a\\\" not found");
  }

  @Test
  void metrics_are_served_as_soon_as_there_are_some_and_have_the_labels_of_their_pods()
      throws Exception {
    kubernetes
        .add("dev", "{kind: Pod, metadata: {name: one, labels: {app: order}}}")
        .metrics("dev", "one", "main", "250m", "64Mi")
        .metrics("dev", "one", "sidecar", "1", "1Gi")
        .metrics("dev", "two", "main", "1", "1Gi");

    String path = "/apis/metrics.k8s.io/v1beta1/namespaces/dev/pods";
    Map<String, Object> list = client().json(path + "?labelSelector=app%3Dorder", "token");
    assertThat(list.get("kind")).isEqualTo("PodMetricsList");
    assertThat(list.get("items"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1)
        .first()
        .asString()
        .contains("{name=main, usage={", "cpu=250m", "{name=sidecar, usage={", "memory=1Gi");
  }

  @Test
  void discovery_tells_what_is_served() throws Exception {
    kubernetes.crd("stable.example.com", "v1", "crontabs", "CronTab");

    assertThat(client().get("/version", null).statusCode()).isEqualTo(200);
    assertThat(client().get("/readyz", null).body()).isEqualTo("ok");
    assertThat(client().get("/api", null).statusCode()).isEqualTo(403);
    assertThat(client().json("/api", "token")).contains(entry("versions", List.of("v1")));
    assertThat(client().json("/apis", "token").toString())
        .contains("name=stable.example.com", "autoscaling/v2", "autoscaling/v1")
        .doesNotContain("metrics.k8s.io");
    assertThat(client().json("/apis/apps", "token")).contains(entry("name", "apps"));
    assertThat(client().json("/apis/stable.example.com/v1", "token").toString())
        .contains("groupVersion=stable.example.com/v1", "name=crontabs", "kind=CronTab");
    assertThat(client().json("/api/v1", "token").toString()).contains("name=pods");
  }

  @Test
  void it_can_only_be_read() throws Exception {
    Client client = client();
    HttpRequest request =
        client.request(PODS, "token").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    assertThat(client.get(PODS + "?watch=true", "token").statusCode()).isEqualTo(400);
  }

  // The connection

  @ParameterizedTest
  @EnumSource
  void http_1_and_2_are_spoken_for_both_names_of_the_host(Version version) throws Exception {
    for (String host : List.of("127.0.0.1", "localhost")) {
      URI url = URI.create("https://" + host + ":" + kubernetes.url().getPort());
      Client client = Client.of(url, kubernetes.caCertificate(), version);
      HttpResponse<String> answer = client.get(PODS, "token");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(version);
    }
    assertThat(kubernetes.requests().get(0).protocol())
        .isEqualTo(version == Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
  }

  @Test
  void another_servers_authority_does_not_vouch_for_it() {
    try (MockKubernetes other = MockKubernetes.withNamespaces().start()) {
      Client client = Client.of(kubernetes.url(), other.caCertificate(), Version.HTTP_2);
      assertThatThrownBy(() -> client.get(PODS, "token")).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void without_tls_it_speaks_plain_http() throws Exception {
    try (MockKubernetes plain = MockKubernetes.withNamespaces("dev").allow("token", "dev").http()) {
      assertThatThrownBy(plain::url).hasMessageContaining("call start()");
      plain.start();
      assertThat(plain.url().getScheme()).isEqualTo("http");
      Client client = Client.of(plain.url(), kubernetes.caCertificate(), Version.HTTP_2);
      assertThat(client.get(PODS, "token").statusCode()).isEqualTo(200);
      assertThat(plain.cluster("c", "token").build().tls().caData()).isNull();
      assertThatThrownBy(plain::caFile).hasMessageContaining("no CA");
    }
  }

  @Test
  void a_cluster_is_ready_to_be_used() throws Exception {
    Cluster cluster = kubernetes.cluster("dev-cluster", "token").build();

    assertThat(cluster.url()).isEqualTo(kubernetes.url());
    assertThat(cluster.authProvider()).isEqualTo("serviceAccount");
    assertThat(cluster.serviceAccountToken()).get().extracting(s -> s.reveal()).isEqualTo("token");
    assertThat(cluster.tls().caData()).isEqualTo(kubernetes.caCertificate());
    assertThat(kubernetes.caFile()).hasContent(kubernetes.caCertificate());
  }

  @Test
  void after_closing_nothing_is_left() throws Exception {
    MockKubernetes own = MockKubernetes.withNamespaces("dev").start();
    Path ca = own.caFile();
    own.close();
    assertThat(Files.exists(ca)).isFalse();
    assertThatThrownBy(own::url).isInstanceOf(IllegalStateException.class);
    own.start();
    assertThat(Client.of(own).get("/version", null).statusCode()).isEqualTo(200);
    own.close();
  }

  // The log

  @Test
  void requests_are_remembered_and_show_no_token() throws Exception {
    kubernetes.add("dev", pod("one"));
    Client client = client();
    client.get(PODS + "?labelSelector=app%3Da&limit=5", "token");
    client.get("/apis/apps/v1/deployments", "admin");
    client.get("/version", null);
    client.get("/api/v1/namespaces", "wrong-token");
    client.get("/api/v1/namespaces/dev", "token");

    List<MockRequest> requests = kubernetes.requests();
    MockRequest first = requests.get(0);
    assertThat(first.method()).isEqualTo("GET");
    assertThat(first.path()).isEqualTo(PODS);
    assertThat(first.namespace()).isEqualTo("dev");
    assertThat(first.type()).isEqualTo(ResourceType.PODS);
    assertThat(first.query("labelSelector")).isEqualTo("app=a");
    assertThat(first.query("continue")).isNull();
    assertThat(first.token().reveal()).isEqualTo("token");
    assertThat(first.user()).isEqualTo("system:serviceaccount:backstage-ns:backstage-sa");
    assertThat(first.status()).isEqualTo(200);
    assertThat(requests)
        .extracting(MockRequest::isClusterWide)
        .containsExactly(false, true, false, true, false);
    assertThat(requests.get(3).toString())
        .isEqualTo("GET /api/v1/namespaces as somebody unknown: 401")
        .doesNotContain("wrong-token");
    assertThat(kubernetes.connections()).isEqualTo(1);

    kubernetes.clearRequests();
    assertThat(kubernetes.requests()).isEmpty();
  }

  // From test to test

  @Test
  @Order(1)
  void what_a_test_changes() throws Exception {
    kubernetes
        .add("prod", pod("left-behind"))
        .allow("token", "prod")
        .revoke("token", "dev")
        .fault(null, "pods", Fault.status(500));
    kubernetes.down();
  }

  @Test
  @Order(2)
  void is_gone_in_the_next_one() throws Exception {
    assertThat(kubernetes.requests()).isEmpty();
    assertThat(names("/api/v1/pods")).isEmpty();
    assertThat(client().get("/api/v1/namespaces/prod/pods", "token").statusCode()).isEqualTo(403);
    assertThat(client().get(PODS, "token").statusCode()).isEqualTo(200);
  }

  private static Client client() {
    return Client.of(kubernetes);
  }

  private static String pod(String name) {
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: " + name + "\n";
  }

  private static List<String> names(String path) throws IOException {
    return ((List<?>) client().json(path, "admin").get("items"))
        .stream()
            .map(item -> (Map<?, ?>) ((Map<?, ?>) item).get("metadata"))
            .map(metadata -> (String) metadata.get("name"))
            .toList();
  }
}
