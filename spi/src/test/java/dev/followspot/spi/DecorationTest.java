package dev.followspot.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What a fetcher extension can do to a result with nothing but this module on its class path. */
class DecorationTest {

  private static final Cell FORBIDDEN =
      Cell.failed("dev", "order-dev", ResourceType.SERVICES, CellStatus.FORBIDDEN, "no rights");

  private static KubernetesObject pod(String name) {
    return KubernetesObject.of(
        Map.of(
            "metadata", Map.of("name", name, "labels", Map.of("app", name)),
            "spec", Map.of("nodeName", "node-1", "containers", List.of(Map.of("name", "main")))));
  }

  /** Below the extension: two pods, and a type that may not be listed. */
  private static final KubernetesFetcher BELOW =
      request ->
          CompletableFuture.completedFuture(
              FetchResult.of(
                  Cell.ok(
                      "dev",
                      request.namespace(),
                      ResourceType.PODS,
                      List.of(pod("order"), pod("debug"))),
                  FORBIDDEN));

  private static List<Cell> fetch(KubernetesFetcherFactory extension) {
    CredentialSource none =
        new CredentialSource() {
          @Override
          public CompletionStage<Credential> credential() {
            return CompletableFuture.completedFuture(Credential.none());
          }

          @Override
          public CompletionStage<Credential> refresh(Credential rejected) {
            return credential();
          }
        };
    return extension
        .create(new Context(BELOW))
        .fetch(
            new FetchRequest(
                Cluster.named("dev").url("https://dev").authProvider("anonymous").build(),
                none,
                List.of(ResourceType.PODS, ResourceType.SERVICES),
                "order-dev",
                "app=order",
                RequestContext.create()))
        .toCompletableFuture()
        .join()
        .cells();
  }

  @Test
  void it_can_drop_objects() {
    List<Cell> cells =
        fetch(
            new Decoration() {
              @Override
              FetchResult decorate(FetchResult result) {
                return result.filterObjects(object -> !object.name().equals("debug"));
              }
            });
    assertThat(cells.get(0).objects()).extracting(KubernetesObject::name).containsExactly("order");
    assertThat(cells.get(1)).isEqualTo(FORBIDDEN);
  }

  @Test
  void it_can_add_an_annotation() {
    List<Cell> cells =
        fetch(
            new Decoration() {
              @Override
              FetchResult decorate(FetchResult result) {
                return result.mapObjects(o -> o.withAnnotation("example.com/seen-by", "portal"));
              }
            });
    assertThat(cells.get(0).objects())
        .hasSize(2)
        .allSatisfy(
            object -> {
              assertThat(object.annotations()).containsEntry("example.com/seen-by", "portal");
              assertThat(object.labels()).containsEntry("app", object.name());
            });
    assertThat(cells.get(1)).isEqualTo(FORBIDDEN);
  }

  @Test
  void it_can_hide_a_field() {
    List<Cell> cells =
        fetch(
            new Decoration() {
              @Override
              FetchResult decorate(FetchResult result) {
                return result.mapObjects(object -> object.withoutField("spec", "nodeName"));
              }
            });
    assertThat(cells.get(0).objects())
        .allSatisfy(
            object -> {
              assertThat(object.field("spec", "nodeName")).isEmpty();
              assertThat(object.text("spec", "containers", "0", "name")).contains("main");
            });
  }

  @Test
  void it_can_add_objects_to_a_cell_or_as_a_cell_of_their_own() {
    List<Cell> cells =
        fetch(
            new Decoration() {
              @Override
              FetchResult decorate(FetchResult result) {
                return result
                    .plus(Cell.ok("dev", "order-dev", ResourceType.PODS, List.of(pod("extra"))))
                    .plus(Cell.ok("dev", "order-dev", ResourceType.SERVICES, List.of()));
              }
            });
    assertThat(cells).hasSize(3);
    assertThat(cells.get(0).objects())
        .extracting(KubernetesObject::name)
        .containsExactly("order", "debug", "extra");
    assertThat(cells.get(1)).as("a failure stays visible").isEqualTo(FORBIDDEN);
    assertThat(cells.get(2).type()).isEqualTo(ResourceType.SERVICES);
  }

  private abstract static class Decoration implements KubernetesFetcherFactory {
    abstract FetchResult decorate(FetchResult result);

    @Override
    public String name() {
      return "decoration";
    }

    @Override
    public KubernetesFetcher create(FetcherContext context) {
      KubernetesFetcher next = context.delegate();
      return request -> next.fetch(request).thenApply(this::decorate);
    }
  }

  private record Context(KubernetesFetcher delegate) implements FetcherContext {
    @Override
    public ExtensionConfig config() {
      throw new AssertionError("there is nothing to configure");
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }
}
