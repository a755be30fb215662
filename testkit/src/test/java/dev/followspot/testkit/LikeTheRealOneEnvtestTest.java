package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.envtest.RealApiServer;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mock and a real API server with the same objects and roles are asked the same, and answer the
 * same but for what is never the same: versions, times, UIDs and what the real one adds to objects.
 */
class LikeTheRealOneEnvtestTest {

  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: b, namespace: tk-dev, labels: {app: order, size: "3"}}
      spec: {containers: [{name: main, image: scratch}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: a, namespace: tk-dev, labels: {app: order, tier: web, size: "2"}}
      spec: {containers: [{name: main, image: scratch}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: c, namespace: tk-dev, labels: {app: other, example.com/team: x}}
      spec: {containers: [{name: main, image: scratch}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: a, namespace: tk-prod, labels: {app: order}}
      spec: {containers: [{name: main, image: scratch}]}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: tk-dev}
      data: {key: value}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: scaler, namespace: tk-dev}
      spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: x, apiVersion: apps/v1}}
      ---
      apiVersion: testkit.example.com/v1
      kind: CronTab
      metadata: {name: often, namespace: tk-dev, labels: {app: order}}
      """;

  private static final String REAL_ONLY =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: crontabs.testkit.example.com}
      spec:
        group: testkit.example.com
        scope: Namespaced
        names: {plural: crontabs, singular: crontab, kind: CronTab}
        versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: all, namespace: tk-dev}
      rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: all, namespace: tk-dev}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: all}
      subjects: [{kind: ServiceAccount, name: tk-sa, namespace: tk-accounts}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: some, namespace: tk-prod}
      rules:
        - {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}
        - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: some, namespace: tk-prod}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: some}
      subjects: [{kind: ServiceAccount, name: tk-sa, namespace: tk-accounts}]
      """;

  /** What no two servers have in common. */
  private static final Set<String> OWN =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "managedFields",
          "generation",
          "continue",
          "spec",
          "status",
          "serverAddressByClientCIDRs");

  private static MockKubernetes mock;
  private static RealApiServer real;
  private static Client mockClient;
  private static Client realClient;
  private static String token;

  @BeforeAll
  static void prepare() throws Exception {
    real = RealApiServer.shared();
    real.createNamespaces("tk-dev", "tk-prod");
    real.apply(REAL_ONLY);
    real.awaitStatus("/apis/testkit.example.com/v1/crontabs", real.adminToken(), 200);
    real.apply(OBJECTS);
    token = real.createServiceAccountToken("tk-accounts", "tk-sa");
    real.awaitStatus("/api/v1/namespaces/tk-dev/pods", token, 200);
    real.awaitStatus("/apis/apps/v1/namespaces/tk-prod/deployments", token, 200);
    mock =
        MockKubernetes.withNamespaces("tk-dev", "tk-prod")
            .crd("testkit.example.com", "v1", "crontabs", "CronTab")
            .user(token, "system:serviceaccount:tk-accounts:tk-sa")
            .allow(token, "tk-dev")
            .allow(token, "tk-prod", "pods", "deployments.apps")
            .user(real.adminToken(), "admin")
            .allowClusterWide(real.adminToken())
            .apply(OBJECTS)
            .start();
    mockClient = Client.of(mock.url(), mock.caCertificate(), Version.HTTP_1_1);
    realClient = Client.of(real.url(), real.caCertificate(), Version.HTTP_1_1);
  }

  @AfterAll
  static void close() {
    if (mock != null) {
      mock.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/tk-dev/pods",
        "/api/v1/namespaces/tk-dev/pods/a",
        "/api/v1/namespaces/tk-dev/pods/a/status",
        "/api/v1/namespaces/tk-dev/pods/nobody",
        "/api/v1/namespaces/tk-prod/pods",
        "/api/v1/namespaces/tk-prod/pods/a",
        "/api/v1/namespaces/tk-prod/pods/nobody",
        "/api/v1/namespaces/tk-prod/services",
        "/api/v1/namespaces/tk-prod/services/a",
        "/apis/apps/v1/namespaces/tk-prod/deployments",
        "/apis/apps/v1/namespaces/tk-prod/replicasets",
        "/apis/batch/v1/namespaces/tk-prod/jobs",
        "/apis/apps/v1/namespaces/tk-dev/deployments/nobody",
        "/api/v1/namespaces/tk-ghost/pods",
        "/api/v1/namespaces/tk-ghost/pods/a",
        "/api/v1/namespaces/tk-dev",
        "/api/v1/namespaces/tk-prod",
        "/api/v1/namespaces/tk-ghost",
        "/api/v1/namespaces",
        "/api/v1/pods",
        "/api/v1/nodes",
        "/api/v1/nodes/nobody",
        "/api/v1/namespaces/tk-dev/configmaps",
        "/apis/autoscaling/v1/namespaces/tk-dev/horizontalpodautoscalers",
        "/apis/autoscaling/v2/namespaces/tk-dev/horizontalpodautoscalers",
        "/apis/testkit.example.com/v1/namespaces/tk-dev/crontabs",
        "/apis/testkit.example.com/v1/namespaces/tk-dev/crontabs/often",
        "/apis/testkit.example.com/v1/namespaces/tk-dev/crontabs/nobody",
        "/apis/testkit.example.com/v1/crontabs",
        "/apis/testkit.example.com/v2/namespaces/tk-dev/crontabs",
        "/apis/testkit.example.com/v1/namespaces/tk-dev/others",
        "/apis/nobody.example.com/v1/namespaces/tk-dev/things",
        "/apis/metrics.k8s.io/v1beta1/namespaces/tk-dev/pods",
        "/apis/apps/v1beta1/namespaces/tk-dev/deployments",
        "/api/v1/namespaces/tk-dev/things",
        "/api/v1/namespaces/tk-dev/nodes",
        "/api/v1/pods/a",
        "/api/v1/things",
        "/api",
        "/healthz",
        "/nothing",
        "/apis/nobody.example.com/v1",
        "/apis/nobody.example.com",
        "/apis/apps/v2",
        "/api/v2",
      })
  void paths(String path) throws Exception {
    for (String each : tokens()) {
      sameAnswer(path, each);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app=order",
        "app==order,tier=web",
        "app!=order",
        "app in (order, other)",
        "app notin (order)",
        "tier",
        "!tier",
        "size>2",
        "size<3",
        "app in (order),!tier",
        "example.com/team=x",
        "app in ()",
        "app in (,)",
        "app in (order,)",
        "app=",
        "tier=",
        "  app = order , tier = web  ",
        " ",
        "in",
        "in in (in)",
        "notin",
        "app in order",
        "app in",
        "app in (a",
        "app in (a b)",
        "app in ((a))",
        "=x",
        "a,,b",
        "a,",
        ",a",
        "a b",
        "!a=b",
        "!!a",
        "-a=b",
        "a=-b",
        "a=b=c",
        "a==b==c",
        "a===b",
        "a>b",
        "a>",
        "a/b/c=d",
        "UPPER.com/a=b",
        "a=ü",
        "a.b.c=d.e_f-g",
        "a(b)",
        "(a)",
      })
  void label_selectors(String selector) throws Exception {
    String path = "/api/v1/namespaces/tk-dev/pods?labelSelector=" + Client.encoded(selector);
    HttpResponse<String> wanted = realClient.get(path, token);
    HttpResponse<String> actual = mockClient.get(path, token);
    if (wanted.statusCode() == 200) {
      assertThat(comparable(actual)).isEqualTo(comparable(wanted));
    } else {
      // The words differ, which tell where the parser stumbled.
      Map<String, Object> answer = JsonText.read(actual.body());
      Map<String, Object> model = JsonText.read(wanted.body());
      assertThat(actual.statusCode()).as(wanted.body()).isEqualTo(wanted.statusCode());
      for (String key : List.of("kind", "status", "reason", "code", "metadata")) {
        assertThat(answer.get(key)).as(key).isEqualTo(model.get(key));
      }
    }
  }

  @Test
  void pages() throws Exception {
    assertThat(pages(mockClient, "")).isEqualTo(pages(realClient, ""));
    assertThat(pages(mockClient, "&labelSelector=app%3Dorder"))
        .isEqualTo(pages(realClient, "&labelSelector=app%3Dorder"));
  }

  private static List<Object> pages(Client client, String more) throws IOException {
    List<Object> pages = new ArrayList<>();
    String next = "";
    do {
      String path = "/api/v1/namespaces/tk-dev/pods?limit=1" + more + next;
      HttpResponse<String> answer = client.get(path, token);
      pages.add(comparable(answer));
      Map<?, ?> metadata = (Map<?, ?>) JsonText.read(answer.body()).get("metadata");
      Object page = metadata.get("continue");
      next = page == null ? "" : "&continue=" + Client.encoded(page.toString());
    } while (!next.isEmpty());
    return pages;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata.name=a",
        "metadata.name==a,metadata.namespace=tk-dev",
        "metadata.name=nobody"
      })
  void field_selectors(String selector) throws Exception {
    sameAnswer("/api/v1/namespaces/tk-dev/pods?fieldSelector=" + Client.encoded(selector), token);
  }

  @ParameterizedTest
  @CsvSource({"limit=many", "limit=-1", "limit=0", "continue=nonsense", "limit=", "continue="})
  void odd_parameters(String query) throws Exception {
    String path = "/api/v1/namespaces/tk-dev/pods?" + query;
    HttpResponse<String> wanted = realClient.get(path, token);
    HttpResponse<String> actual = mockClient.get(path, token);
    assertThat(actual.statusCode()).as(wanted.body()).isEqualTo(wanted.statusCode());
    if (wanted.statusCode() == 200) {
      assertThat(comparable(actual)).isEqualTo(comparable(wanted));
    }
  }

  @Test
  void compression() throws Exception {
    real.apply(bigConfigMap());
    mock.apply(bigConfigMap());
    for (String path :
        List.of("/api/v1/namespaces/tk-prod/configmaps", "/api/v1/namespaces/tk-prod/pods")) {
      for (String accepted : List.of("gzip", "identity", "gzip, deflate;q=0.5")) {
        assertThat(encoding(mockClient, path, accepted))
            .as(path + " " + accepted)
            .isEqualTo(encoding(realClient, path, accepted));
      }
    }
  }

  private static String bigConfigMap() {
    return "{kind: ConfigMap, apiVersion: v1, metadata: {name: big, namespace: tk-prod}, data: {a: "
        + "x".repeat(200_000)
        + "}}";
  }

  private static String encoding(Client client, String path, String accepted) throws IOException {
    HttpRequest request =
        client.request(path, real.adminToken()).header("Accept-Encoding", accepted).build();
    return client
        .send(request, BodyHandlers.discarding())
        .headers()
        .firstValue("Content-Encoding")
        .orElse("none");
  }

  private static void sameAnswer(String path, String token) throws IOException {
    HttpResponse<String> wanted = realClient.get(path, token);
    HttpResponse<String> actual = mockClient.get(path, token);
    assertThat(comparable(actual).entrySet())
        .as(path)
        .containsExactlyElementsOf(comparable(wanted).entrySet());
  }

  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of(token, real.adminToken(), "wrong"));
    tokens.add(null);
    return tokens;
  }

  private static Map<String, Object> comparable(HttpResponse<String> answer) throws IOException {
    Map<String, Object> comparable = new LinkedHashMap<>();
    comparable.put("status", answer.statusCode());
    for (String name : List.of("Content-Type", "Cache-Control", "X-Content-Type-Options")) {
      comparable.put(name, answer.headers().firstValue(name).orElse(""));
    }
    comparable.put(
        "body",
        answer.body().startsWith("{") ? common(JsonText.read(answer.body())) : answer.body());
    return comparable;
  }

  private static Object common(Object value) {
    if (value instanceof List<?> list) {
      return list.stream()
          .filter(item -> !item.toString().contains("kube-root-ca.crt"))
          .filter(item -> !isForeignNamespace(item))
          .map(LikeTheRealOneEnvtestTest::common)
          .toList();
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> common = new TreeMap<>();
    map.forEach(
        (key, each) -> {
          if (!OWN.contains(key) || (key.equals("status") && each instanceof String)) {
            common.put(String.valueOf(key), common(each));
          }
        });
    return common;
  }

  /** The shared server has namespaces, and objects in them, that others made. */
  private static boolean isForeignNamespace(Object item) {
    if (item instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?> metadata) {
      Object namespace = metadata.get("namespace");
      String where = String.valueOf(namespace == null ? metadata.get("name") : namespace);
      boolean isNamespace =
          metadata.get("labels") instanceof Map<?, ?> labels
              && labels.containsKey("kubernetes.io/metadata.name");
      return (namespace != null || isNamespace)
          && !where.equals("tk-dev")
          && !where.equals("tk-prod");
    }
    return false;
  }
}
