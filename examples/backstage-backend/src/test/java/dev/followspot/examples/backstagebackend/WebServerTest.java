package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.config.AppConfig;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

  private static final String CORS =
      """
      backend:
        cors:
          origin: [https://portal.example.com, 'http://localhost:*']
          methods: [GET, POST]
          credentials: true
          exposedHeaders: [X-One, X-Two]
          maxAge: 600
      """;

  private WebServer server;
  private volatile String notReady = "";

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private int start(String config) throws Exception {
    ServerSettings settings =
        ServerSettings.from(AppConfig.parse("app-config.yaml", config).resolve(Map.of()).root());
    server = new WebServer(settings.withPort(0), new Echo(), null, () -> notReady);
    server.start();
    return URI.create(server.url()).getPort();
  }

  /** Answers with the path as it came. */
  private static final class Echo extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String text = request.getMethod() + " " + request.getRequestURI();
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  private static RawCall.Head ask(int port, String method, String path, String... headers)
      throws IOException {
    try (RawCall call = RawCall.to(port)) {
      return call.ask(method, path, headers).head();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proxy/api/v1/namespaces/a%2Fb",
        "/proxy//api///v1",
        "/proxy/api;a=b/v1;c",
        "/proxy/%2e%2e/x",
        "/proxy/%25%20%C3%A4",
        "/proxy/%ff%fe",
        "/proxy/a%5Cb"
      })
  void paths_reach_the_servlet_as_they_came(String path) throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head = call.ask("GET", WebServer.BASE_PATH + path).head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(call.body(head)).isEqualTo("GET " + WebServer.BASE_PATH + path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/kubernetesque",
        "/index.html",
        "/api/kubernetes/../x",
        "/favicon.ico"
      })
  void other_paths_are_not_there(String path) throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head = call.ask("GET", path).head();
      assertThat(head.status()).isEqualTo(404);
      assertThat(call.body(head)).isEmpty();
      assertThat(head.header("Content-Type")).isEmpty();
    }
  }

  @Test
  void answers_tell_browsers_not_to_guess_and_nobody_which_server_this_is() throws Exception {
    int port = start("backend: {}");
    for (String path : List.of("/", "/healthcheck", WebServer.BASE_PATH + "/clusters")) {
      RawCall.Head head = ask(port, "GET", path);
      assertThat(head.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(head.header("Server")).isEmpty();
      assertThat(head.header("X-Powered-By")).isEmpty();
    }
  }

  @Test
  void a_line_that_ends_without_a_carriage_return_is_no_http() throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      call.send("GET " + WebServer.BASE_PATH + " HTTP/1.1\r\nHost: a.test\nX-More: b\r\n\r\n");
      assertThat(call.head().status()).isEqualTo(400);
    }
  }

  @Test
  void too_large_headers_are_431() throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head =
          call.ask("GET", "/api/kubernetes/clusters", "X-Big: " + "a".repeat(40_000)).head();
      assertThat(head.status()).isEqualTo(431);
      assertThat(head.header("Content-Type")).isEqualTo("application/json");
      assertThat(call.body(head)).contains("headers of the request are too large");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nX : x\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde",
      })
  void what_is_no_proper_http_is_refused_and_the_connection_closed(String request)
      throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      call.send(request);
      RawCall.Head head = call.head();
      assertThat(head.status()).isBetween(400, 505);
      assertThat(new String(call.rest(), StandardCharsets.UTF_8))
          .doesNotContain("HTTP/1.1")
          .doesNotContain("Exception");
    }
  }

  @Test
  void a_path_of_bytes_that_are_no_ascii_is_not_found() throws Exception {
    int port = start("backend: {}");
    try (RawCall call = RawCall.to(port)) {
      assertThat(call.ask("GET", "/\u00e4").head().status()).isEqualTo(404);
    }
  }

  @Test
  void health_tells_alive_and_ready() throws Exception {
    int port = start("backend: {}");
    List<String> paths =
        List.of("/healthcheck", "/.backstage/health/v1/readiness", HealthHandler.LIVENESS);
    for (String path : paths) {
      try (RawCall call = RawCall.to(port)) {
        RawCall.Head head = call.ask("GET", path).head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(call.body(head)).isEqualTo("{\"status\":\"ok\"}");
      }
    }
    notReady = "not \"yet\"";
    List<Integer> status = new ArrayList<>();
    for (String path : paths) {
      status.add(ask(port, "GET", path).status());
    }
    assertThat(status).containsExactly(503, 503, 200);
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head = call.ask("GET", "/healthcheck").head();
      assertThat(call.body(head)).contains("not \\\"yet\\\"").contains("\"status\":\"error\"");
    }
    assertThat(ask(port, "POST", "/healthcheck").status()).isEqualTo(404);
  }

  @Test
  void without_cors_no_origin_is_allowed() throws Exception {
    int port = start("backend: {}");
    RawCall.Head head =
        ask(port, "GET", "/api/kubernetes/clusters", "Origin: https://portal.example.com");
    assertThat(head.lines()).noneMatch(line -> line.startsWith("Access-Control"));
  }

  @Test
  void a_preflight_of_an_allowed_origin_is_answered_with_what_is_allowed() throws Exception {
    int port = start(CORS);
    RawCall.Head head =
        ask(
            port,
            "OPTIONS",
            "/api/kubernetes/clusters",
            "Origin: http://localhost:3000",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: backstage-kubernetes-cluster,content-type");
    assertThat(head.status()).isEqualTo(204);
    assertThat(head.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    assertThat(head.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST");
    assertThat(head.header("Access-Control-Allow-Headers"))
        .isEqualTo("backstage-kubernetes-cluster,content-type");
    assertThat(head.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(head.header("Access-Control-Max-Age")).isEqualTo("600");
    assertThat(head.header("Vary")).contains("Origin").contains("Access-Control-Request-Headers");
  }

  @Test
  void a_call_of_an_allowed_origin_may_read_the_answer() throws Exception {
    int port = start(CORS);
    RawCall.Head head =
        ask(port, "GET", "/api/kubernetes/clusters", "Origin: https://portal.example.com");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Access-Control-Allow-Origin")).isEqualTo("https://portal.example.com");
    assertThat(head.header("Access-Control-Expose-Headers")).isEqualTo("X-One,X-Two");
    assertThat(head.header("Vary")).isEqualTo("Origin, Accept-Encoding");
  }

  @Test
  void other_origins_are_told_nothing() throws Exception {
    int port = start(CORS);
    for (String method : List.of("GET", "OPTIONS")) {
      RawCall.Head head =
          ask(
              port,
              method,
              "/api/kubernetes/clusters",
              "Origin: https://evil.test",
              "Access-Control-Request-Method: POST");
      assertThat(head.lines()).noneMatch(line -> line.startsWith("Access-Control"));
      assertThat(head.header("Vary"))
          .isEqualTo(method.equals("GET") ? "Origin, Accept-Encoding" : "Origin");
    }
    assertThat(ask(port, "OPTIONS", "/api/kubernetes/clusters").status()).isEqualTo(200);
  }

  private static final String OPEN =
      "backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } }";

  @Test
  void a_page_of_another_origin_changes_nothing_where_nobody_has_to_say_who_they_are()
      throws Exception {
    int port = start(OPEN);
    String path = "/api/kubernetes/proxy/exec";
    String[] webSocket = {"Connection: Upgrade", "Upgrade: websocket", "Origin: http://evil.test"};
    assertThat(ask(port, "GET", path, webSocket).status()).isEqualTo(403);
    try (RawCall call = RawCall.to(port)) {
      call.ask("POST", path + "?a=b", "Content-Length: 0", "Origin: null");
      assertThat(call.body(call.head()))
          .endsWith(
              "\"request\":{\"method\":\"POST\",\"url\":\"/proxy/exec?a=b\"},"
                  + "\"response\":{\"statusCode\":403}}");
    }
    for (String origin : List.of("http://evil.test", "null", "http://localhost.evil.test", "x y")) {
      assertThat(ask(port, "POST", path, "Content-Length: 0", "Origin: " + origin).status())
          .describedAs(origin)
          .isEqualTo(403);
    }
  }

  private static int asked(int port, String host, String method) throws IOException {
    try (RawCall call = RawCall.to(port)) {
      return call.askHost(host, method, "/api/kubernetes/clusters", "Content-Length: 0")
          .head()
          .status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test",
        "evil.test:7007",
        "evil.test.",
        "localhost.evil.test",
        "evil-localhost",
        "127.0.0.1.evil.test",
        "1.2.3.4.5",
      })
  void a_name_that_somebody_pointed_here_is_refused_where_nobody_has_to_say_who_they_are(
      String host) throws Exception {
    int port = start(OPEN);
    assertThat(asked(port, host, "GET")).isEqualTo(403);
    assertThat(asked(port, host, "POST")).isEqualTo(403);
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head =
          call.askHost(host, "POST", "/api/kubernetes/x", "Origin: http://" + host).head();
      assertThat(head.status()).isEqualTo(403);
      assertThat(call.body(head)).contains("backend.baseUrl").contains("NotAllowedError");
    }
    try (RawCall call = RawCall.to(port)) {
      assertThat(call.askHost(host, "GET", "/healthcheck").head().status()).isEqualTo(200);
    }
    server.stop();
    assertThat(asked(start("backend: {}"), host, "GET")).isEqualTo(200);
  }

  @Test
  void addresses_localhost_and_names_of_the_configuration_are_its_own() throws Exception {
    int port =
        start(
            """
            backend:
              baseUrl: https://Backend.example.com:7007
              auth: { dangerouslyDisableDefaultAuthPolicy: true }
              cors: { origin: ['https://portal.example.com', 'https://*.wild.test'] }
            """);
    for (String host :
        List.of(
            "127.0.0.1:7007",
            "10.1.2.3",
            "[::1]:7007",
            "[fe80::1]",
            "localhost:7007",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "backend.example.com",
            "backend.example.com.:7007",
            "portal.example.com:1")) {
      assertThat(asked(port, host, "POST")).describedAs(host).isEqualTo(200);
    }
    for (String host : List.of("example.com", "a.wild.test", "x.backend.example.com")) {
      assertThat(asked(port, host, "POST")).describedAs(host).isEqualTo(403);
    }
    try (RawCall call = RawCall.to(port)) {
      call.send("GET /api/kubernetes/clusters HTTP/1.0\r\n\r\n");
      assertThat(call.head().status()).isEqualTo(200);
    }
    try (RawCall call = RawCall.to(port)) {
      call.send("GET http://evil.test/api/kubernetes/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(call.head().status()).isBetween(400, 403);
    }
  }

  @Test
  void its_own_pages_and_programs_and_those_of_cors_may() throws Exception {
    String path = "/api/kubernetes/proxy/exec";
    int open = start(OPEN);
    assertThat(ask(open, "POST", path, "Content-Length: 0").status()).isEqualTo(200);
    assertThat(ask(open, "POST", path, "Content-Length: 0", "Origin: http://localhost").status())
        .isEqualTo(200);
    assertThat(ask(open, "GET", path, "Origin: http://evil.test").status()).isEqualTo(200);
    server.stop();
    int cors =
        start(
            CORS.replace(
                "backend:", "backend:\n  auth: { dangerouslyDisableDefaultAuthPolicy: true }"));
    assertThat(
            ask(cors, "POST", path, "Content-Length: 0", "Origin: https://portal.example.com")
                .status())
        .isEqualTo(200);
    server.stop();
    int authenticating = start("backend: {}");
    assertThat(
            ask(authenticating, "POST", path, "Content-Length: 0", "Origin: http://evil.test")
                .status())
        .isEqualTo(200);
  }

  @Test
  void cors_without_an_origin_allows_all_of_them_by_a_star() throws Exception {
    int port = start("backend: { cors: { credentials: true } }");
    RawCall.Head head = ask(port, "GET", "/api/kubernetes/clusters", "Origin: https://a.test");
    assertThat(head.header("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void cors_without_an_origin_lets_all_of_them_read_and_none_of_them_change_anything()
      throws Exception {
    int port =
        start(
            "backend: { cors: { methods: [GET] },"
                + " auth: { dangerouslyDisableDefaultAuthPolicy: true } }");
    String path = "/api/kubernetes/proxy/version";
    String origin = "Origin: https://a.test";
    RawCall.Head read = ask(port, "GET", path, origin);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(ask(port, "POST", path, "Content-Length: 0", origin).status()).isEqualTo(403);
    assertThat(ask(port, "GET", path, "Connection: Upgrade", "Upgrade: websocket", origin).status())
        .isEqualTo(403);
  }

  @Test
  void idle_connections_keep_nobody_out() throws Exception {
    int port = start("backend: {}");
    List<RawCall> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        idle.add(RawCall.to(port));
      }
      assertThat(ask(port, "GET", "/healthcheck").status()).isEqualTo(200);
      assertThat(idle.get(500).ask("GET", "/healthcheck").head().status()).isEqualTo(200);
    } finally {
      for (RawCall call : idle) {
        call.close();
      }
    }
  }
}
