package dev.followspot.auth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.followspot.core.Followspot;
import dev.followspot.core.LookupResult;
import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.Entity;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Test;

/** The jar in an engine. */
class EngineTest {

  private static String yaml(String url, String metadata) {
    return """
        kubernetes:
          serviceLocatorMethod: { type: multiTenant }
          objectTypes: [pods]
          clusterLocatorMethods:
            - type: config
              clusters:
                - { name: alpha, url: '%s', authProvider: aws, skipMetricsLookup: true, authMetadata: { %s } }
        """
        .formatted(url, metadata);
  }

  @Test
  void a_look_up_sends_a_token_that_later_look_ups_use_again() throws Exception {
    Set<String> tokens = new CopyOnWriteArraySet<>();
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          try (exchange) {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body =
                """
                {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a"}}]}"""
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    api.start();
    String url = "http://127.0.0.1:" + api.getAddress().getPort();
    String yaml = yaml(url, "kubernetes.io/x-k8s-aws-id: my-cluster");
    try (Followspot followspot =
        Followspot.from(AppConfig.parse("app-config.yaml", yaml).resolve(Fixtures.KEYS))) {
      for (int i = 0; i < 2; i++) {
        LookupResult result = followspot.lookup(Entity.component("demo").build());
        assertThat(result.complete()).as(result.toString()).isTrue();
      }
      assertThat(followspot.issues()).isEmpty();
    } finally {
      api.stop(0);
    }
    assertThat(tokens).singleElement().asString().startsWith("Bearer k8s-aws-v1.");
  }

  @Test
  void nothing_is_asked_at_the_start_and_a_role_that_is_none_harms_nothing_but_its_cells() {
    String yaml = yaml("https://127.0.0.1:1", "kubernetes.io/aws-assume-role: 'arn:role'");
    try (Followspot followspot =
        Followspot.from(AppConfig.parse("app-config.yaml", yaml).resolve(Map.of()))) {
      LookupResult result = followspot.lookup(Entity.component("demo").build());
      assertThat(result.complete()).isFalse();
      assertThat(result.toString()).doesNotContain("arn:role");
    }
  }

  /** Its class path is this one's, in a class loader that tells what it loaded. */
  private static final class Watched extends URLClassLoader {
    private final Set<String> loaded = new HashSet<>();

    Watched(List<URL> urls) {
      super(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      synchronized (loaded) {
        loaded.add(name);
      }
      return found;
    }

    synchronized List<String> ofTheSdk() {
      synchronized (loaded) {
        return loaded.stream().filter(name -> name.startsWith("software.amazon")).toList();
      }
    }
  }

  @Test
  void nothing_of_the_sdk_is_loaded_before_a_token_is_asked_for() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    try (Watched watched = new Watched(urls)) {
      Class<?> probe = watched.loadClass(Probe.class.getName());
      Runnable token = (Runnable) probe.getMethod("prepare").invoke(null);
      assertThat(watched.ofTheSdk()).isEmpty();
      token.run();
      assertThat(watched.ofTheSdk()).isNotEmpty();
    }
  }

  @Test
  void a_class_path_without_the_sdk_is_a_failure_that_names_the_artifact() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("awssdk")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    try (Watched watched = new Watched(urls)) {
      Object message = watched.loadClass(Probe.class.getName()).getMethod("failure").invoke(null);
      assertThat(message)
          .asString()
          .contains("the AWS SDK is not complete")
          .contains("dev.followspot:followspot-auth-aws");
    }
  }

  /** Runs in another class loader. */
  public static final class Probe {

    private Probe() {}

    /** Does all that comes before the first token. */
    public static Runnable prepare() {
      var strategy = Fixtures.strategy(Fixtures.KEYS);
      var cluster = Fixtures.cluster("alpha", Map.of());
      if (!strategy.problems(cluster).isEmpty()) {
        throw new AssertionError("problems");
      }
      return () -> Fixtures.credential(strategy, cluster);
    }

    /** Why there is no token. */
    public static String failure() {
      Throwable failure =
          Fixtures.failure(Fixtures.strategy(Fixtures.KEYS), Fixtures.cluster("alpha", Map.of()));
      return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
  }
}
