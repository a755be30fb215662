package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uploads and downloads through the proxy that are much larger than the heap of 64 MiB. They have
 * {@code -Dfollowspot.acceptance.mebibytes=2048} in runs that are to be sure, and fewer otherwise.
 */
@SuppressWarnings("try")
class GigabytesTest {

  private static final long SIZE = Long.getLong("followspot.acceptance.mebibytes", 128) << 20;
  private static final byte[] PIECE = new byte[64 * 1024];
  private static final String LENGTH = "Content-Length: " + SIZE + "\r\n";

  private final AtomicLong sent = new AtomicLong();

  private void answer(RawCluster.Received request, OutputStream out) throws IOException {
    if (request.target().equals("/upload")) {
      out.write(
          RawCluster.answer(200, "text/plain", "took " + request.length()).getBytes(ISO_8859_1));
      return;
    }
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + LENGTH + "\r\n").getBytes(ISO_8859_1));
    for (long left = SIZE; left > 0; left -= PIECE.length) {
      out.write(PIECE);
      sent.addAndGet(PIECE.length);
    }
  }

  private static String upload() {
    return RawCaller.request("PUT", SmugglingForms.PROXY + "/upload", LENGTH, "");
  }

  private static String download() {
    return RawCaller.request("GET", SmugglingForms.PROXY + "/download", "", "");
  }

  private void pass(String how, String request, URI url, SocketFactory sockets, Backend backend)
      throws Exception {
    long begin = System.nanoTime();
    try (RawCaller caller = new RawCaller(sockets, url)) {
      caller.send(request);
      if (request.startsWith("PUT")) {
        for (long left = SIZE; left > 0; left -= PIECE.length) {
          caller.send(PIECE);
        }
        assertThat(caller.answer().body()).isEqualTo("took " + SIZE);
      } else {
        assertThat(caller.head()).startsWith("HTTP/1.1 200 ");
        assertThat(count(caller.in())).isEqualTo(SIZE);
      }
    }
    report(how, begin, backend);
  }

  private static long count(InputStream in) throws IOException {
    long count = 0;
    byte[] buffer = new byte[PIECE.length];
    while (count < SIZE) {
      int read = in.read(buffer);
      if (read < 0) {
        break;
      }
      count += read;
    }
    return count;
  }

  private static void report(String how, long begin, Backend backend) throws IOException {
    Path status = Path.of("/proc", Long.toString(backend.process().pid()), "status");
    String peak = "not known here";
    if (Files.isReadable(status)) {
      peak =
          Files.readString(status)
              .lines()
              .filter(line -> line.startsWith("VmHWM"))
              .findFirst()
              .orElse(peak)
              .replaceAll("\\s+", " ");
    }
    System.out.printf(
        "%s of %d MiB with -Xmx64m: %d ms, %s%n",
        how, SIZE >> 20, Duration.ofNanos(System.nanoTime() - begin).toMillis(), peak);
  }

  @Test
  void an_upload_over_plain_http(@TempDir Path folder) throws Exception {
    plain("upload", upload(), folder);
  }

  @Test
  void a_download_over_plain_http(@TempDir Path folder) throws Exception {
    plain("download", download(), folder);
  }

  private void plain(String how, String request, Path folder) throws Exception {
    try (RawCluster cluster = RawCluster.start(this::answer);
        Backend backend = start(folder, Configs.podsOf("raw", cluster.url()), "")) {
      pass(how, request, backend.url(), SocketFactory.getDefault(), backend);
    }
  }

  private static Backend start(Path folder, String cluster, String more) throws IOException {
    return Backend.start(
        folder,
        Configs.open(cluster).replace("backend:\n", "backend:\n" + more),
        Configs.ORDERS,
        "-Xmx64m");
  }

  @Test
  void an_upload_over_tls(@TempDir Path folder) throws Exception {
    tls("upload over TLS", upload(), folder);
  }

  @Test
  void a_download_over_tls(@TempDir Path folder) throws Exception {
    tls("download over TLS", download(), folder);
  }

  private void tls(String how, String request, Path folder) throws Exception {
    TestTls tls = TestTls.make(folder);
    String https =
        "  https: { certificate: { cert: { $file: tls.crt }, key: { $file: tls.key } } }\n";
    try (RawCluster cluster = RawCluster.startTls(tls.context(), this::answer);
        Backend backend =
            start(
                folder,
                Configs.cluster(
                    "raw", cluster.url(), "caFile: " + tls.certificate() + "\nobjectTypes: [pods]"),
                https)) {
      pass(how, request, backend.url(), tls.context().getSocketFactory(), backend);
    }
  }

  @Test
  void a_caller_that_does_not_read_holds_the_cluster_back(@TempDir Path folder) throws Exception {
    try (RawCluster cluster = RawCluster.start(this::answer);
        Backend backend = start(folder, Configs.podsOf("raw", cluster.url()), "");
        Socket stopped = new Socket(backend.url().getHost(), backend.url().getPort())) {
      stopped.getOutputStream().write(download().getBytes(ISO_8859_1));
      byte[] first = stopped.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertThat(new String(first, ISO_8859_1)).isEqualTo("HTTP/1.1 200");
      long before;
      do {
        before = sent.get();
        Thread.sleep(500);
      } while (before == 0 || sent.get() > before);

      // What is under way is in buffers of sockets, for the most part.
      assertThat(before).isLessThan(SIZE / 2);
      String upload = RawCaller.request("PUT", SmugglingForms.PROXY + "/upload", "", "abc");
      assertThat(RawCaller.ask(backend.url(), upload).body()).isEqualTo("took 3");
    }
  }
}
