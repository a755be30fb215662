package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.Cell;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import io.kubernetes.client.custom.PodMetrics;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedObjectsTest {

  @Test
  void a_pod_becomes_a_model() {
    V1Pod pod =
        decode(
            """
            {"metadata":{"name":"a","creationTimestamp":"2024-05-06T07:08:09Z","fromTheFuture":{"x":1},
               "managedFields":[{"manager":"m","time":"2024-05-06T07:08:09.123456Z"}]},
             "spec":{"containers":[{"name":"main","resources":{"limits":{"memory":"1.5Gi"}},
               "livenessProbe":{"httpGet":{"port":"http"}},"readinessProbe":{"httpGet":{"port":8080}}}]},
             "alsoFromTheFuture":[1]}""");

    assertThat(pod.getMetadata().getName()).isEqualTo("a");
    assertThat(pod.getMetadata().getCreationTimestamp())
        .isEqualTo(OffsetDateTime.parse("2024-05-06T07:08:09Z"));
    assertThat(pod.getMetadata().getManagedFields()).hasSize(1);
    var main = pod.getSpec().getContainers().get(0);
    assertThat(main.getResources().getLimits())
        .isEqualTo(Map.of("memory", Quantity.fromString("1.5Gi")));
    assertThat(main.getLivenessProbe().getHttpGet().getPort().getStrValue()).isEqualTo("http");
    assertThat(main.getReadinessProbe().getHttpGet().getPort().getIntValue()).isEqualTo(8080);
  }

  @Test
  void a_changed_object_becomes_a_model_as_well() {
    KubernetesObject pod =
        RawObjectTest.object("{\"metadata\":{\"name\":\"a\"}}").withLabel("x", "ü");
    V1Pod decoded = TypedObjects.decode(pod, ResourceType.PODS, V1Pod.class);
    assertThat(decoded.getMetadata().getLabels()).isEqualTo(Map.of("x", "ü"));
  }

  @Test
  void masked_and_plain_secrets_become_models() {
    KubernetesObject secret = RawObjectTest.object("{\"data\":{\"a\":\"aGk=\"}}");
    assertThat(secretData(secret)).isEqualTo("hi");
    assertThat(secretData(SecretMask.mask(secret))).isEqualTo("***");
  }

  @Test
  void what_does_not_fit_is_named_with_its_path_and_without_its_value() {
    String start = "{\"metadata\":{\"name\":\"a\",\"namespace\":\"dev\"},";
    refused(start + "\"spec\":{\"containers\":\"hunter2\"}}", "$.spec.containers");
    refused(
        start + "\"spec\":{\"containers\":[{\"ports\":[{\"containerPort\":\"hunter2\"}]}]}}",
        "$.spec.containers[0].ports[0].containerPort");
    refused(
        start + "\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"hunter2\"}}}]}}",
        "$.spec.containers[0].resources.limits");
    refused(start + "\"status\":{\"startTime\":\"hunter2\"}}", "$.status.startTime");
    refused(start + "\"status\":{\"startTime\":{}}}", "$.status.startTime");
    refused(start + "\"spec\":1e999}", "$.spec");
  }

  @Test
  void models_are_found_by_their_name() {
    assertThat(matches(V1Pod.class, ResourceType.PODS)).isTrue();
    assertThat(matches(V1Pod.class, ResourceType.POD_METRICS)).isFalse();
    assertThat(matches(V1Pod.class, ResourceType.SERVICES)).isFalse();
    assertThat(matches(PodMetrics.class, ResourceType.POD_METRICS)).isTrue();
    assertThat(matches(PodMetrics.class, ResourceType.PODS)).isFalse();
    assertThat(matches(V1Deployment.class, ResourceType.DEPLOYMENTS)).isTrue();
    assertThat(matches(V1Deployment.class, ResourceType.custom("apps", "v1", "deployments")))
        .isTrue();
    assertThat(matches(V1Deployment.class, ResourceType.DEPLOYMENTS.withApiVersion("v1beta1")))
        .isFalse();
    ResourceType autoscalers = ResourceType.custom("autoscaling", "v2", "horizontalpodautoscalers");
    assertThat(matches(V2HorizontalPodAutoscaler.class, autoscalers)).isTrue();
    assertThat(matches(V2HorizontalPodAutoscaler.class, autoscalers.withApiVersion("v1")))
        .isFalse();
    assertThat(
            matches(V1Ingress.class, ResourceType.custom("networking.k8s.io", "v1", "ingresses")))
        .isTrue();
    assertThat(
            matches(V1Service.class, ResourceType.custom("serving.knative.dev", "v1", "services")))
        .isFalse();
  }

  @Test
  void models_of_other_kinds_are_found_by_the_plural_or_the_kind_of_the_objects() {
    ResourceType policies = ResourceType.custom("networking.k8s.io", "v1", "networkpolicies");
    assertThat(matches(V1NetworkPolicy.class, policies)).isTrue();
    assertThat(matches(CoreV1Event.class, ResourceType.custom("", "v1", "events"))).isTrue();
    assertThat(matches(CronTab.class, ResourceType.custom("stable.example.com", "v1", "crontabs")))
        .isTrue();
    ResourceType odd = ResourceType.custom("stable.example.com", "v1", "tabs");
    assertThat(matches(CronTab.class, odd)).isFalse();
    Cell cell = Cell.ok("c", "n", odd, List.of(KubernetesObject.of(Map.of("kind", "CronTab"))));
    assertThat(TypedObjects.matches(CronTab.class, cell)).isTrue();
  }

  private static final class CronTab {}

  private static boolean matches(Class<?> model, ResourceType type) {
    return TypedObjects.matches(model, Cell.ok("c", "n", type, List.of()));
  }

  private static String secretData(KubernetesObject secret) {
    V1Secret decoded = TypedObjects.decode(secret, ResourceType.SECRETS, V1Secret.class);
    return new String(decoded.getData().get("a"), UTF_8);
  }

  private static V1Pod decode(String json) {
    return TypedObjects.decode(RawObjectTest.object(json), ResourceType.PODS, V1Pod.class);
  }

  private static void refused(String json, String path) {
    assertThatThrownBy(() -> decode(json))
        .as(json)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pods/v1 'dev/a' does not fit V1Pod at "
                + path
                + "; its JSON can still be read, by field()")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
