package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FaultTest {

  private static final String PODS = "/api/v1/namespaces/dev/pods";

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod")
          .allow("token", "dev")
          .allow("token", "prod")
          .add("dev", "{kind: Pod, apiVersion: v1, metadata: {name: one}}");

  @Test
  void a_status_happens_as_often_as_it_is_told_and_then_all_is_well() throws Exception {
    kubernetes.fault("dev", "pods", Fault.status(503).withRetryAfter(7).times(2));

    HttpResponse<String> first = get();
    assertThat(first.statusCode()).isEqualTo(503);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(first.body()).contains("\"kind\":\"Status\"", "\"reason\":\"ServiceUnavailable\"");
    assertThat(kubernetes.requests()).hasSize(1);
    assertThat(get().statusCode()).isEqualTo(503);
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void a_fault_concerns_its_namespace_and_type_only() throws Exception {
    kubernetes.fault("dev", "pods", Fault.status(500));

    Client client = Client.of(kubernetes);
    assertThat(client.get(PODS, "token").statusCode()).isEqualTo(500);
    assertThat(client.get("/api/v1/namespaces/dev/services", "token").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/v1/namespaces/prod/pods", "token").statusCode()).isEqualTo(200);

    kubernetes.clearFaults();
    assertThat(client.get(PODS, "token").statusCode()).isEqualTo(200);
  }

  @Test
  void a_fault_by_path_concerns_whatever_matches_and_the_latest_fault_counts() throws Exception {
    kubernetes
        .fault("/api/v1/namespaces/[^/]+/pods", Fault.status(500))
        .fault(null, "pods", Fault.html().times(1));

    HttpResponse<String> html = get();
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(get().statusCode()).isEqualTo(500);
  }

  @Test
  void lists_may_have_null_items_be_some_other_json_or_junk() throws Exception {
    kubernetes.fault("dev", "pods", Fault.nullItems());
    assertThat(get().body()).contains("\"kind\":\"PodList\"", "\"items\":null");

    kubernetes.fault("dev", "pods", Fault.body("[1]"));
    assertThat(get().body()).isEqualTo("[1]");

    kubernetes.fault("dev", "pods", Fault.junk("\0junk".getBytes(StandardCharsets.UTF_8)));
    assertThat(get().body()).isEqualTo("\0junk");
  }

  @Test
  void a_redirect_names_its_target() throws Exception {
    kubernetes.fault("dev", "pods", Fault.redirect("https://elsewhere.example/"));

    HttpResponse<String> answer = get();
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("https://elsewhere.example/");
  }

  @ParameterizedTest
  @EnumSource
  void a_hanging_request_is_never_answered_and_others_are(Version version) throws Exception {
    kubernetes.fault("dev", "pods", Fault.hang());
    Client client = Client.of(kubernetes.url(), kubernetes.caCertificate(), version);

    Future<?> hanging = client.sendAsync(client.request(PODS, "token").build());
    while (kubernetes.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(client.get("/api/v1/namespaces/dev/services", "token").statusCode()).isEqualTo(200);
    assertThat(kubernetes.requests().get(0).status()).isZero();
    assertThat(hanging.isDone()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void a_hundred_hanging_requests_do_not_keep_others_from_being_answered(Version version)
      throws Exception {
    kubernetes.fault("dev", "pods", Fault.hang());
    Client client = Client.of(kubernetes.url(), kubernetes.caCertificate(), version);
    List<Future<?>> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hanging.add(client.sendAsync(client.request(PODS, "token").build()));
    }
    assertThat(client.get("/api/v1/namespaces/dev/services", "token").statusCode()).isEqualTo(200);
    assertThat(hanging).noneMatch(Future::isDone);
    while (kubernetes.requests().size() < 101) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_reset_ends_the_connection_without_an_answer(Version version) throws Exception {
    kubernetes.fault("dev", "pods", Fault.reset());
    Client client = Client.of(kubernetes.url(), kubernetes.caCertificate(), version);

    assertThatThrownBy(() -> client.get(PODS, "token"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    assertThat(client.get("/api/v1/namespaces/dev/services", "token").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void a_truncated_answer_breaks_off_in_its_body(Version version) throws Exception {
    kubernetes.fault("dev", "pods", Fault.truncate());
    Client client = Client.of(kubernetes.url(), kubernetes.caCertificate(), version);

    assertThatThrownBy(() -> client.get(PODS, "token"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);

    HttpRequest request = client.request(PODS, "token").build();
    InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
    if (version == Version.HTTP_1_1) {
      // Over HTTP/2 the client may hear of the end before it hands out what came before it.
      assertThat(body.readNBytes(20)).asString().startsWith("{\"kind\":\"PodList\"");
    }
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
  }

  @Test
  void a_delayed_answer_is_the_right_one_and_late() throws Exception {
    kubernetes.fault("dev", "pods", Fault.delay(Duration.ofMillis(300)));

    long start = System.nanoTime();
    HttpResponse<String> answer = get();
    assertThat(answer.body()).contains("\"one\"");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void junk_is_as_large_as_it_is_told() throws Exception {
    long size = 50_000_001;
    kubernetes.fault("dev", "pods", Fault.junk(size));
    Client client = Client.of(kubernetes);

    try (InputStream body =
        client.send(client.request(PODS, "token").build(), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
    }
  }

  @Test
  void a_server_that_is_down_refuses_connections_and_comes_up_on_the_same_port() throws Exception {
    kubernetes.down();
    Client client = Client.of(kubernetes);
    assertThatThrownBy(() -> client.get(PODS, "token")).isInstanceOf(ConnectException.class);

    kubernetes.up();
    assertThat(client.get(PODS, "token").statusCode()).isEqualTo(200);
  }

  @Test
  void a_fault_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> Fault.hang().withRetryAfter(1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Fault.hang().times(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kubernetes.fault("dev", "widgets", Fault.hang()))
        .hasMessageContaining("does not serve 'widgets'");
  }

  private static HttpResponse<String> get() throws IOException {
    return Client.of(kubernetes).get(PODS, "token");
  }
}
