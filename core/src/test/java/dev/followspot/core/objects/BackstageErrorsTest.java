package dev.followspot.core.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.json.Json;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.ResourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Backstage's Kubernetes tab is told of lists that failed. */
class BackstageErrorsTest {

  @Test
  void a_dead_cluster_is_one_error_whatever_was_asked_for() throws IOException {
    assertThat(
            errors(
                unanswered("dev", ResourceType.PODS, "no connection"),
                unanswered("dev", ResourceType.SERVICES, "no connection"),
                unanswered("prod", ResourceType.PODS, "no connection"),
                unanswered("prod", ResourceType.POD_METRICS, "no connection")))
        .containsExactly(fetchError("no connection"));
  }

  @Test
  void an_error_of_some_lists_names_them() throws IOException {
    assertThat(
            errors(
                answered("dev", ResourceType.PODS, 200),
                unanswered("dev", ResourceType.SERVICES, "no answer in time"),
                unanswered("prod", ResourceType.PODS, "the connection ended"),
                unanswered("prod", ResourceType.SERVICES, "no answer in time")))
        .containsExactly(
            fetchError("no answer in time (/dev/services, /prod/services)"),
            fetchError("the connection ended (/prod/pods)"));
  }

  @Test
  void an_error_of_many_lists_names_three_and_counts_the_others() throws IOException {
    assertThat(
            errors(
                unanswered("a", ResourceType.PODS, "no answer in time"),
                unanswered("b", ResourceType.PODS, "no answer in time"),
                unanswered("c", ResourceType.PODS, "no answer in time"),
                unanswered("d", ResourceType.PODS, "no answer in time"),
                unanswered("e", ResourceType.PODS, "no answer in time"),
                answered("f", ResourceType.PODS, 200)))
        .containsExactly(fetchError("no answer in time (/a/pods, /b/pods, /c/pods and 2 more)"));
  }

  @Test
  void metrics_that_failed_alone_are_named() throws IOException {
    assertThat(
            errors(
                answered("dev", ResourceType.PODS, 200),
                unanswered("dev", ResourceType.POD_METRICS, "the connection ended")))
        .containsExactly(fetchError("the connection ended (/dev/pods)"));
  }

  @Test
  void what_was_not_asked_for_has_no_path_to_name() throws IOException {
    Cell invalid =
        Cell.failed("c", "a b", ResourceType.ANY, CellStatus.INVALID, "'a b' is no namespace");
    assertThat(errors(answered("dev", ResourceType.PODS, 200), invalid))
        .containsExactly(fetchError("'a b' is no namespace"));
  }

  @Test
  void each_list_that_the_api_server_refused_is_an_error() throws IOException {
    assertThat(
            errors(
                answered("dev", ResourceType.PODS, 403),
                answered("dev", ResourceType.SERVICES, 403)))
        .containsExactly(
            Map.of("errorType", "UNKNOWN_ERROR", "statusCode", 403, "resourcePath", "/dev/pods"),
            Map.of(
                "errorType", "UNKNOWN_ERROR", "statusCode", 403, "resourcePath", "/dev/services"));
  }

  private static Map<String, Object> fetchError(String message) {
    return Map.of("errorType", "FETCH_ERROR", "message", message);
  }

  private static Cell unanswered(String namespace, ResourceType type, String message) {
    return cell(namespace, type, CellStatus.UNREACHABLE, 0, message);
  }

  private static Cell answered(String namespace, ResourceType type, int status) {
    return status == 200
        ? cell(namespace, type, CellStatus.OK, status, null)
        : cell(namespace, type, CellStatus.FORBIDDEN, status, "forbidden");
  }

  private static Cell cell(
      String namespace,
      ResourceType type,
      CellStatus status,
      int httpStatus,
      @Nullable String message) {
    return new Cell(
        "c",
        namespace,
        type,
        status,
        httpStatus,
        null,
        message,
        "/" + namespace + "/" + type.plural(),
        false,
        Duration.ZERO,
        List.of());
  }

  private static List<Object> errors(Cell... cells) throws IOException {
    Cluster cluster = Cluster.named("c").url("https://localhost").authProvider("anonymous").build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BackstageJson.write(
        new ObjectsResult(
            new EntityRef("component", "default", "order"),
            List.of(new ClusterObjects(cluster, List.of(cells))),
            List.of()),
        out);
    Map<?, ?> document = (Map<?, ?>) Json.parse(out.toByteArray());
    List<?> items = (List<?>) document.get("items");
    return List.copyOf((List<?>) ((Map<?, ?>) items.get(0)).get("errors"));
  }
}
