package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.http.Names;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.Problem;
import dev.followspot.spi.RequestContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogClusterSupplierTest {

  private static final String SERVER = "kubernetes.io/api-server";
  private static final String CA = "kubernetes.io/api-server-certificate-authority";
  private static final String PROVIDER = "kubernetes.io/auth-provider";

  private final List<Entity> entities = new ArrayList<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService resolver = Executors.newCachedThreadPool();
  private final CompletableFuture<Void> hanging = new CompletableFuture<>();
  private final ManualScheduler scheduler = new ManualScheduler();

  @AfterEach
  void close() {
    released.countDown();
    resolver.shutdownNow();
    scheduler.shutdownNow();
  }

  /** Waits until the look-up is done, or hangs. */
  private void resolve(Runnable lookUp) {
    CompletableFuture.anyOf(CompletableFuture.runAsync(lookUp, resolver), hanging).join();
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    assertThat(Thread.currentThread().getName()).startsWith("pool-");
    String known = addresses.get(host);
    if (known == null) {
      throw new UnknownHostException(host);
    }
    if (known.equals("hangs")) {
      hanging.complete(null);
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new UnknownHostException(host);
      }
    }
    return InetAddress.getAllByName(known);
  }

  private Entity.Builder entity(String name, String url) {
    return Entity.builder("Resource", "default", name)
        .annotation(SERVER, url)
        .annotation(CA, "Y2E=")
        .annotation(PROVIDER, "google")
        .spec(Map.of("type", "kubernetes-cluster"));
  }

  private void add(Entity.Builder entity) {
    entities.add(entity.build());
  }

  private ReportingClusterSupplier supplier(String config) {
    EntityCatalog catalog =
        new EntityCatalog() {
          @Override
          public CompletionStage<Optional<Entity>> entity(EntityRef ref, RequestContext context) {
            throw new UnsupportedOperationException();
          }

          @Override
          public CompletionStage<List<Entity>> entities(String kind, RequestContext context) {
            assertThat(kind).isEqualToIgnoringCase("resource");
            return CompletableFuture.completedStage(List.copyOf(entities));
          }
        };
    return (ReportingClusterSupplier)
        new CatalogClusterSupplierFactory(
                catalog, new Names(this::resolve, this::addresses), scheduler)
            .create(TestContext.of(config));
  }

  private static ClusterList list(ReportingClusterSupplier supplier) throws Exception {
    return supplier.list(RequestContext.create()).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private ClusterList list() throws Exception {
    return list(supplier("type: catalog"));
  }

  private static List<String> names(ClusterList list) {
    return list.clusters().stream().map(Cluster::name).toList();
  }

  private void assertLeftOut(String why) throws Exception {
    ClusterList list = list();
    assertThat(list.clusters()).isEmpty();
    assertThat(list.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.source()).startsWith("catalog entity resource:default/");
              assertThat(problem.message())
                  .startsWith("the cluster is left out: ")
                  .contains(why)
                  .doesNotContain("secret");
            });
  }

  @Test
  void an_entity_is_a_cluster_with_all_that_its_annotations_say() throws Exception {
    addresses.put("api.example.com", "8.8.8.8");
    add(
        entity("Alpha", "https://API.example.com.:6443/k8s")
            .title("Alpha cluster")
            .annotation(PROVIDER, "oidc")
            .annotation("kubernetes.io/oidc-token-provider", "okta")
            .annotation("kubernetes.io/skip-metrics-lookup", "true")
            .annotation("kubernetes.io/dashboard-url", "https://dashboard.example.com")
            .annotation("kubernetes.io/dashboard-app", "gke")
            .annotation("kubernetes.io/dashboard-parameters", "{\"projectId\":\"p\",\"n\":[1]}")
            .annotation("kubernetes.io/aws-assume-role", "role")
            .annotation("serviceAccountToken", "admin-token")
            .annotation("other.io/x", "y"));
    ClusterList list = list();
    assertThat(list.problems()).isEmpty();
    Cluster cluster = list.clusters().get(0);
    assertThat(cluster.name()).isEqualTo("Alpha");
    assertThat(cluster.url()).hasToString("https://api.example.com:6443/k8s");
    assertThat(cluster.title()).contains("Alpha cluster");
    assertThat(cluster.authProvider()).isEqualTo("oidc");
    assertThat(cluster.oidcTokenProvider()).contains("okta");
    assertThat(cluster.tls().caData()).isEqualTo("Y2E=");
    assertThat(cluster.tls().skipVerify()).isFalse();
    assertThat(cluster.skipMetricsLookup()).isTrue();
    assertThat(cluster.publicAddressesOnly()).isTrue();
    assertThat(cluster.serviceAccountToken()).isEmpty();
    assertThat(cluster.dashboard().url()).isEqualTo("https://dashboard.example.com");
    assertThat(cluster.dashboard().app()).isEqualTo("gke");
    assertThat(cluster.dashboard().parameters()).containsEntry("projectId", "p").hasSize(2);
    assertThat(cluster.authMetadata())
        .containsEntry("kubernetes.io/aws-assume-role", "role")
        .doesNotContainKeys("serviceAccountToken", "other.io/x");
    assertThat(cluster.catalogEntity()).contains(EntityRef.parse("resource:default/alpha"));
    assertThat(cluster.origin()).isEqualTo("catalog entity resource:default/alpha");
  }

  @Test
  void other_entities_are_no_clusters() throws Exception {
    add(entity("database", "https://8.8.8.8").spec(Map.of("type", "database")));
    add(entity("none", "https://8.8.8.8").spec(Map.of()));
    add(
        Entity.builder("Resource", "default", "documented")
            .spec(Map.of("type", "kubernetes-cluster")));
    assertThat(list().clusters()).isEmpty();
    assertThat(list().problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVER, CA, PROVIDER})
  void a_cluster_without_one_of_the_three_annotations_is_left_out(String missing) throws Exception {
    add(entity("a", "https://8.8.8.8").annotation(missing, ""));
    assertLeftOut("annotation " + missing + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serviceAccount", " serviceAccount\n"})
  void service_accounts_are_left_out(String provider) throws Exception {
    add(entity("a", "https://8.8.8.8").annotation(PROVIDER, provider));
    assertLeftOut("serviceAccount is not for clusters of the catalog");
  }

  @ParameterizedTest
  @CsvSource({
    "http://8.8.8.8, is not https",
    "ftp://8.8.8.8, has the scheme 'ftp'",
    "nonsense, is no URL",
    "https://user:secret@8.8.8.8, has a user name or password",
    "https://8.8.8.8/a/../b, dot segment",
    "https://10.0.0.1, leads to a private address",
    "https://172.20.1.1, leads to a private address",
    "https://192.168.1.1, leads to a private address",
    "https://100.64.0.1, leads to a shared address",
    "https://169.254.169.254, leads to the address of a cloud's metadata service",
    "https://[fd00:ec2::254], leads to the address of a cloud's metadata service",
    "https://127.0.0.1, leads to a loopback address",
    "https://[::1]:6443, leads to a loopback address",
    "https://[::ffff:10.0.0.1], leads to a private address",
    "https://[::ffff:a9fe:a9fe], leads to the address of a cloud's metadata service",
    "https://[64:ff9b::10.0.0.1], leads to a private address",
    "https://[fe80::1], leads to a link-local address",
    "https://[fc00::1], leads to a private address",
    "https://2130706433, leads to a loopback address",
    "https://0177.0.0.1, leads to a loopback address",
    "https://0x7f.1, leads to a loopback address",
    "https://127.1, leads to a loopback address",
    "https://0, leads to an address of this machine",
    "https://localhost, leads to a name of this machine",
    "https://LOCALHOST., leads to a name of this machine",
    "https://a.localhost, leads to a name of this machine",
    "https://ⓛocalhost, leads to a name of this machine"
  })
  void a_url_that_could_do_harm_is_left_out(String url, String why) throws Exception {
    add(entity("a", url));
    assertLeftOut(why);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, leads to a private address",
    "127.0.0.1, leads to a loopback address",
    "169.254.169.254, leads to the address of a cloud's metadata service",
    "::1, leads to a loopback address"
  })
  void a_name_that_leads_to_such_an_address_is_left_out(String address, String why)
      throws Exception {
    addresses.put("api.example.com", address);
    add(entity("a", "https://api.example.com"));
    assertLeftOut(why + "; if that is meant, add 'api.example.com' to dangerouslyAllowClusterUrls");
  }

  @Test
  void a_name_without_an_address_is_left_out() throws Exception {
    add(entity("a", "https://api.example.com"));
    assertLeftOut("has a host without an address, 'api.example.com'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://8.8.8.8",
        "https://[2606:4700::1111]",
        "https://134744072",
        "https://8.8.8.8:6443/x"
      })
  void a_public_address_is_fine(String url) throws Exception {
    add(entity("a", url));
    assertThat(names(list())).containsExactly("a");
  }

  @Test
  void hosts_that_the_configuration_allows_may_be_anywhere() throws Exception {
    add(entity("exact", "http://10.0.0.1:1"));
    add(entity("decimal", "http://167772161"));
    add(entity("below", "http://api.Internal.example"));
    add(entity("bare", "http://internal.example"));
    add(entity("six", "https://[::1]:6443"));
    add(entity("localhost", "http://localhost:8001"));
    add(entity("other", "http://10.0.0.2"));
    add(entity("lookalike", "http://evilinternal.example"));
    add(entity("suffix", "http://10.0.0.1.example"));
    ClusterList list =
        list(
            supplier(
                "dangerouslyAllowClusterUrls: [10.0.0.1, '*.INTERNAL.example', '[::1]', LOCALHOST]"));
    assertThat(names(list)).containsExactly("exact", "decimal", "below", "six", "localhost");
    assertThat(list.clusters()).noneMatch(Cluster::publicAddressesOnly);
    assertThat(list.problems()).hasSize(4);
  }

  @Test
  void an_entity_of_another_namespace_never_takes_the_name_of_one_in_default() throws Exception {
    add(
        Entity.builder("Resource", "sandbox", "prod")
            .annotation(SERVER, "https://8.8.4.4")
            .annotation(CA, "Y2E=")
            .annotation(PROVIDER, "google")
            .spec(Map.of("type", "kubernetes-cluster")));
    add(entity("prod", "https://8.8.8.8"));
    ClusterList list = list();
    assertThat(list.clusters())
        .extracting(cluster -> cluster.url().getHost())
        .containsExactly("8.8.8.8");
    assertThat(list.problems())
        .singleElement()
        .asString()
        .contains("resource:sandbox/prod", "another name");
  }

  @Test
  void a_star_does_not_allow_addresses_by_their_end() throws Exception {
    add(entity("a", "http://127.0.0.1"));
    assertThat(names(list(supplier("dangerouslyAllowClusterUrls: ['*.0.0.1']")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1", "10.0.0.1:6443", "*", "*.*.com", "a b", "10.0.0.0/8"})
  void an_entry_that_allows_nothing_is_told(String entry) throws Exception {
    add(entity("a", "http://10.0.0.1"));
    ClusterList list = list(supplier("dangerouslyAllowClusterUrls: ['" + entry + "']"));
    assertThat(list.clusters()).isEmpty();
    assertThat(list.problems()).anyMatch(p -> p.message().contains("allows nothing; name a host"));
  }

  @Test
  void a_url_with_a_password_is_refused_even_if_its_host_is_allowed() throws Exception {
    add(entity("a", "http://user:secret@127.0.0.1:1"));
    add(entity("b", "ftp://127.0.0.1:1"));
    ClusterList list = list(supplier("dangerouslyAllowClusterUrls: [127.0.0.1]"));
    assertThat(list.clusters()).isEmpty();
    assertThat(list.problems()).hasSize(2).noneMatch(p -> p.message().contains("secret"));
  }

  @Test
  void skipping_tls_needs_the_word_of_the_configuration() throws Exception {
    add(entity("a", "https://8.8.8.8").annotation("kubernetes.io/skip-tls-verify", "true"));
    add(entity("b", "https://8.8.8.8"));
    ClusterList refused = list();
    assertThat(refused.clusters()).noneMatch(c -> c.tls().skipVerify());
    assertThat(refused.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("dangerouslyAllowSkipTLSVerify"));

    ClusterList allowed = list(supplier("dangerouslyAllowSkipTLSVerify: true"));
    assertThat(allowed.clusters().get(0).tls().skipVerify()).isTrue();
    assertThat(allowed.clusters().get(1).tls().skipVerify()).isFalse();
    assertThat(allowed.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{", "5", "x"})
  void dashboard_parameters_that_are_no_object_do_not_count(String json) throws Exception {
    add(entity("a", "https://8.8.8.8").annotation("kubernetes.io/dashboard-parameters", json));
    ClusterList list = list();
    assertThat(list.clusters().get(0).dashboard().parameters()).isNull();
    assertThat(list.problems()).hasSize(1);
  }

  @Test
  void a_provider_that_nobody_knows_stays_the_business_of_its_cluster() throws Exception {
    add(entity("a", "https://8.8.8.8").annotation(PROVIDER, "magic"));
    assertThat(list().clusters().get(0).authProvider()).isEqualTo("magic");
  }

  @Test
  void a_name_that_hangs_keeps_no_other_cluster_from_being_listed() throws Exception {
    addresses.put("slow.example.com", "hangs");
    addresses.put("fast.example.com", "8.8.8.8");
    add(entity("fast", "https://fast.example.com"));
    add(entity("slow", "https://slow.example.com"));
    add(entity("address", "https://8.8.8.8"));
    CompletableFuture<ClusterList> listed =
        supplier("type: catalog").list(RequestContext.create()).toCompletableFuture();
    assertThat(listed).isNotDone();
    scheduler.pass(11);

    ClusterList list = listed.get(30, TimeUnit.SECONDS);
    assertThat(names(list)).containsExactly("fast", "address");
    assertThat(list.problems()).hasSize(1);
  }

  @Test
  void a_name_that_was_fine_stays_while_the_name_service_does_not_know_it() throws Exception {
    addresses.put("api.example.com", "8.8.8.8");
    add(entity("a", "https://api.example.com"));
    ReportingClusterSupplier supplier = supplier("type: catalog");
    assertThat(names(list(supplier))).containsExactly("a");

    addresses.remove("api.example.com");
    assertThat(names(list(supplier))).containsExactly("a");

    addresses.put("api.example.com", "127.0.0.1");
    assertThat(names(list(supplier))).isEmpty();
    addresses.remove("api.example.com");
    assertThat(names(list(supplier))).isEmpty();
  }

  @Test
  void without_a_catalog_the_locator_cannot_be_chosen() {
    assertThatThrownBy(
            () ->
                new CatalogClusterSupplierFactory(null, resolver, scheduler)
                    .create(TestContext.of("type: catalog")))
        .hasMessageContaining("there is no catalog")
        .hasMessageContaining("followspot.catalog");
  }
}
