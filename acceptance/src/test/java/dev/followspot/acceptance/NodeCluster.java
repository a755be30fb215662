package dev.followspot.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster with one pod, {@code shop/web}, and what a kubelet does for it: logs, exec and
 * port-forward. Knows nobody but the bearer of its token.
 */
final class NodeCluster {

  static final String TOKEN = "nodes-token-0123456789";

  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"1"},
      "spec":{"nodeName":"node","containers":[{"name":"main","image":"web","ports":[{"containerPort":8080}]}]},
      "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
      "containerStatuses":[{"name":"main","ready":true,"state":{"running":{}},"image":"web","imageID":"","restartCount":0}]}}
      """;

  private static final String TYPES =
      """
      {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[
      {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"]}]}
      """;

  private final ServerSocket listener;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger streams = new AtomicInteger();

  private NodeCluster(ServerSocket listener) {
    this.listener = listener;
  }

  static NodeCluster start() throws IOException {
    NodeCluster cluster =
        new NodeCluster(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Relay.daemon(cluster::accept);
    return cluster;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Adds a line to the log that is followed. */
  void say(String line) {
    log.add(line);
  }

  /** Waits for what happens next on a stream: how it was asked for, or that it ended. */
  String event() throws InterruptedException {
    return events.poll(2, TimeUnit.MINUTES);
  }

  /**
   * Waits until no stream is open any more, as it has to be when all callers have gone, and forgets
   * what happened.
   */
  void awaitIdle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (streams.get() > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError(streams + " streams are still open: " + events);
      }
      Thread.sleep(10);
    }
    events.clear();
    log.clear();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        Relay.daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = Relay.head(in); head != null; head = Relay.head(in)) {
        String[] line = head.substring(0, head.indexOf('\r')).split(" ", -1);
        URI target = URI.create(line[1]);
        if (!("Bearer " + TOKEN).equals(header(head, "authorization"))) {
          answer(
              out, "401 Unauthorized", "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":401}");
          continue;
        }
        switch (target.getPath()) {
          case "/api" -> answer(out, "200 OK", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
          case "/apis" -> answer(out, "200 OK", "{\"kind\":\"APIGroupList\",\"groups\":[]}");
          case "/api/v1" -> answer(out, "200 OK", TYPES);
          case "/api/v1/namespaces/shop/pods/web" -> answer(out, "200 OK", POD);
          case "/api/v1/namespaces/shop/pods/web/log",
              "/api/v1/namespaces/shop/pods/web/exec",
              "/api/v1/namespaces/shop/pods/web/portforward" -> {
            stream(in, out, head, target);
            return;
          }
          default ->
              answer(
                  out, "404 Not Found", "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}");
        }
      }
    } catch (IOException e) {
      events.add(e.toString());
    }
  }

  private void stream(InputStream in, OutputStream out, String head, URI target)
      throws IOException {
    streams.incrementAndGet();
    try {
      if (target.getPath().endsWith("/log")) {
        log(in, out);
      } else {
        new Kubelet(in, out, head, target, events).serve();
      }
    } finally {
      streams.decrementAndGet();
    }
  }

  /** The value of a header in the lines of a head; empty if it is not there. */
  static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static void answer(OutputStream out, String status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        HTTP/1.1 %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(status, body.length);
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** Sends what is said until the reader has gone. */
  private void log(InputStream in, OutputStream out) throws IOException {
    String head =
        """
        HTTP/1.1 200 OK\r
        Content-Type: text/plain\r
        Transfer-Encoding: chunked\r
        \r
        """;
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    Thread lines =
        new Thread(
            () -> {
              try {
                while (true) {
                  String line = log.take() + "\n";
                  String chunk = Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
                  out.write(chunk.getBytes(StandardCharsets.ISO_8859_1));
                  out.flush();
                }
              } catch (IOException | InterruptedException e) {
                // The reader has gone.
              }
            });
    lines.setDaemon(true);
    lines.start();
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A connection that is reset has ended, too.
    } finally {
      lines.interrupt();
      join(lines);
      events.add("log ended");
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
