package dev.followspot.core.http;

import static dev.followspot.core.http.Streaming.ask;
import static dev.followspot.core.http.Streaming.read;
import static dev.followspot.core.http.Streaming.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.Streaming.Reader;
import dev.followspot.core.http.Streaming.Writer;
import dev.followspot.envtest.RealApiServer;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of a real API server, which speaks HTTP/2. */
class StreamEnvtestTest {

  private final RealApiServer server = RealApiServer.shared();
  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);
  private final String namespace = "streams-" + ProcessHandle.current().pid();
  private final String configMaps = "/api/v1/namespaces/" + namespace + "/configmaps";
  private final Cluster cluster =
      Asking.cluster(server.url().toString()).caData(server.caCertificate()).build();

  @AfterEach
  void close() {
    engine.close();
  }

  private Streaming.Ask admin(String method, String target) {
    return ask(method, cluster)
        .to(target)
        .as(Credential.bearer(Secret.of(server.adminToken())))
        .with("Accept", "application/json")
        .with("Accept-Encoding", "gzip")
        .with("Content-Type", "application/json");
  }

  private static String configMap(String name, String data) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"key":"%s"}}\
    """
        .formatted(name, data);
  }

  /** Reads lines until one holds a text. */
  private static String await(Reader reader, String text) throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      seen.append(reader.next());
    }
    return seen.toString();
  }

  @Test
  void changes_that_go_one_way_come_back_in_a_watch() throws Exception {
    server.createNamespaces(namespace);
    StreamResponse watch =
        admin("GET", configMaps + "?watch=true&fieldSelector=metadata.name%3Dmine").answer(engine);
    assertThat(watch.status()).isEqualTo(200);
    assertThat(watch.headers().contains("Content-Encoding")).isFalse();
    Reader reader = read(watch);

    StreamResponse created =
        admin("POST", configMaps).body(HttpBody.of(configMap("mine", "first"))).answer(engine);
    assertThat(created.status()).isEqualTo(201);
    assertThat(text(created)).contains("first");
    assertThat(await(reader, "first")).contains("\"type\":\"ADDED\"");

    // A body that comes bit by bit, and whose length nobody knows.
    Writer writer = new Writer();
    var changing = admin("PUT", configMaps + "/mine").body(HttpBody.of(writer)).send(engine);
    String changed = configMap("mine", "x".repeat(500_000) + "second");
    for (int i = 0; i < changed.length(); i += 100_000) {
      writer.write(changed.substring(i, Math.min(changed.length(), i + 100_000)));
    }
    writer.complete();
    StreamResponse answer = Streaming.answer(changing);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Encoding")).hasValue("gzip");
    answer.body().discard();
    assertThat(await(reader, "second").contains("\"type\":\"MODIFIED\"")).isTrue();

    assertThat(text(admin("DELETE", configMaps + "/mine").answer(engine))).isNotEmpty();
    assertThat(await(reader, "second").contains("\"type\":\"DELETED\"")).isTrue();
    assertThat(engine.connections()).isEqualTo(1);
    reader.cancel();
    assertThat(engine.streams()).isZero();
  }

  @Test
  void hundreds_of_watches_share_few_connections_and_come_and_go() throws Exception {
    server.createNamespaces(namespace);
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      readers.add(read(admin("GET", configMaps + "?watch=true").answer(engine)));
      if (i % 3 == 0) {
        readers.remove(readers.size() - 1).cancel();
      }
    }
    assertThat(engine.streams()).isEqualTo(200);
    text(admin("POST", configMaps).body(HttpBody.of(configMap("for-all", "1"))).answer(engine));
    for (Reader reader : readers) {
      await(reader, "for-all");
    }
    assertThat(engine.connections()).isLessThan(20);
    server.delete(configMaps + "/for-all");
  }

  @Test
  void a_refused_upgrade_is_the_plain_answer_of_the_server() throws Exception {
    StreamResponse response =
        admin("GET", "/api/v1/namespaces/default/pods/nobody/exec?command=sh&stdout=true")
            .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .with("Sec-WebSocket-Version", "13")
            .with("Sec-WebSocket-Protocol", "v5.channel.k8s.io")
            .upgrade("websocket")
            .answer(engine);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.tunnel()).isNull();
    assertThat(text(response)).contains("\"pods \\\"nobody\\\" not found\"");
  }

  @Test
  void a_token_may_be_long() throws Exception {
    for (int length : new int[] {10_000, 24_000, 60_000, 200_000}) {
      ApiResponse answer =
          Asking.answer(
              Asking.ask(
                  engine,
                  cluster,
                  Asking.of(Credential.bearer(Secret.of("a~".repeat(length / 2)))),
                  Asking.within(Duration.ofSeconds(30))));
      assertThat(answer.status()).as(length + " characters").isEqualTo(401);
    }
  }
}
