package dev.followspot.core;

import static dev.followspot.testkit.FollowspotAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look-up with namespace-scoped rights on a real API server. */
class LookupEnvtestTest {

  private final OrderService story = new OrderService();

  @Test
  void an_application_is_shown_where_it_runs_and_as_it_is_deployed() {
    story.grant(story.dev);
    story.grant(story.prod);
    story.deploy(story.dev);
    try (Followspot followspot = story.followspot()) {
      LookupResult before = followspot.lookup(story.entity());
      assertThat(before).cell(story.dev, "pods").hasCount(2);
      assertThat(before).cell(story.dev, "deployments").hasCount(1);
      assertThat(before).cell(story.prod, "pods").isOk().hasCount(0);

      story.deploy(story.prod);
      LookupResult after = followspot.lookup(story.entity());
      assertThat(after)
          .cell(story.dev, "pods")
          .hasObjectsNamed("order-service-1", "order-service-2");
      assertThat(after)
          .cell(story.prod, "pods")
          .hasObjectsNamed("order-service-1", "order-service-2");
      assertThat(after.objects(V1Pod.class))
          .extracting(pod -> pod.getMetadata().getNamespace())
          .containsExactly(story.dev, story.dev, story.prod, story.prod);
      assertThat(after.objects(V1Deployment.class)).hasSize(2);
    }
  }

  @Test
  void each_type_is_answered_as_the_role_allows() {
    story.grant(story.dev);
    story.grant(story.prod);
    Set<String> allowed =
        Set.of(
            "pods",
            "configmaps",
            "services",
            "limitranges",
            "resourcequotas",
            "deployments",
            "replicasets",
            "statefulsets",
            "daemonsets");
    try (Followspot followspot = story.followspot()) {
      LookupResult result = followspot.lookup(story.entity());
      for (String namespace : List.of(story.dev, story.prod)) {
        Map<Boolean, Set<String>> byStatus =
            result.cells().stream()
                .filter(cell -> namespace.equals(cell.namespace()))
                .filter(cell -> !cell.type().equals(ResourceType.POD_METRICS))
                .collect(
                    Collectors.partitioningBy(
                        cell -> cell.status() == CellStatus.OK,
                        Collectors.mapping(
                            cell -> cell.type().plural(), Collectors.toCollection(TreeSet::new))));
        assertThat(byStatus.get(true)).isEqualTo(new TreeSet<>(allowed));
        assertThat(byStatus.get(false))
            .containsExactly("cronjobs", "horizontalpodautoscalers", "ingresses", "jobs");
      }
      assertThat(result).cell(story.dev, "jobs").isForbidden();
      Cell jobs =
          result.cells().stream().filter(c -> c.type().plural().equals("jobs")).findAny().get();
      assertThat(jobs.httpStatus()).isEqualTo(403);
      assertThat(jobs.reason()).isEqualTo("Forbidden");
      assertThat(jobs.message())
          .isEqualTo(
              "jobs.batch is forbidden: User \"%s\" cannot list resource \"jobs\" in API group"
                      .formatted(story.user())
                  + " \"batch\" in the namespace \"%s\"".formatted(story.dev));
      assertThat(result.complete()).isFalse();
    }
  }

  @Test
  void rights_that_come_and_go_show_in_the_next_look_up() {
    story.grant(story.dev);
    story.grant(story.prod);
    story.deploy(story.dev);
    story.deploy(story.prod);
    try (Followspot followspot = story.followspot()) {
      assertThat(followspot.lookup(story.entity())).cell(story.prod, "pods").hasCount(2);
      story.revoke(story.prod);
      awaitStatus(followspot, CellStatus.FORBIDDEN);
      LookupResult revoked = followspot.lookup(story.entity());
      assertThat(revoked).cell(story.dev, "pods").hasCount(2);
      assertThat(revoked).cell(story.prod, "services").isForbidden();
      story.grant(story.prod);
      awaitStatus(followspot, CellStatus.OK);
    }
  }

  /** The API server applies changed rights a moment later. */
  private void awaitStatus(Followspot followspot, CellStatus expected) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    CellStatus seen;
    do {
      seen =
          followspot.lookup(story.entity()).cells().stream()
              .filter(cell -> story.prod.equals(cell.namespace()))
              .filter(cell -> cell.type().equals(ResourceType.PODS))
              .findAny()
              .get()
              .status();
    } while (seen != expected && Instant.now().isBefore(end));
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void a_namespace_that_does_not_exist_harms_no_other() {
    story.grant(story.dev);
    story.deploy(story.dev);
    try (Followspot followspot = story.followspot()) {
      LookupResult result =
          followspot.lookup(story.entity("nowhere" + story.suffix + "," + story.dev));
      assertThat(result).cell("nowhere" + story.suffix, "pods").isForbidden();
      assertThat(result).cell(story.dev, "pods").hasCount(2);
    }
  }

  @Test
  void invalid_parts_of_the_annotation_are_told_and_the_others_fetched() {
    story.grant(story.dev);
    story.deploy(story.dev);
    try (Followspot followspot = story.followspot()) {
      LookupResult result =
          followspot.lookup(story.entity(" , ../kube-system, %1$s,,%1$s ".formatted(story.dev)));
      assertThat(result).cell(story.dev, "pods").hasCount(2);
      assertThat(result.cells().stream().filter(c -> c.status() == CellStatus.INVALID))
          .singleElement()
          .satisfies(cell -> assertThat(cell.namespace()).isEqualTo("../kube-system"));
      assertThat(result.cells().stream().filter(c -> c.type().equals(ResourceType.PODS)))
          .hasSize(1);
    }
  }

  @Test
  void a_rotated_token_file_is_read_again(@TempDir Path folder) throws Exception {
    story.grant(story.dev);
    story.deploy(story.dev);
    Path file = Files.writeString(folder.resolve("token"), "not-a-token\n");
    try (Followspot followspot =
        story.followspot("serviceAccountTokenFile: '" + file + "'", Map.of(), "")) {
      LookupResult before = followspot.lookup(story.entity());
      assertThat(before.cells()).allMatch(cell -> cell.status() == CellStatus.UNAUTHORIZED);
      Files.writeString(file, story.token + "\n");
      assertThat(followspot.lookup(story.entity())).cell(story.dev, "pods").hasCount(2);
    }
  }

  @Test
  void expired_and_wrong_tokens_are_unauthorized() {
    String expired =
        story.server.signServiceAccountToken(
            story.account,
            "backstage-sa",
            Instant.now().minus(Duration.ofHours(2)),
            Instant.now().minus(Duration.ofHours(1)));
    for (String token : List.of(expired, "wrong")) {
      try (Followspot followspot = story.followspot(token, "")) {
        LookupResult result = followspot.lookup(story.entity());
        assertThat(result.cells())
            .hasSize(26)
            .allMatch(cell -> cell.status() == CellStatus.UNAUTHORIZED && cell.httpStatus() == 401);
        assertThat(result.toString()).doesNotContain(token);
      }
    }
  }

  @Test
  void custom_resources_are_listed_and_those_the_cluster_lacks_are_not_served() {
    String group = "story" + story.suffix + ".example.com";
    story.server.apply(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: 'crontabs.%1$s' }
        spec:
          group: %1$s
          scope: Namespaced
          names: { plural: crontabs, singular: crontab, kind: CronTab }
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """
            .formatted(group));
    story.server.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: { name: crontabs, namespace: %1$s }
        rules: [{ apiGroups: ['%2$s'], resources: ['*'], verbs: [list] }]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: crontabs, namespace: %1$s }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: crontabs }
        subjects: [{ kind: ServiceAccount, name: backstage-sa, namespace: %3$s }]
        """
            .formatted(story.dev, group, story.account));
    awaitServed("/apis/" + group + "/v1/crontabs");
    story.server.apply(
        """
        apiVersion: %s/v1
        kind: CronTab
        metadata: { name: nightly, namespace: %s, labels: { app: order-service } }
        spec: { unknown: { to: [everybody, 1.0, null] } }
        """
            .formatted(group, story.dev));
    String resources =
        """
        customResources:
          - { group: '%1$s', apiVersion: v1, plural: crontabs }
          - { group: '%1$s', apiVersion: v1, plural: nothings }
        """
            .formatted(group);
    try (Followspot followspot = story.followspot(story.token, resources)) {
      LookupResult result = followspot.lookup(story.entity(story.dev));
      assertThat(result).cell(story.dev, "crontabs").hasObjectsNamed("nightly");
      assertThat(result).cell(story.dev, "nothings").hasStatus(CellStatus.NOT_SERVED);
      KubernetesObject nightly =
          result.objects(ResourceType.custom(group, "v1", "crontabs")).get(0);
      assertThat(nightly.kind()).isEqualTo("CronTab");
      assertThat(nightly.field("spec", "unknown", "to", "0")).contains("everybody");
    }
  }

  private void awaitServed(String path) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (story.server.get(path, story.server.adminToken()).statusCode() != 200) {
      assertThat(Instant.now()).isBefore(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void two_thousand_pods_come_by_pages() {
    story.grant(story.dev);
    String pod =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"pod-%04d\",\"labels\":"
            + "{\"app\":\"order-service\"}},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"i\"}]}}";
    java.util.stream.IntStream.range(0, 2000)
        .parallel()
        .forEach(
            i -> story.server.post("/api/v1/namespaces/" + story.dev + "/pods", pod.formatted(i)));
    try (Followspot followspot = story.followspot()) {
      LookupResult result = followspot.lookup(story.entity(story.dev));
      assertThat(result).cell(story.dev, "pods").hasCount(2000);
      assertThat(result.objects(ResourceType.PODS).stream().map(KubernetesObject::name).distinct())
          .hasSize(2000);
    }
    try (Followspot followspot =
        Followspot.builder()
            .configuration(
                dev.followspot.core.config.Configuration.of(
                    Map.of("followspot", Map.of("fetch", Map.of("maxObjects", 700))), Map.of()))
            .cluster(
                dev.followspot.spi.Cluster.named("dev-cluster")
                    .url(story.server.url())
                    .caFile(story.server.caFile())
                    .authProvider("serviceAccount")
                    .serviceAccountToken(dev.followspot.spi.Secret.of(story.token)))
            .build()) {
      LookupResult result = followspot.lookup(story.entity(story.dev));
      Cell pods =
          result.cells().stream().filter(c -> c.type().equals(ResourceType.PODS)).findAny().get();
      assertThat(pods.count()).isEqualTo(700);
      assertThat(pods.truncated()).isTrue();
      assertThat(pods.message()).contains("followspot.fetch.maxObjects");
      assertThat(result.complete()).isFalse();
    }
  }

  @Test
  void objects_come_out_as_the_api_server_sent_them() {
    story.grant(story.dev);
    story.deploy(story.dev);
    String listed =
        story
            .server
            .get(
                "/api/v1/namespaces/" + story.dev + "/pods?labelSelector=app%3Dorder-service",
                story.token)
            .body();
    try (Followspot followspot = story.followspot()) {
      String json = followspot.lookup(story.entity(story.dev)).toBackstageJson();
      String items = listed.substring(listed.indexOf("\"items\":[") + 9, listed.lastIndexOf(']'));
      assertThat(json).contains("{\"type\":\"pods\",\"resources\":[" + items + "]}");
    }
  }

  @Test
  void nothing_is_asked_that_a_namespace_scoped_account_may_not_ask() {
    story.grant(story.dev);
    try (Followspot followspot = story.followspot()) {
      List<Cell> cells = followspot.lookup(story.entity()).cells();
      assertThat(cells)
          .allSatisfy(
              cell ->
                  assertThat(Arrays.asList(cell.resourcePath().split("/")))
                      .containsSequence("namespaces", cell.namespace()));
    }
  }
}
