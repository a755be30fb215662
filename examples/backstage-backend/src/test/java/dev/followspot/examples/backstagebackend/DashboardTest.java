package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.config.AppConfig;
import jakarta.servlet.http.HttpServlet;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the dashboard, from a jar as they are in the program. */
class DashboardTest {

  private static final String PAGE = "<!doctype html><title>Followspot</title>";
  private static final String SCRIPT = "console.log('here');".repeat(100);

  @TempDir private Path folder;
  private WebServer server;

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private int start(URL page) throws Exception {
    ServerSettings settings =
        ServerSettings.from(
            AppConfig.parse("app-config.yaml", "backend: {}").resolve(Map.of()).root());
    server = new WebServer(settings.withPort(0), new HttpServlet() {}, page, () -> "");
    server.start();
    return URI.create(server.url()).getPort();
  }

  private int start() throws Exception {
    Path jar = folder.resolve("dashboard.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      add(zip, "app/index.html", PAGE);
      add(zip, "app/assets/index-1a2b.js", SCRIPT);
      zip.putNextEntry(new ZipEntry("app/assets/index-1a2b.js.gz"));
      OutputStream gzip = new GZIPOutputStream(zip);
      gzip.write(SCRIPT.getBytes(StandardCharsets.UTF_8));
      ((GZIPOutputStream) gzip).finish();
      add(zip, "secret.txt", "not for anybody");
    }
    return start(new URL("jar:" + jar.toUri() + "!/app/index.html"));
  }

  private static void add(ZipOutputStream zip, String name, String text) throws Exception {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?entity=component:default/order", "/index.html"})
  void the_page_is_at_the_root_whatever_it_shows(String path) throws Exception {
    int port = start();
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head = call.ask("GET", path).head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).startsWith("text/html");
      assertThat(call.body(head)).isEqualTo(PAGE);
    }
  }

  @Test
  void the_page_may_load_from_here_only_and_be_in_no_frame() throws Exception {
    try (RawCall call = RawCall.to(start())) {
      RawCall.Head head = call.ask("GET", "/").head();
      assertThat(head.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "*");
      assertThat(head.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(head.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void what_changes_its_name_with_its_content_is_kept_by_browsers_the_page_is_not()
      throws Exception {
    int port = start();
    try (RawCall call = RawCall.to(port)) {
      assertThat(call.ask("GET", "/assets/index-1a2b.js").head().header("Cache-Control"))
          .contains("immutable");
    }
    try (RawCall call = RawCall.to(port)) {
      assertThat(call.ask("GET", "/").head().header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void whoever_takes_gzip_gets_less() throws Exception {
    try (RawCall call = RawCall.to(start())) {
      RawCall.Head head =
          call.ask("GET", "/assets/index-1a2b.js", "Accept-Encoding: gzip, br").head();
      assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(head.header("Content-Type")).contains("javascript");
      assertThat(Integer.parseInt(head.header("Content-Length"))).isLessThan(SCRIPT.length() / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets",
        "/assets/",
        "/app/index.html",
        "//index.html",
        "/index.html/",
        "/index.html;a=b",
        "/INDEX.HTML",
        "/dev/followspot/examples/backstagebackend/demo/app-config.yaml"
      })
  void nothing_else_is_there(String path) throws Exception {
    assertThat(status(start(), "GET", path)).isIn(400, 404);
  }

  @Test
  void nothing_can_be_sent_to_the_page() throws Exception {
    assertThat(status(start(), "POST", "/")).isEqualTo(404);
  }

  @Test
  void a_jar_without_the_dashboard_says_so() throws Exception {
    int port = start((URL) null);
    try (RawCall call = RawCall.to(port)) {
      RawCall.Head head = call.ask("GET", "/").head();
      assertThat(head.status()).isEqualTo(404);
      assertThat(call.body(head)).contains("without the dashboard", "npm", "/api/kubernetes");
    }
  }

  private static int status(int port, String method, String path) throws Exception {
    try (RawCall call = RawCall.to(port)) {
      return call.ask(method, path).head().status();
    }
  }
}
