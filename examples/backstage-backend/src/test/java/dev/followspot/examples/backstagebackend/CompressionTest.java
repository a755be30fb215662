package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.rest.RestHandler;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.FollowspotServlet;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  private static final String LARGE = "[" + "{\"kind\":\"Pod\"},".repeat(10_000) + "0]";

  private WebServer server;

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private void start(RestHandler handler) throws Exception {
    ServerSettings settings =
        ServerSettings.from(
            AppConfig.parse("app-config.yaml", "backend: {}").resolve(Map.of()).root());
    server = new WebServer(settings.withPort(0), new FollowspotServlet(handler), null, () -> "");
    server.start();
  }

  private void answer(String type, HttpBody body) throws Exception {
    start(
        request ->
            CompletableFuture.completedFuture(
                RestResponse.of(200, HttpHeaders.of("Content-Type", type), body)));
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String unzipped(byte[] body) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String encoding(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Encoding").orElse("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /services/order-service",
        "POST /resources/workloads/query",
        "POST /resources/custom/query",
        "POST /followspot/lookup",
        "GET /followspot/entities?kind=Component",
        "GET /clusters"
      })
  void answers_are_compressed_for_who_accepts_gzip(String route) throws Exception {
    answer("application/json; charset=utf-8", HttpBody.of(LARGE));
    String[] call = route.split(" ", 2);
    HttpResponse<byte[]> response = ask(call[0], call[1], "Accept-Encoding", "gzip, deflate, br");
    assertThat(encoding(response)).isEqualTo("gzip");
    assertThat(response.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(response.body()).hasSizeLessThan(LARGE.length() / 20);
    assertThat(unzipped(response.body())).isEqualTo(LARGE);

    HttpResponse<byte[]> plain = ask(call[0], call[1]);
    assertThat(encoding(plain)).isEqualTo("none");
    assertThat(new String(plain.body(), StandardCharsets.UTF_8)).isEqualTo(LARGE);
  }

  @Test
  void large_answers_of_unknown_length_come_whole() throws Exception {
    byte[] noise = new byte[3 << 20];
    ThreadLocalRandom.current().nextBytes(noise);
    HttpBody body = HttpBody.of(noise);
    answer("application/json", HttpBody.of(body.publisher()));
    HttpResponse<byte[]> response = ask("POST", "/services/x", "Accept-Encoding", "gzip");
    assertThat(encoding(response)).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
        .isEqualTo(noise);
  }

  @Test
  void little_is_not_worth_it() throws Exception {
    answer("application/json", HttpBody.of("{\"items\":[]}"));
    HttpResponse<byte[]> response = ask("POST", "/services/x", "Accept-Encoding", "gzip");
    assertThat(encoding(response)).isEqualTo("none");
    assertThat(response.body()).asString().isEqualTo("{\"items\":[]}");
  }

  @Test
  void what_a_cluster_says_is_passed_on_as_it_came() throws Exception {
    answer("application/json", HttpBody.of(LARGE));
    HttpResponse<byte[]> response =
        ask("GET", "/proxy/api/v1/pods?watch=true", "Accept-Encoding", "gzip");
    assertThat(encoding(response)).isEqualTo("none");
    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(LARGE.length());
    assertThat(response.body()).asString().isEqualTo(LARGE);
  }

  @Test
  void an_answer_that_breaks_off_does_not_look_complete() throws Exception {
    answer("application/json", HttpBody.of(new Broken(LARGE)));
    assertThatThrownBy(() -> ask("POST", "/services/x", "Accept-Encoding", "gzip"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_request_that_is_compressed_reaches_the_api_as_it_came() throws Exception {
    CompletableFuture<String> length = new CompletableFuture<>();
    start(
        request -> {
          length.complete(
              request.headers().first("Content-Encoding").orElse("none")
                  + " "
                  + request.body().length().orElse(-1));
          request.body().discard();
          return CompletableFuture.completedFuture(
              RestResponse.of(204, HttpHeaders.none(), HttpBody.none()));
        });
    ask("POST", "/services/x", "Content-Encoding", "gzip", "Accept-Encoding", "gzip");
    assertThat(length.join()).isEqualTo("gzip 2");
  }

  /** A body that breaks off after its first part. */
  private record Broken(String part) implements Publisher<ByteBuffer> {
    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            private boolean given;

            @Override
            public void request(long parts) {
              if (given) {
                subscriber.onError(new IOException("the cluster went away"));
              } else {
                given = true;
                subscriber.onNext(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }
}
