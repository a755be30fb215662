package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kubernetes project's own Java client through the proxy. */
@SuppressWarnings("try")
class ClientJavaEnvtestTest {

  private static final String NAMESPACE = "client-java";

  private final Portal portal = Portal.shared();
  private Relay real;
  private Relay nodes;
  private ApiClient client;
  private CoreV1Api api;

  @BeforeEach
  void way_to_the_clusters() throws IOException {
    portal.server().createNamespaces(NAMESPACE);
    real = portal.relay(Portal.REAL);
    nodes = portal.relay(Portal.NODES);
    client = client(real);
    api = new CoreV1Api(client);
  }

  @AfterEach
  void close() throws Exception {
    real.close();
    nodes.close();
    portal.nodes().awaitIdle();
  }

  private static ApiClient client(Relay relay) {
    // Streams last as long as they are read.
    return Config.fromUrl(relay.proxyUrl()).setReadTimeout(0);
  }

  private V1ConfigMap create(String name) throws ApiException {
    V1ConfigMap map =
        new V1ConfigMap()
            .metadata(new V1ObjectMeta().name(name).labels(Map.of("app", name)))
            .data(Map.of("value", "one"));
    return api.createNamespacedConfigMap(NAMESPACE, map).execute();
  }

  private V1ConfigMap patch(String name, String value) throws ApiException {
    V1Patch patch =
        new V1Patch("[{\"op\":\"replace\",\"path\":\"/data/value\",\"value\":\"" + value + "\"}]");
    return PatchUtils.patch(
        V1ConfigMap.class,
        () -> api.patchNamespacedConfigMap(name, NAMESPACE, patch).buildCall(null),
        V1Patch.PATCH_FORMAT_JSON_PATCH,
        client);
  }

  private void delete(String name) throws ApiException {
    api.deleteNamespacedConfigMap(name, NAMESPACE).execute();
  }

  @Test
  void objects_are_created_listed_patched_and_deleted() throws Exception {
    assertThat(create("listed").getMetadata().getUid()).isNotBlank();
    assertThat(
            api.listNamespacedConfigMap(NAMESPACE).labelSelector("app=listed").execute().getItems())
        .extracting(map -> map.getData().get("value"))
        .containsExactly("one");
    assertThat(patch("listed", "two").getData()).containsEntry("value", "two");
    delete("listed");
    assertThatThrownBy(() -> api.readNamespacedConfigMap("listed", NAMESPACE).execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(404);
              assertThat(e.getResponseBody()).contains("configmaps \\\"listed\\\" not found");
            });
  }

  @Test
  void a_watch_tells_each_change() throws Exception {
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            api.listNamespacedConfigMap(NAMESPACE)
                .labelSelector("app=watched")
                .watch(true)
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      create("watched");
      assertThat(watch.next())
          .satisfies(
              event -> {
                assertThat(event.type).isEqualTo("ADDED");
                assertThat(event.object.getMetadata().getName()).isEqualTo("watched");
              });
      patch("watched", "two");
      assertThat(watch.next())
          .satisfies(
              event -> {
                assertThat(event.type).isEqualTo("MODIFIED");
                assertThat(event.object.getData()).containsEntry("value", "two");
              });
      delete("watched");
      assertThat(watch.next().type).isEqualTo("DELETED");
    }
  }

  @Test
  void an_informer_knows_what_was_there_and_hears_what_changes() throws Exception {
    create("before");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    SharedInformerFactory factory = new SharedInformerFactory(client);
    SharedIndexInformer<V1ConfigMap> informer =
        factory.sharedIndexInformerFor(
            asked ->
                api.listNamespacedConfigMap(NAMESPACE)
                    .labelSelector("app in (before, after)")
                    .resourceVersion(asked.resourceVersion)
                    .timeoutSeconds(asked.timeoutSeconds)
                    .watch(asked.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class);
    informer.addEventHandler(
        new ResourceEventHandler<V1ConfigMap>() {
          @Override
          public void onAdd(V1ConfigMap map) {
            heard.add("added " + map.getMetadata().getName());
          }

          @Override
          public void onUpdate(V1ConfigMap old, V1ConfigMap map) {
            heard.add("now " + map.getData().get("value"));
          }

          @Override
          public void onDelete(V1ConfigMap map, boolean unknown) {
            heard.add("deleted " + map.getMetadata().getName());
          }
        });
    factory.startAllRegisteredInformers();
    try {
      assertThat(heard.poll(2, TimeUnit.MINUTES)).isEqualTo("added before");
      create("after");
      assertThat(heard.poll(2, TimeUnit.MINUTES)).isEqualTo("added after");
      patch("before", "two");
      assertThat(heard.poll(2, TimeUnit.MINUTES)).isEqualTo("now two");
      delete("before");
      assertThat(heard.poll(2, TimeUnit.MINUTES)).isEqualTo("deleted before");
      assertThat(informer.getIndexer().listKeys()).containsExactly(NAMESPACE + "/after");
      assertThat(informer.hasSynced()).isTrue();
    } finally {
      factory.stopAllRegisteredInformers();
      delete("after");
    }
  }

  @Test
  void a_command_in_a_container_is_heard_with_its_exit_code() throws Exception {
    Exec exec = new Exec(client(nodes));
    for (String[] command : new String[][] {{"echo", "hello"}, {"fail", "loudly"}}) {
      Process process = exec.exec("shop", "web", command, "main", false, false);
      boolean fails = command[0].equals("fail");
      String said =
          new String(
              (fails ? process.getErrorStream() : process.getInputStream()).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(said).isEqualTo(String.join(" ", command) + "\n");
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(fails ? 3 : 0);
      process.destroy();
    }
  }

  @Test
  void a_forwarded_port_passes_bytes_in_both_directions() throws Exception {
    PortForward.PortForwardResult forward =
        new PortForward(client(nodes)).forward("shop", "web", List.of(8080));
    byte[] sent = "hello\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    Relay.daemon(
        () -> {
          try {
            forward.getOutboundStream(8080).write(sent);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertThat(forward.getInputStream(8080).readNBytes(sent.length)).isEqualTo(sent);
    assertThat(portal.nodes().event()).startsWith("portforward ");
    forward.getInputStream(8080).close();
  }

  @Test
  void a_followed_log_comes_line_by_line() throws Exception {
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(
                new PodLogs(client(nodes)).streamNamespacedPodLog("shop", "web", "main"),
                StandardCharsets.UTF_8))) {
      for (String line : List.of("one", "two")) {
        portal.nodes().say(line);
        assertThat(log.readLine()).isEqualTo(line);
      }
    }
  }
}
