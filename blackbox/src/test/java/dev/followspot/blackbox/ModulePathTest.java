package dev.followspot.blackbox;

import static dev.followspot.testkit.FollowspotAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.LookupResult;
import dev.followspot.fetcher.multinamespace.MultiNamespaceFetcherFactory;
import dev.followspot.spi.Entity;
import dev.followspot.testkit.MockKubernetes;
import dev.followspot.testkit.MockRequest;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModulePathTest {

  @RegisterExtension
  static final MockKubernetes kubernetes =
      MockKubernetes.withNamespaces("dev", "prod").allow("token", "dev");

  @Test
  void the_published_jars_are_named_modules() {
    assertThat(
            Stream.of(
                    ModulePathTest.class,
                    Followspot.class,
                    MultiNamespaceFetcherFactory.class,
                    MockKubernetes.class)
                .map(type -> type.getModule().getName()))
        .containsExactly(
            "dev.followspot.blackbox",
            "dev.followspot.core",
            "dev.followspot.fetcher.multinamespace",
            "dev.followspot.testkit");
  }

  @Test
  void a_look_up_finds_typed_objects_with_the_fetcher_that_a_module_provides() {
    kubernetes.add("dev", "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: order}}}");
    try (Followspot followspot =
        Followspot.builder().cluster(kubernetes.cluster("dev-cluster", "token")).build()) {
      assertThat(followspot.issues()).isEmpty();
      assertThat(followspot.describe()).contains("fetcher multi-namespace", "discovered");
      LookupResult result =
          followspot.lookup(
              Entity.component("order")
                  .annotation(Entity.LABEL_SELECTOR, "app=order")
                  .annotation(Entity.NAMESPACE, "dev, prod")
                  .build());
      assertThat(result.objects(V1Pod.class))
          .extracting(pod -> pod.getMetadata().getName())
          .containsExactly("a");
      assertThat(result).cell("prod", "pods").isForbidden();
      assertThat(kubernetes.requests()).hasSize(27).noneMatch(MockRequest::isClusterWide);
    }
  }
}
