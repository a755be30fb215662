package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose answers do not end cost those who ask them, and nobody else. */
@SuppressWarnings("try")
class EndlessClusterTest {

  private static final long ENDLESS = 10L << 30;
  private static final String GOOD = "{\"metadata\":{\"name\":\"good\",\"namespace\":\"default\"}}";
  private static final String PODS =
      "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":["
          + "%s]}".formatted(GOOD);

  static final AtomicLong written = new AtomicLong();
  private static final List<RawCluster> clusters = new ArrayList<>();
  static Backend backend;
  static URI url;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    start(folder, "followspot: { http: { maxResponseBytes: 4194304 } }\n", "-Xmx96m");
  }

  static void start(Path folder, String settings, String heap) throws Exception {
    List<String> config = new ArrayList<>();
    config.add(
        entry(
            "good",
            (request, out) -> write(out, RawCluster.answer(200, "application/json", PODS))));
    config.add(entry("json", (request, out) -> json(out, "")));
    config.add(entry("chunks", (request, out) -> chunks(out)));
    config.add(entry("said", (request, out) -> json(out, "Content-Length: " + ENDLESS + "\r\n")));
    config.add(entry("head", (request, out) -> head(out)));
    config.add(entry("line", (request, out) -> line(out)));
    config.add(entry("informational", (request, out) -> informational(out)));
    config.add(entry("bomb", (request, out) -> bomb(out)));
    config.add(entry("error", (request, out) -> error(out)));
    config.add(entry("nested", (request, out) -> nested(out)));
    backend =
        Backend.start(
            folder, Configs.open(config.toArray(String[]::new)) + settings, Configs.ORDERS, heap);
    url = backend.url();
  }

  private static String entry(String name, RawCluster.Answering answering) throws IOException {
    RawCluster cluster = RawCluster.start(answering);
    clusters.add(cluster);
    return Configs.podsOf(name, cluster.url());
  }

  @AfterAll
  static void stop() throws Exception {
    backend.close();
    for (RawCluster cluster : clusters) {
      cluster.close();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private static void forever(OutputStream out, byte[] piece) throws IOException {
    for (long sent = 0; sent < ENDLESS; sent += piece.length) {
      out.write(piece);
      out.flush();
      written.addAndGet(piece.length);
    }
  }

  private static byte[] filled(String text) {
    return text.repeat(64 * 1024 / text.length()).getBytes(ISO_8859_1);
  }

  private static void json(OutputStream out, String length) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + length + "\r\n");
    write(out, "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{}");
    forever(out, filled(",{}"));
  }

  private static void chunks(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    write(out, "2\r\n[0\r\n");
    forever(out, ("8000\r\n" + ",0".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1));
  }

  private static void head(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\n");
    forever(out, filled("X-More: a\r\n"));
  }

  private static void line(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
    forever(out, filled("a"));
  }

  private static void informational(OutputStream out) throws IOException {
    forever(out, filled("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
  }

  private static void error(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"message\":\"");
    forever(out, filled("a"));
  }

  private static void nested(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n");
    write(out, "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":");
    out.write("[".repeat(4_000_000).getBytes(ISO_8859_1));
  }

  private static void bomb(OutputStream out) throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = filled(" ");
      for (int i = 0; i < 16 * 256; i++) {
        gzip.write(zeros);
      }
    }
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + "Content-Length: "
            + bomb.size()
            + "\r\n\r\n");
    bomb.writeTo(out);
  }

  private static RawCaller.Answer lookUp() throws IOException {
    return RawCaller.ask(
        url, RawCaller.request("POST", Configs.QUERY, Configs.JSON, Configs.ORDERS_BODY));
  }

  @Test
  void a_look_up_has_what_the_other_clusters_say() throws Exception {
    RawCaller.Answer answer = lookUp();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSizeLessThan(100_000).contains(GOOD);
    assertThat(answer.body().split("\"errorType\"", -1)).as(answer.body()).hasSize(10);
  }

  @Test
  void many_look_ups_at_once_do_not_exhaust_the_heap() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Future<RawCaller.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(callers.submit((Callable<RawCaller.Answer>) EndlessClusterTest::lookUp));
      }
      for (Future<RawCaller.Answer> answer : answers) {
        assertThat(answer.get().body()).contains(GOOD);
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(backend.output()).doesNotContain("OutOfMemoryError");
  }
}
