package dev.followspot.core;

import static dev.followspot.testkit.FollowspotAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.json.Json;
import dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsProviderContext;
import dev.followspot.spi.ObjectsProviderFactory;
import dev.followspot.spi.ResourceType;
import dev.followspot.testkit.Fault;
import dev.followspot.testkit.MockKubernetes;
import dev.followspot.testkit.MockRequest;
import io.kubernetes.client.openapi.models.V1Pod;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The look-up against mock API servers: what is asked, what is shown, and what harms whom. */
class LookupTest {

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev").allow("token", "prod");

  private static final String POD =
      """
      { apiVersion: v1, kind: Pod, metadata: { name: %s, labels: { app: order } },
        spec: { containers: [ { name: main, resources: { requests: { cpu: 500m, memory: 64Mi } } },
                              { name: sidecar, resources: { requests: { memory: 1Gi } } } ] } }
      """;

  private static Entity order(String namespaces) {
    return Entity.component("order")
        .annotation(Entity.LABEL_SELECTOR, "app=order")
        .annotation(Entity.NAMESPACE, namespaces)
        .build();
  }

  private static FollowspotBuilder builder() {
    return Followspot.builder()
        .cluster(kubernetes.cluster("good", "token"))
        .fetcher(new MultiNamespaceFetcherFactory())
        .discovery(false);
  }

  private static List<Cell> cells(LookupResult result, String cluster) {
    return result.cells().stream().filter(cell -> cell.cluster().equals(cluster)).toList();
  }

  private static Configuration settings(Map<String, ?> followspot) {
    return Configuration.of(Map.of("followspot", followspot), Map.of());
  }

  @Test
  void one_look_up_sends_each_list_once_over_one_connection() {
    kubernetes.add("dev", POD.formatted("a")).metrics("dev", "a", "main", "250m", "32Mi");
    kubernetes.clearRequests();
    int before = kubernetes.connections();
    try (Followspot followspot = builder().build()) {
      LookupResult result = followspot.lookup(order("dev, prod"));
      assertThat(result).isComplete();
    }
    assertThat(kubernetes.requests()).hasSize(27).noneMatch(MockRequest::isClusterWide);
    assertThat(kubernetes.requests()).extracting(MockRequest::path).doesNotHaveDuplicates();
    assertThat(kubernetes.connections() - before).isEqualTo(1);
  }

  @Test
  void metrics_are_asked_for_only_in_namespaces_that_have_pods() {
    kubernetes.add("dev", POD.formatted("a")).metrics("dev", "a", "main", "250m", "32Mi");
    try (Followspot followspot = builder().build()) {
      assertThat(followspot.lookup(order("prod")).podUsage()).isEmpty();
      assertThat(metricsRequests()).isEmpty();
      assertThat(followspot.lookup(order("dev, prod")).podUsage()).hasSize(1);
      assertThat(metricsRequests())
          .containsExactly("/apis/metrics.k8s.io/v1beta1/namespaces/dev/pods");
    }
  }

  @Test
  void metrics_come_in_one_wave_with_the_lists_where_there_were_pods_before() {
    kubernetes.add("dev", POD.formatted("a")).metrics("dev", "a", "main", "250m", "32Mi");
    try (Followspot followspot = builder().build()) {
      followspot.lookup(order("dev"));
      kubernetes.clearRequests().fault("dev", "pods", Fault.hang());
      followspot.lookup(LookupRequest.of(order("dev")).timeout(Duration.ofSeconds(2)));
      assertThat(metricsRequests()).hasSize(1);
    }
  }

  @Test
  void metrics_of_a_whole_cluster_are_asked_for_by_namespace_until_there_are_too_many() {
    kubernetes.allowClusterWide("wide");
    kubernetes.add("dev", POD.formatted("a")).metrics("dev", "a", "main", "250m", "32Mi");
    kubernetes.add("prod", POD.formatted("b")).metrics("prod", "b", "main", "1", "1Gi");
    Entity order = Entity.component("order").annotation(Entity.LABEL_SELECTOR, "app=order").build();
    try (Followspot followspot =
        Followspot.builder().cluster(kubernetes.cluster("good", "wide")).build()) {
      assertThat(followspot.lookup(order).podUsage())
          .extracting(usage -> usage.pod().name())
          .containsExactlyInAnyOrder("a", "b");
      assertThat(metricsRequests())
          .containsExactlyInAnyOrder(
              "/apis/metrics.k8s.io/v1beta1/namespaces/dev/pods",
              "/apis/metrics.k8s.io/v1beta1/namespaces/prod/pods");
      for (int i = 0; i < 10; i++) {
        kubernetes.namespaces("more-" + i).add("more-" + i, POD.formatted("c"));
      }
      kubernetes.clearRequests();
      assertThat(followspot.lookup(order).podUsage()).hasSize(12);
      assertThat(metricsRequests()).contains("/apis/metrics.k8s.io/v1beta1/pods");
    }
  }

  private static List<String> metricsRequests() {
    return kubernetes.requests().stream()
        .map(MockRequest::path)
        .filter(path -> path.startsWith("/apis/metrics.k8s.io/"))
        .toList();
  }

  @Test
  void several_namespaces_without_the_extension_name_the_artifact_to_add() {
    try (Followspot followspot =
        Followspot.builder()
            .cluster(kubernetes.cluster("good", "token"))
            .discovery(false)
            .build()) {
      LookupResult result = followspot.lookup(order("dev, prod"));
      assertThat(result.cells())
          .singleElement()
          .satisfies(
              cell -> {
                assertThat(cell.status()).isEqualTo(CellStatus.INVALID);
                assertThat(cell.namespace()).isEqualTo("dev, prod");
                assertThat(cell.message())
                    .contains("dev.followspot:followspot-fetcher-multinamespace");
              });
      assertThat(kubernetes.requests()).isEmpty();
    }
  }

  @Test
  void without_a_namespace_the_whole_cluster_is_listed() {
    kubernetes.allowClusterWide("wide").add("dev", POD.formatted("a"));
    kubernetes.add("prod", POD.formatted("b"));
    try (Followspot followspot =
        Followspot.builder().cluster(kubernetes.cluster("good", "wide")).build()) {
      Entity order =
          Entity.component("order").annotation(Entity.LABEL_SELECTOR, "app=order").build();
      assertThat(followspot.lookup(order).objects(ResourceType.PODS)).hasSize(2);
    }
  }

  @Test
  void a_selector_falls_back_to_the_id_and_to_the_name() {
    try (Followspot followspot = builder().build()) {
      followspot.lookup(
          LookupRequest.of(
                  Entity.component("order")
                      .annotation(Entity.NAMESPACE, "dev")
                      .annotation(Entity.KUBERNETES_ID, "id-1")
                      .build())
              .types(ResourceType.SERVICES));
      followspot.lookup(
          LookupRequest.of(Entity.component("order").annotation(Entity.NAMESPACE, "dev").build())
              .types(ResourceType.SERVICES));
    }
    assertThat(kubernetes.requests())
        .extracting(request -> request.query("labelSelector"))
        .containsExactly("backstage.io/kubernetes-id=id-1", "backstage.io/kubernetes-id=order");
  }

  @Test
  void blank_selectors_and_ids_that_would_select_more_are_refused() {
    try (Followspot followspot = builder().build()) {
      for (Entity entity :
          List.of(
              Entity.component("order").annotation(Entity.LABEL_SELECTOR, "  ").build(),
              Entity.component("order").annotation(Entity.KUBERNETES_ID, "a,b!=c").build(),
              Entity.component("or der").build())) {
        assertThat(followspot.lookup(entity).cells())
            .singleElement()
            .satisfies(cell -> assertThat(cell.status()).isEqualTo(CellStatus.INVALID));
      }
    }
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void hostile_namespaces_ask_nothing() {
    try (Followspot followspot = builder().build()) {
      for (String namespace :
          List.of("..", "../kube-system", "dev/pods", "dev?x=", "Dev", "dev%2f", "a".repeat(64))) {
        assertThat(followspot.lookup(order(namespace)).cells())
            .describedAs(namespace)
            .allMatch(cell -> cell.status() == CellStatus.INVALID);
      }
    }
    assertThat(kubernetes.requests()).isEmpty();
  }

  @Test
  void pods_come_with_their_usage() {
    kubernetes
        .add("dev", POD.formatted("a"))
        .metrics("dev", "a", "main", "250m", "32Mi")
        .metrics("dev", "a", "sidecar", "1500u", "1.5Gi");
    try (Followspot followspot = builder().build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result.podUsage())
          .singleElement()
          .satisfies(
              usage -> {
                assertThat(usage.cpu().currentUsage()).isEqualByComparingTo("0.2515");
                assertThat(usage.cpu().requestTotal()).isEqualByComparingTo("0.5");
                assertThat(usage.memory().requestTotal())
                    .isEqualByComparingTo(String.valueOf((64L << 20) + (1L << 30)));
                assertThat(usage.containers()).hasSize(2);
              });
    }
  }

  @Test
  void an_absent_metrics_api_harms_nothing() {
    kubernetes.add("dev", POD.formatted("a"));
    try (Followspot followspot = builder().build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result.objects(V1Pod.class)).hasSize(1);
      assertThat(result.podUsage()).isEmpty();
      assertThat(result.complete()).isTrue();
      assertThat(
              result.cells().stream()
                  .filter(cell -> cell.type().equals(ResourceType.POD_METRICS))
                  .map(Cell::status))
          .containsExactly(CellStatus.NOT_SERVED);
    }
  }

  @Test
  void a_request_at_which_the_server_breaks_the_shared_connection_harms_no_other() {
    kubernetes.add("dev", POD.formatted("a"));
    kubernetes.fault(".*", Fault.delay(Duration.ofSeconds(1)));
    kubernetes.fault("dev", "pods", Fault.reset().after(Duration.ofMillis(100)));
    try (Followspot followspot = builder().build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result.cells().stream().filter(Cell::failed))
          .singleElement()
          .satisfies(cell -> assertThat(cell.type()).isEqualTo(ResourceType.PODS))
          .satisfies(cell -> assertThat(cell.status()).isEqualTo(CellStatus.UNREACHABLE));
    }
  }

  @RepeatedTest(25)
  void nor_when_it_breaks_before_the_others_have_gone_out() {
    kubernetes.add("dev", POD.formatted("a"));
    kubernetes.fault("dev", "pods", Fault.reset());
    try (Followspot followspot = builder().build()) {
      assertThat(followspot.lookup(order("dev")).cells().stream().filter(Cell::failed))
          .singleElement()
          .satisfies(cell -> assertThat(cell.type()).isEqualTo(ResourceType.PODS));
    }
  }

  @Test
  void each_lie_harms_its_own_cell() {
    kubernetes.add("dev", POD.formatted("a"));
    Map<Fault, CellStatus> lies =
        Map.of(
            Fault.html(), CellStatus.INVALID_RESPONSE,
            Fault.reset(), CellStatus.UNREACHABLE,
            Fault.status(500), CellStatus.SERVER_ERROR,
            Fault.status(429), CellStatus.THROTTLED,
            Fault.redirect("https://elsewhere.example.com/"), CellStatus.INVALID_RESPONSE,
            Fault.body("{\"kind\":\"ServiceList\",\"items\":[]}"), CellStatus.INVALID_RESPONSE,
            Fault.body("{\"kind\":\"Status\",\"status\":\"Failure\"}"), CellStatus.INVALID_RESPONSE,
            Fault.junk(100_000_000), CellStatus.INVALID_RESPONSE,
            Fault.nullItems(), CellStatus.OK);
    lies.forEach(
        (lie, expected) -> {
          kubernetes.clearFaults().fault("dev", "pods", lie);
          try (Followspot followspot = builder().build()) {
            LookupResult result = followspot.lookup(order("dev"));
            List<Cell> others = new ArrayList<>(result.cells());
            Cell pods =
                others.stream().filter(c -> c.type().equals(ResourceType.PODS)).findAny().get();
            others.remove(pods);
            assertThat(pods.status()).describedAs("%s: %s", lie, pods).isEqualTo(expected);
            assertThat(others).hasSize(12).noneMatch(Cell::failed);
          }
        });
    kubernetes.clearFaults().fault("dev", "pods", Fault.truncate());
    try (Followspot followspot = builder().build()) {
      assertThat(followspot.lookup(order("dev")).cells().stream().filter(Cell::failed))
          .singleElement()
          .satisfies(
              cell ->
                  assertThat(cell.status())
                      .isIn(CellStatus.UNREACHABLE, CellStatus.INVALID_RESPONSE));
    }
  }

  @Test
  void dead_hanging_and_untrusted_clusters_do_not_delay_or_blank_the_others() throws Exception {
    kubernetes.add("dev", POD.formatted("a"));
    try (ServerSocket silent = new ServerSocket(0);
        MockKubernetes other = MockKubernetes.withNamespaces("dev").allow("token", "dev").start();
        Followspot followspot =
            builder()
                .cluster(cluster("silent", "https://127.0.0.1:" + silent.getLocalPort()))
                .cluster(cluster("refused", "https://127.0.0.1:1"))
                .cluster(cluster("unknown", "https://nowhere.invalid"))
                .cluster(Cluster.named("untrusted").url(other.url()).authProvider("anonymous"))
                .cluster(cluster("tokenless", kubernetes.url().toString()).authProvider("google"))
                .build()) {
      CompletableFuture<LookupResult> running =
          followspot.lookupAsync(LookupRequest.of(order("dev")).timeout(Duration.ofSeconds(20)));
      LookupResult result = running.join();
      assertThat(cells(result, "good")).hasSize(14).noneMatch(Cell::failed);
      assertThat(cells(result, "silent"))
          .allMatch(c -> c.status() == CellStatus.UNREACHABLE)
          .allMatch(c -> String.valueOf(c.message()).contains("does not go on"));
      assertThat(cells(result, "refused")).allMatch(c -> c.status() == CellStatus.UNREACHABLE);
      assertThat(cells(result, "unknown")).allMatch(c -> c.status() == CellStatus.UNREACHABLE);
      assertThat(cells(result, "untrusted")).allMatch(c -> c.status() == CellStatus.TLS);
      assertThat(cells(result, "tokenless"))
          .allMatch(c -> c.status() == CellStatus.CREDENTIAL)
          .allMatch(c -> String.valueOf(c.message()).contains("auth.google"));
      assertThat(result.cells()).hasSize(6 * 13 + 1);
    }
  }

  private static Cluster.Builder cluster(String name, String url) {
    return Cluster.named(name).url(url).authProvider("anonymous");
  }

  @Test
  void cancelling_ends_the_requests_under_way() throws Exception {
    kubernetes.fault("dev", "pods", Fault.hang());
    try (Followspot followspot = builder().build()) {
      CompletableFuture<LookupResult> running = followspot.lookupAsync(order("dev"));
      while (kubernetes.requests().size() < 13) {
        Thread.onSpinWait();
      }
      assertThat(running.cancel(true)).isTrue();
      assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void closing_ends_look_ups_and_leaves_no_thread() {
    kubernetes.fault("dev", "pods", Fault.hang());
    Followspot followspot = builder().build();
    CompletableFuture<LookupResult> running = followspot.lookupAsync(order("dev"));
    while (kubernetes.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    followspot.close();
    assertThat(running.join().cells()).anyMatch(cell -> cell.status() == CellStatus.CANCELLED);
    assertThat(ownThreads()).isEmpty();
    assertThatThrownBy(() -> followspot.lookup(order("dev")))
        .isInstanceOf(IllegalStateException.class);
    followspot.close();
  }

  private static Set<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("followspot"))
        .collect(Collectors.toSet());
  }

  @Test
  void secrets_are_masked_wherever_they_are_listed() {
    kubernetes.add(
        "dev",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: db
          labels: { app: order }
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: '{"data":{"password":"aHVudGVyMg=="}}'
        data: { password: aHVudGVyMg== }
        """);
    Configuration configuration =
        Configuration.of(Map.of("kubernetes", Map.of("objectTypes", List.of("secrets"))), Map.of());
    try (Followspot followspot = builder().configuration(configuration).build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result).cell("dev", "secrets").hasCount(1);
      assertThat(result.toBackstageJson())
          .contains("\"password\":\"***\"")
          .doesNotContain("aHVudGVyMg");
    }
  }

  @Test
  void the_matrix_is_one_json_object() {
    kubernetes.add("dev", POD.formatted("a"));
    try (Followspot followspot = builder().build()) {
      Object json =
          Json.parse(
              followspot
                  .lookup(LookupRequest.of(order("dev, nowhere")).types(ResourceType.SERVICES))
                  .toMatrixJson()
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(json).isInstanceOf(Map.class);
      Map<?, ?> matrix = (Map<?, ?>) json;
      assertThat(matrix.get("entity")).isEqualTo("component:default/order");
      assertThat(matrix.get("complete")).isEqualTo(false);
      assertThat((List<?>) matrix.get("problems")).isEmpty();
      Map<?, ?> forbidden = (Map<?, ?>) ((List<?>) matrix.get("cells")).get(1);
      assertThat(forbidden.keySet().stream().map(Object::toString))
          .containsExactly(
              "cluster",
              "namespace",
              "group",
              "apiVersion",
              "plural",
              "status",
              "httpStatus",
              "reason",
              "message",
              "count",
              "truncated",
              "durationMillis");
      assertThat(forbidden.get("status")).isEqualTo("FORBIDDEN");
      assertThat(forbidden.get("httpStatus")).isEqualTo(403);
    }
  }

  @Test
  void backstages_json_has_types_first_and_only_what_was_answered() {
    kubernetes.add("dev", POD.formatted("a")).add("prod", POD.formatted("b"));
    kubernetes.fault("dev", "services", Fault.status(404));
    try (Followspot followspot = builder().build()) {
      LookupResult result =
          followspot.lookup(
              LookupRequest.of(order("dev, prod")).types(ResourceType.PODS, ResourceType.SERVICES));
      Map<?, ?> document =
          (Map<?, ?>) Json.parse(result.toBackstageJson().getBytes(StandardCharsets.UTF_8));
      Map<?, ?> item = (Map<?, ?>) ((List<?>) document.get("items")).get(0);
      assertThat(item.get("cluster")).isEqualTo(Map.of("name", "good"));
      assertThat(
              ((List<?>) item.get("resources"))
                  .stream().map(resource -> String.valueOf(((Map<?, ?>) resource).get("type"))))
          .containsExactly("pods", "pods", "services");
      assertThat(((List<?>) item.get("errors")).stream().map(Object.class::cast))
          .contains(
              Map.of(
                  "errorType",
                  "NOT_FOUND",
                  "statusCode",
                  404,
                  "resourcePath",
                  "/api/v1/namespaces/dev/services"));
    }
  }

  /** Marks every object; a whole plugin. */
  private static final class StampingFetcherFactory implements KubernetesFetcherFactory {
    @Override
    public String name() {
      return "stamping";
    }

    @Override
    public KubernetesFetcher create(FetcherContext context) {
      KubernetesFetcher next = context.delegate();
      return request ->
          next.fetch(request)
              .thenApply(
                  result ->
                      result.mapObjects(
                          object -> object.withAnnotation("example.com/seen-by", "portal")));
    }
  }

  @Test
  void a_fetcher_extension_decorates() {
    kubernetes.add("dev", POD.formatted("a"));
    try (Followspot followspot = builder().fetcher(new StampingFetcherFactory()).build()) {
      assertThat(followspot.lookup(order("dev")).objects(V1Pod.class))
          .allMatch(
              pod ->
                  "portal".equals(pod.getMetadata().getAnnotations().get("example.com/seen-by")));
      assertThat(followspot.describe()).contains("stamping").contains("wraps stamping");
    }
  }

  @Test
  void a_fetcher_extension_that_fails_is_named_in_the_cells() {
    KubernetesFetcherFactory broken =
        new KubernetesFetcherFactory() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public KubernetesFetcher create(FetcherContext context) {
            return request -> {
              throw new IllegalStateException("oops");
            };
          }
        };
    try (Followspot followspot = builder().fetcher(broken).build()) {
      assertThat(followspot.lookup(order("dev")).cells())
          .isNotEmpty()
          .allMatch(cell -> cell.status() == CellStatus.EXTENSION)
          .allMatch(cell -> String.valueOf(cell.message()).contains("'broken'"));
    }
  }

  @Test
  void nothing_that_is_printed_shows_a_token() {
    try (Followspot followspot = builder().build()) {
      LookupResult result =
          followspot.lookup(LookupRequest.of(order("dev")).auth("google", "s3cr3t-google"));
      assertThat(followspot.describe() + result + result.toMatrixJson())
          .doesNotContain("s3cr3t-google")
          .doesNotContain("serviceAccountToken=");
    }
  }

  @Test
  void threads_and_connections_stay_few_over_many_look_ups() {
    try (Followspot followspot = builder().build()) {
      followspot.lookup(order("dev, prod"));
      int connections = kubernetes.connections();
      List<CompletableFuture<LookupResult>> running = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        running.add(followspot.lookupAsync(order("dev, prod")));
      }
      assertThat(running).allMatch(result -> result.join().complete());
      assertThat(kubernetes.connections()).isBetween(connections, connections + 23);
      assertThat(ownThreads()).hasSizeLessThanOrEqualTo(10);
    }
  }

  private static void addPods(int count) {
    for (int i = 0; i < count; i++) {
      kubernetes.add("dev", POD.formatted("p" + i));
    }
  }

  private static LookupResult podsFetchedWith(Map<String, Object> fetch) {
    try (Followspot followspot =
        builder().configuration(settings(Map.of("fetch", fetch))).build()) {
      return followspot.lookup(LookupRequest.of(order("dev")).types(ResourceType.PODS));
    }
  }

  @Test
  void a_configured_limit_cuts_lists_off() {
    addPods(5);
    LookupResult result = podsFetchedWith(Map.of("pageSize", 2, "maxObjects", 3));
    assertThat(result).cell("dev", "pods").hasCount(3);
    assertThat(result.complete()).isFalse();
  }

  @Test
  void a_continue_token_that_expired_starts_the_list_once_more() {
    addPods(5);
    kubernetes.fault("dev", "pods", Fault.status(410).times(1).after(Duration.ZERO));
    kubernetes.clearFaults().expireContinueTokens();
    LookupResult result = podsFetchedWith(Map.of("pageSize", 2));
    assertThat(result).cell("dev", "pods").hasCount(5);
    assertThat(result.objects(ResourceType.PODS).stream().map(o -> o.name()))
        .doesNotHaveDuplicates();
  }

  @Test
  void later_pages_are_larger_where_the_objects_are_small() {
    addPods(50);
    LookupResult result = podsFetchedWith(Map.of("pageSize", 2, "maxObjects", 49));
    assertThat(result).cell("dev", "pods").hasCount(49);
    assertThat(result.complete()).isFalse();
    assertThat(kubernetes.requests())
        .filteredOn(request -> request.path().endsWith("/pods"))
        .filteredOn(request -> request.path().startsWith("/api/v1/"))
        .extracting(request -> request.query("limit"))
        .containsExactly("2", "48");
  }

  @Test
  void the_limit_counts_anew_when_the_list_starts_once_more() {
    addPods(5);
    kubernetes.expireContinueTokens();
    LookupResult result = podsFetchedWith(Map.of("pageSize", 2, "maxObjects", 4));
    assertThat(result).cell("dev", "pods").hasCount(4);
    assertThat(result.complete()).isFalse();
  }

  @Test
  void a_server_that_sends_more_than_the_limit_at_once_is_cut_off() {
    String items =
        IntStream.range(0, 5)
            .mapToObj(i -> "{\"metadata\":{\"name\":\"p" + i + "\"}}")
            .collect(Collectors.joining(","));
    kubernetes.fault("dev", "pods", Fault.body("{\"kind\":\"PodList\",\"items\":[" + items + "]}"));
    LookupResult result = podsFetchedWith(Map.of("pageSize", 2, "maxObjects", 3));
    assertThat(result.objects(ResourceType.PODS).stream().map(KubernetesObject::name))
        .containsExactly("p0", "p1", "p2");
    assertThat(result.complete()).isFalse();
  }

  @Test
  void a_token_that_the_server_says_back_is_masked() {
    kubernetes.fault(
        "dev",
        "pods",
        Fault.answer(
            403,
            "application/json",
            "{\"kind\":\"Status\",\"message\":\"Bearer s3cr3t-token is not welcome\"}"));
    try (Followspot followspot =
        Followspot.builder()
            .cluster(kubernetes.allow("s3cr3t-token", "dev").cluster("good", "s3cr3t-token"))
            .build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result.toMatrixJson())
          .contains("Bearer *** is not welcome")
          .doesNotContain("s3cr3t-token");
    }
  }

  @Test
  void a_404_of_a_gateway_does_not_pass_for_a_type_that_is_not_served() {
    kubernetes.fault("dev", "pods", Fault.answer(404, "text/plain", "404 page not found"));
    kubernetes.fault("dev", "jobs.batch", Fault.answer(404, "text/html", "<h1>Not Found</h1>"));
    kubernetes.fault(
        "dev", "cronjobs.batch", Fault.answer(404, "text/plain", "404 page not found\n"));
    try (Followspot followspot = builder().build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result).cell("dev", "jobs").hasStatus(CellStatus.INVALID_RESPONSE);
      assertThat(result).cell("dev", "cronjobs").hasStatus(CellStatus.NOT_SERVED);
      assertThat(result.cells().get(0).status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(result.complete()).isFalse();
    }
  }

  @Test
  void without_clusters_nothing_is_complete() {
    try (Followspot followspot = Followspot.builder().discovery(false).build()) {
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result.complete()).isFalse();
      assertThat(result.problems())
          .singleElement()
          .satisfies(p -> assertThat(p.message()).contains("kubernetes.clusterLocatorMethods"));
    }
  }

  /** Never answers. */
  private static final class HangingProviderFactory implements ObjectsProviderFactory {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public ObjectsProvider create(ObjectsProviderContext context) {
      return request -> new CompletableFuture<>();
    }
  }

  @Test
  void an_extension_that_never_answers_does_not_hold_a_look_up_beyond_its_time() {
    try (Followspot followspot = builder().extension(new HangingProviderFactory()).build()) {
      LookupResult result =
          followspot.lookup(LookupRequest.of(order("dev")).timeout(Duration.ofMillis(1)));
      assertThat(result.complete()).isFalse();
      assertThat(result.problems().toString()).contains("not answered in time");
    }
  }

  @Test
  void closing_ends_look_ups_that_an_extension_holds() {
    Followspot followspot = builder().extension(new HangingProviderFactory()).build();
    CompletableFuture<LookupResult> running = followspot.lookupAsync(order("dev"));
    followspot.close();
    assertThat(running.join().complete()).isFalse();
    assertThat(ownThreads()).isEmpty();
  }

  @Test
  void a_cancellation_ends_a_look_up_that_an_extension_holds() {
    CancellationSource cancellation = new CancellationSource();
    try (Followspot followspot = builder().extension(new HangingProviderFactory()).build()) {
      CompletableFuture<LookupResult> running =
          followspot.lookupAsync(LookupRequest.of(order("dev")).cancellation(cancellation.token()));
      cancellation.cancel();
      assertThat(running.join().problems().toString()).contains("cancelled");
    }
  }

  @Test
  void all_mistakes_of_a_configuration_are_told_at_once_and_unknown_keys_are_warnings() {
    String yaml =
        """
        kubernetes:
          objectTypes: [pods, podz]
          apiVersionOverrides: { pods: ../v1 }
          serviceLocatorMethod: { type: multiTenent }
          clusterLocatorMethods:
            - type: config
              clusters:
                - { url: nowhere, name: a, authProvider: serviceAccount }
                - { name: b, authProvider: oidc }
        followspot:
          http: { requestTimeout: soon }
          extensions: { proxy: [nothere] }
          permissions: { deny: [bogus] }
          proxy: { timeout: 0s }
        """;
    assertThatThrownBy(
            () -> Followspot.from(AppConfig.parse("app-config.yaml", yaml).resolve(Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "app-config.yaml:2 kubernetes.objectTypes: has an unknown type 'podz'")
        .hasMessageContaining("apiVersionOverrides: of pods: the apiVersion")
        .hasMessageContaining("multiTenent")
        .hasMessageContaining("app-config.yaml:8")
        .hasMessageContaining("oidcTokenProvider")
        .hasMessageContaining("app-config.yaml:11 followspot.http.requestTimeout")
        .hasMessageContaining("followspot.extensions.proxy: 'nothere' is no known")
        .hasMessageContaining("followspot.permissions.deny")
        .hasMessageContaining("followspot.proxy.timeout")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).split("nothere", -1)).hasSize(2));

    String misspelt = "kubernetes: { objectTypez: [pods] }\nfollowspot: { htpp: {} }";
    try (Followspot followspot =
        Followspot.from(AppConfig.parse("app-config.yaml", misspelt).resolve(Map.of()))) {
      assertThat(followspot.warnings().toString())
          .contains("kubernetes.objectTypez: is not known; did you mean 'objectTypes'?")
          .contains("followspot.htpp: is not known; did you mean 'http'?");
    }
  }

  @Test
  void customresources_is_an_object_type_of_backstage_that_chooses_nothing() {
    kubernetes.add("dev", POD.formatted("a"));
    Map<String, ?> types =
        Map.of(
            "objectTypes",
            List.of("pods", "customresources"),
            "apiVersionOverrides",
            Map.of("customresources", "v1"));
    try (Followspot followspot =
        builder().configuration(Configuration.of(Map.of("kubernetes", types), Map.of())).build()) {
      assertThat(followspot.warnings()).isEmpty();
      LookupResult result = followspot.lookup(order("dev"));
      assertThat(result).isComplete();
      assertThat(result.cells()).extracting(cell -> cell.type().plural()).containsOnly("pods");
    }
  }

  @Test
  void an_unknown_auth_provider_of_a_configured_cluster_refuses_to_start() {
    String yaml =
        """
        kubernetes:
          clusterLocatorMethods:
            - type: config
              clusters: [{ url: 'https://a', name: a, authProvider: serviceAcount }]
        """;
    assertThatThrownBy(
            () -> Followspot.from(AppConfig.parse("app-config.yaml", yaml).resolve(Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("app-config.yaml:4")
        .hasMessageContaining("serviceAcount")
        .hasMessageContaining("serviceAccount");
  }

  @Test
  void an_auth_provider_that_is_in_another_jar_refuses_to_start_and_names_the_jar() {
    String yaml =
        """
        kubernetes:
          clusterLocatorMethods:
            - type: config
              clusters: [{ url: 'https://a', name: eks, authProvider: aws }]
        """;
    assertThatThrownBy(
            () -> Followspot.from(AppConfig.parse("app-config.yaml", yaml).resolve(Map.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("app-config.yaml:4")
        .hasMessageContaining("of cluster 'eks' is 'aws'")
        .hasMessageContaining("'aws' is in dev.followspot:followspot-auth-aws: add it to the class")
        .message()
        .doesNotContain("did you mean");
  }
}
