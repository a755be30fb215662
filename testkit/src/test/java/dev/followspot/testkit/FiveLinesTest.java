package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user's unit test. */
class FiveLinesTest {

  private static final String podsYaml =
      "{apiVersion: v1, kind: Pod, metadata: {name: order-1, labels: {app: order-service}}}";

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");

  @Test
  void shows_what_it_may_see() throws Exception {
    kubernetes.add("dev", podsYaml);
    Client client = Client.of(kubernetes);
    assertThat(client.get("/api/v1/namespaces/dev/pods", "token").body()).contains("order-1");
    assertThat(client.get("/api/v1/namespaces/prod/pods", "token").statusCode()).isEqualTo(403);
    assertThat(kubernetes.requests()).noneMatch(MockRequest::isClusterWide);
  }
}
