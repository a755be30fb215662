package dev.followspot.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.rest.Api.Answer;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cell;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.Entity;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsProviderContext;
import dev.followspot.spi.ObjectsProviderFactory;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.ResourceType;
import dev.followspot.testkit.MockKubernetes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large answers are made as they are read, and callers that hang up end what they asked for. */
class StreamingTest {

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev").allow("token", "dev");

  private static final Entity ORDER =
      Entity.component("order")
          .annotation(Entity.LABEL_SELECTOR, "app=order")
          .annotation(Entity.NAMESPACE, "dev")
          .build();
  private static final Configuration OPEN =
      Configuration.of(
          Map.of(
              "backend", Map.of("auth", Map.of("dangerouslyDisableDefaultAuthPolicy", true)),
              "kubernetes", Map.of("objectTypes", List.of("pods"))),
          Map.of());

  private static final String QUERY = "/resources/workloads/query";

  /** An object that counts how often it is written. */
  private record Counted(KubernetesObject object, AtomicInteger written)
      implements KubernetesObject {
    @Override
    public Optional<Object> field(String... path) {
      return object.field(path);
    }

    @Override
    public Map<String, Object> asMap() {
      written.incrementAndGet();
      return object.asMap();
    }

    @Override
    public KubernetesObject withField(Object value, String... path) {
      return object.withField(value, path);
    }

    @Override
    public KubernetesObject withoutField(String... path) {
      return object.withoutField(path);
    }
  }

  private record Many(int count, AtomicInteger written) implements ObjectsProviderFactory {
    @Override
    public String name() {
      return "many";
    }

    @Override
    public ObjectsProvider create(ObjectsProviderContext context) {
      Cluster cluster =
          Cluster.named("a").url("https://127.0.0.1:1").authProvider("anonymous").build();
      KubernetesObject pod =
          new Counted(
              KubernetesObject.of(
                  Map.of("metadata", Map.of("name", "a"), "filler", "x".repeat(10_000))),
              written);
      List<KubernetesObject> pods = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pods.add(pod);
      }
      Cell cell = Cell.ok("a", "dev", ResourceType.CONFIG_MAPS, pods);
      return request ->
          CompletableFuture.completedFuture(
              new ObjectsResult(
                  request.entity().ref(),
                  List.of(new ClusterObjects(cluster, List.of(cell))),
                  List.of()));
    }
  }

  @Test
  void an_answer_of_a_gigabyte_is_made_as_it_is_read() throws Exception {
    int count = 100_000;
    AtomicInteger written = new AtomicInteger();
    try (Followspot followspot =
        Followspot.builder()
            .configuration(OPEN)
            .catalog(EntityCatalog.of(List.of(ORDER)))
            .cluster(kubernetes.cluster("alpha", "token"))
            .extension(new Many(count, written))
            .build()) {
      RestResponse response =
          new Api(followspot.backstageApi())
              .start(
                  Api.request(
                      "POST",
                      QUERY,
                      Api.JSON,
                      HttpBody.of("{\"entityRef\":\"component:order\"}"),
                      dev.followspot.spi.Cancellation.NEVER))
              .get(60, TimeUnit.SECONDS);
      Reader reader = new Reader();
      response.body().publisher().subscribe(reader);
      assertThat(written).hasValue(0);
      for (int i = 1; i <= 10; i++) {
        reader.subscription.request(1);
        assertThat(reader.parts).isEqualTo(i);
        assertThat(written.get()).isLessThan(10 * (i + 1));
      }
      reader.subscription.request(Long.MAX_VALUE);
      assertThat(reader.ended).isCompleted();
      assertThat(reader.bytes).isGreaterThan(1_000_000_000L);
      assertThat(reader.largest).isLessThanOrEqualTo(64 * 1024);
      assertThat(written).hasValue(count);
    }
  }

  private static final class Reader implements Subscriber<ByteBuffer> {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Subscription subscription;
    private int parts;
    private long bytes;
    private int largest;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer part) {
      parts++;
      bytes += part.remaining();
      largest = Math.max(largest, part.remaining());
    }

    @Override
    public void onError(Throwable failure) {
      ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      ended.complete(null);
    }
  }

  @Test
  void a_caller_that_hangs_up_ends_the_requests_to_the_clusters() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server, asked, hungUp));
      thread.setDaemon(true);
      thread.start();
      CancellationSource caller = new CancellationSource();
      try (Followspot followspot =
          Followspot.builder()
              .configuration(OPEN)
              .catalog(EntityCatalog.of(List.of(ORDER)))
              .cluster(
                  Cluster.named("slow")
                      .url("http://127.0.0.1:" + server.getLocalPort())
                      .authProvider("anonymous"))
              .build()) {
        CompletableFuture<RestResponse> answer =
            new Api(followspot.backstageApi())
                .start(
                    Api.request(
                        "POST",
                        QUERY,
                        Api.JSON,
                        HttpBody.of("{\"entityRef\":\"component:order\"}"),
                        caller.token()));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        caller.cancel();
        assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Api.read(answer).status()).isEqualTo(200);
      }
    }
  }

  /** Takes a request and never answers. */
  private static void serve(ServerSocket server, CountDownLatch asked, CountDownLatch hungUp) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      if (in.read() >= 0) {
        asked.countDown();
      }
      while (in.read() >= 0) {
        // The rest of the request.
      }
      hungUp.countDown();
    } catch (IOException e) {
      // A reset is a way to hang up.
      hungUp.countDown();
    }
  }

  @Test
  void the_proxy_is_behind_its_route() {
    kubernetes.add("dev", "{ apiVersion: v1, kind: Pod, metadata: { name: a } }");
    try (Followspot followspot =
        Followspot.builder()
            .configuration(OPEN)
            .cluster(kubernetes.cluster("alpha", "token"))
            .build()) {
      Api api = new Api(followspot.backstageApi());
      for (String path :
          List.of("/proxy/api/v1/namespaces/dev/pods/a", "/PROXY/api/v1/namespaces/dev/pods/a")) {
        Answer answer = api.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("\"kind\":\"Pod\"");
      }
      Answer unknown =
          api.send(
              "GET",
              "/proxy/api?x=y",
              HttpHeaders.of("Backstage-Kubernetes-Cluster", "nope"),
              HttpBody.none());
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.name()).isEqualTo("NotFoundError");
    }
  }
}
