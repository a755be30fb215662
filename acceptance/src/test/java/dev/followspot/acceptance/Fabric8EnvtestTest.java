package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** fabric8's client through the proxy: its watches are WebSockets, too. */
@ParameterizedClass
@MethodSource("transports")
@SuppressWarnings("try")
class Fabric8EnvtestTest {

  private static final String NAMESPACE = "fabric8";

  private final Portal portal = Portal.shared();
  private final HttpClient.Factory transport;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Relay real;
  private Relay nodes;
  private KubernetesClient client;

  Fabric8EnvtestTest(HttpClient.Factory transport) {
    this.transport = transport;
  }

  /** The one that it brings, and the one that needs no other library. */
  static Stream<HttpClient.Factory> transports() {
    return Stream.of(new Vertx5HttpClientFactory(), new JdkHttpClientFactory());
  }

  @BeforeEach
  void way_to_the_clusters() throws IOException {
    portal.server().createNamespaces(NAMESPACE);
    real = portal.relay(Portal.REAL);
    nodes = portal.relay(Portal.NODES);
    client = client(real);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    real.close();
    nodes.close();
    portal.nodes().awaitIdle();
  }

  private KubernetesClient client(Relay relay) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(relay.proxyUrl())
            .withNamespace(NAMESPACE)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(transport)
        .build();
  }

  private MixedOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> maps() {
    return client.configMaps();
  }

  private ConfigMap create(String name) {
    return maps()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withData(Map.of("value", "one"))
                .build())
        .create();
  }

  private ConfigMap change(String name, String value) {
    return maps()
        .withName(name)
        .edit(map -> new ConfigMapBuilder(map).addToData("value", value).build());
  }

  private String next() throws InterruptedException {
    return heard.poll(2, TimeUnit.MINUTES);
  }

  @Test
  void objects_are_created_listed_changed_and_deleted() {
    assertThat(create("listed").getMetadata().getUid()).isNotBlank();
    assertThat(maps().withLabel("app", "listed").list().getItems())
        .extracting(map -> map.getData().get("value"))
        .containsExactly("one");
    assertThat(change("listed", "two").getData()).containsEntry("value", "two");
    assertThat(maps().withName("listed").delete()).hasSize(1);
    assertThat(maps().withName("listed").get()).isNull();
  }

  @Test
  void a_watch_tells_each_change() throws Exception {
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            heard.add(action + " " + map.getData().get("value"));
          }

          @Override
          public void onClose(WatcherException cause) {
            heard.add("broken: " + cause);
          }

          @Override
          public void onClose() {
            heard.add("closed");
          }
        };
    try (Watch watch = maps().withLabel("app", "watched").watch(watcher)) {
      assertThat(watch).isNotNull();
      create("watched");
      assertThat(next()).isEqualTo("ADDED one");
      change("watched", "two");
      assertThat(next()).isEqualTo("MODIFIED two");
      maps().withName("watched").delete();
      assertThat(next()).isEqualTo("DELETED two");
    }
    assertThat(next()).isEqualTo("closed");
  }

  @Test
  void an_informer_knows_what_was_there_and_hears_what_changes() throws Exception {
    create("before");
    ResourceEventHandler<ConfigMap> handler =
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(ConfigMap map) {
            heard.add("added " + map.getMetadata().getName());
          }

          @Override
          public void onUpdate(ConfigMap old, ConfigMap map) {
            heard.add("now " + map.getData().get("value"));
          }

          @Override
          public void onDelete(ConfigMap map, boolean unknown) {
            heard.add("deleted " + map.getMetadata().getName());
          }
        };
    try (SharedIndexInformer<ConfigMap> informer =
        maps().withLabelIn("app", "before", "after").inform(handler)) {
      assertThat(next()).isEqualTo("added before");
      create("after");
      assertThat(next()).isEqualTo("added after");
      change("before", "two");
      assertThat(next()).isEqualTo("now two");
      maps().withName("before").delete();
      assertThat(next()).isEqualTo("deleted before");
      assertThat(informer.getIndexer().listKeys()).containsExactly(NAMESPACE + "/after");
      assertThat(informer.isWatching()).isTrue();
    } finally {
      maps().withName("after").delete();
    }
  }

  @Test
  void a_command_in_a_container_is_heard_with_its_exit_code() throws Exception {
    try (KubernetesClient kubelets = client(nodes)) {
      for (String[] command : new String[][] {{"echo", "hello"}, {"fail", "loudly"}}) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec =
            kubelets
                .pods()
                .inNamespace("shop")
                .withName("web")
                .writingOutput(out)
                .writingError(err)
                .exec(command)) {
          boolean fails = command[0].equals("fail");
          assertThat(exec.exitCode().get(2, TimeUnit.MINUTES)).isEqualTo(fails ? 3 : 0);
          assertThat((fails ? err : out).toString(StandardCharsets.UTF_8))
              .isEqualTo(String.join(" ", command) + "\n");
        }
      }
    }
  }

  /**
   * Each part is awaited before the next is sent: on the JDK's client fabric8 loses what it sends
   * while the message before is still on its way.
   */
  @Test
  void a_forwarded_port_passes_bytes_in_both_directions() throws Exception {
    try (KubernetesClient kubelets = client(nodes);
        LocalPortForward forward =
            kubelets.pods().inNamespace("shop").withName("web").portForward(8080);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
      socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(2));
      for (int part = 0; part < 20; part++) {
        byte[] sent = ("part " + part + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(sent);
        assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      }
    }
    assertThat(portal.nodes().event()).startsWith("portforward ");
    assertThat(portal.nodes().event()).isEqualTo("portforward ended");
  }

  @Test
  void a_followed_log_comes_line_by_line_until_the_reader_goes() throws Exception {
    try (KubernetesClient kubelets = client(nodes);
        LogWatch watch = kubelets.pods().inNamespace("shop").withName("web").watchLog();
        BufferedReader log =
            new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      for (String line : List.of("one", "two")) {
        portal.nodes().say(line);
        assertThat(log.readLine()).isEqualTo(line);
      }
    }
    assertThat(portal.nodes().event()).isEqualTo("log ended");
  }
}
