package dev.followspot.auth.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An STS that hands out the credentials of roles, or whatever a test wants. */
final class FakeSts implements AutoCloseable {

  record Answer(int status, String body) {}

  static final String ROLE_ID = "ASIAROLE";
  static final String ROLE_SECRET = "secret-of-the-role";
  static final String ROLE_SESSION = "session/of+the=role";

  final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  FakeSts(Function<Map<String, String>, Answer> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Map<String, String>, Answer> answers)
      throws IOException {
    try (exchange) {
      Map<String, String> form =
          List.of(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                      .split("&", -1))
              .stream()
              .map(pair -> pair.split("=", 2))
              .collect(
                  Collectors.toMap(
                      pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
      requests.add(form);
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Answer answer = answers.apply(form);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static Answer credentials(Instant expires) {
    return new Answer(
        200,
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><AssumedRoleId>AROA:followspot</AssumedRoleId>
        <Arn>arn:aws:sts::123456789012:assumed-role/portal/followspot</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
        <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>"""
            .formatted(ROLE_ID, ROLE_SECRET, ROLE_SESSION, expires));
  }

  static Answer refusal(int status, String code, String message) {
    return new Answer(
        status,
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>"""
            .formatted(code, message));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
