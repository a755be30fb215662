package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.config.Configuration;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.envtest.RealApiServer;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.Secret;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The route {@code /proxy} in front of a real API server. */
@SuppressWarnings("try")
class ProxyEnvtestTest {

  private final RealApiServer server = RealApiServer.shared();
  private final String namespace = "proxy-" + ProcessHandle.current().pid();
  private final String configMaps = "/proxy/api/v1/namespaces/" + namespace + "/configmaps";

  private Followspot followspot() {
    return Followspot.builder()
        .configuration(
            Configuration.of(
                Map.of(
                    "backend", Map.of("auth", Map.of("dangerouslyDisableDefaultAuthPolicy", true))),
                Map.of()))
        .cluster(
            Cluster.named("real")
                .url(server.url().toString())
                .caData(server.caCertificate())
                .authProvider("serviceAccount")
                .serviceAccountToken(Secret.of(server.adminToken())))
        .build();
  }

  private static RestResponse send(
      Followspot followspot, String method, String target, HttpHeaders headers, String body)
      throws Exception {
    String[] parts = target.split("\\?", 2);
    return followspot
        .backstageApi()
        .handle(
            new RestRequest(
                method,
                "/api/kubernetes",
                parts[0],
                parts.length > 1 ? parts[1] : "",
                headers.and("Content-Type", "application/json"),
                HttpBody.of(body),
                "192.0.2.1",
                Cancellation.NEVER))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void what_is_created_is_seen_in_a_watch_by_a_caller_that_accepts_gzip() throws Exception {
    server.createNamespaces(namespace);
    try (Followspot followspot = followspot()) {
      RestResponse watch =
          send(
              followspot,
              "GET",
              configMaps + "?watch=true&fieldSelector=metadata.name%3Dmine",
              HttpHeaders.of("Accept-Encoding", "gzip"),
              "");
      assertThat(watch.status()).isEqualTo(200);
      Bytes.Taker taker = Bytes.Taker.of(watch.body().publisher());
      RestResponse created =
          send(
              followspot,
              "POST",
              configMaps,
              HttpHeaders.none(),
              "{\"metadata\":{\"name\":\"mine\"},\"data\":{\"a\":\"b\"}}");
      assertThat(created.status()).isEqualTo(201);
      assertThat(Rig.text(created)).contains("\"mine\"");
      taker.await("\"type\":\"ADDED\"");
      assertThat(send(followspot, "DELETE", configMaps + "/mine", HttpHeaders.none(), "").status())
          .isEqualTo(200);
      taker.await("\"type\":\"DELETED\"");
      followspot.close();
      assertThat(taker.end.get(30, TimeUnit.SECONDS)).endsWith("\n");
    }
  }

  @Test
  void the_cluster_says_no_for_itself() throws Exception {
    try (Followspot followspot = followspot()) {
      RestResponse response =
          send(
              followspot,
              "GET",
              "/proxy/api/v1/pods",
              HttpHeaders.of("Backstage-Kubernetes-Authorization", "Bearer unknown"),
              "");
      assertThat(response.status()).isEqualTo(401);
      assertThat(Rig.text(response)).contains("\"kind\":\"Status\"", "Unauthorized");
    }
  }

  @Test
  void nobody_impersonates_with_the_rights_of_the_portal() throws Exception {
    try (Followspot followspot = followspot()) {
      RestResponse response =
          send(
              followspot,
              "POST",
              "/proxy/apis/authentication.k8s.io/v1/selfsubjectreviews",
              Rig.headers("Impersonate-User", "mallory", "X-Remote-User", "mallory"),
              "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}");
      assertThat(response.status()).isEqualTo(201);
      assertThat(Rig.text(response)).contains("username").doesNotContain("mallory");
    }
  }
}
