package dev.followspot.core.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Backstage backend that answers what a test wants, and remembers what it was asked. */
final class BackstageServer implements AutoCloseable {

  record Answer(int status, String type, String body) {
    static Answer json(String body) {
      return new Answer(200, "application/json", body);
    }
  }

  /** What a test does with a request. */
  interface Handler {
    Answer answer(String target) throws Exception;
  }

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> tokens = new CopyOnWriteArrayList<>();
  final Map<String, Answer> answers = new ConcurrentHashMap<>();
  volatile Handler otherwise = target -> notFound();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  BackstageServer() throws IOException {
    server = started(0);
  }

  static Answer notFound() {
    return new Answer(
        404, "application/json", "{\"error\":{\"name\":\"NotFoundError\",\"message\":\"x\"}}");
  }

  private HttpServer started(int port) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    made.createContext("/", this::handle);
    made.setExecutor(threads);
    made.start();
    return made;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    asked.add(target);
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Answer answer = answers.get(target);
    try {
      if (answer == null) {
        answer = otherwise.answer(target);
      }
    } catch (Exception e) {
      exchange.close();
      return;
    }
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type);
    if (answer.status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", "/login");
    }
    exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** What is answered at a path below that of the entities. */
  void on(String path, String json) {
    answers.put("/api/catalog/entities" + path, Answer.json(json));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Closes the port. */
  void down() {
    server.stop(0);
  }

  /** Opens the port again. */
  void up() throws IOException {
    server = started(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
