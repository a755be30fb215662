package dev.followspot.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells, and results made of them. */
class ResultTest {

  private static KubernetesObject named(String name) {
    return KubernetesObject.of(Map.of("metadata", Map.of("name", name)));
  }

  private static Cell pods(@Nullable String namespace, String... names) {
    return Cell.ok(
        "dev",
        namespace,
        ResourceType.PODS,
        List.of(names).stream().map(ResultTest::named).toList());
  }

  private static Cell truncated(String... names) {
    Cell cell = pods("a", names);
    return new Cell(
        cell.cluster(),
        cell.namespace(),
        cell.type(),
        CellStatus.OK,
        200,
        null,
        "limit reached",
        "/api/v1/namespaces/a/pods",
        true,
        Duration.ofMillis(5),
        cell.objects());
  }

  @Test
  void objects_join_the_cell_of_the_same_cluster_namespace_and_type() {
    FetchResult result = FetchResult.of(pods("a", "1"), pods("b", "2")).plus(pods("b", "3"));
    assertThat(result).isEqualTo(FetchResult.of(pods("a", "1"), pods("b", "2", "3")));
  }

  @Test
  void objects_without_such_a_cell_are_a_cell_of_their_own() {
    Cell failed = Cell.failed("dev", "a", ResourceType.PODS, CellStatus.FORBIDDEN, "no");
    for (Cell other :
        List.of(
            failed,
            pods("b"),
            pods(null),
            Cell.ok("prod", "a", ResourceType.PODS, List.of()),
            Cell.ok("dev", "a", ResourceType.SERVICES, List.of()))) {
      assertThat(FetchResult.of(other).plus(pods("a", "1")))
          .isEqualTo(FetchResult.of(other, pods("a", "1")));
    }
    assertThat(FetchResult.of(pods("a")).plus(failed)).isEqualTo(FetchResult.of(pods("a"), failed));
    assertThat(FetchResult.of(pods(null, "1")).plus(pods(null, "2")))
        .isEqualTo(FetchResult.of(pods(null, "1", "2")));
  }

  @Test
  void results_are_merged_cell_after_cell() {
    assertThat(
            FetchResult.merge(
                List.of(FetchResult.of(pods("a")), FetchResult.of(), FetchResult.of(pods("b")))))
        .isEqualTo(FetchResult.of(pods("a"), pods("b")));
  }

  @Test
  void changed_objects_leave_the_rest_of_their_cell_alone() {
    Cell failed = Cell.failed("dev", "b", ResourceType.PODS, CellStatus.TIMEOUT, "too late");
    FetchResult result =
        FetchResult.of(truncated("1", "2"), failed)
            .mapObjects(object -> object.withLabel("seen", object.name()));
    Cell cell = result.cells().get(0);
    assertThat(cell.objects()).extracting(o -> o.labels().get("seen")).containsExactly("1", "2");
    assertThat(cell.truncated()).isTrue();
    assertThat(cell.duration()).isEqualTo(Duration.ofMillis(5));
    assertThat(cell.resourcePath()).isEqualTo("/api/v1/namespaces/a/pods");
    assertThat(result.cells().get(1)).isSameAs(failed);
    assertThat(result.filterObjects(object -> false).cells().get(0).count()).isZero();
  }

  @ParameterizedTest
  @EnumSource(CellStatus.class)
  void a_cell_is_complete_if_it_is_ok_or_not_served(CellStatus status) {
    if (status == CellStatus.OK) {
      assertThat(pods("a").failed()).isFalse();
      assertThat(truncated("1").failed()).as("truncated").isTrue();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cell.failed("dev", "a", ResourceType.PODS, status, "x"));
    } else {
      assertThat(Cell.failed("dev", "a", ResourceType.PODS, status, "x").failed())
          .isEqualTo(status != CellStatus.NOT_SERVED);
    }
  }

  @Test
  void a_cell_is_one_line_that_says_where_what_and_why() {
    assertThat(pods("a", "1", "2")).hasToString("dev a pods/v1: OK 2");
    assertThat(pods(null)).hasToString("dev (cluster-wide) pods/v1: OK 0");
    assertThat(truncated("1")).hasToString("dev a pods/v1: OK 1 truncated (limit reached)");
    assertThat(
            new Cell(
                "prod",
                "b",
                ResourceType.custom("batch", "v1", "jobs"),
                CellStatus.FORBIDDEN,
                403,
                "Forbidden",
                "jobs.batch is forbidden",
                null,
                false,
                Duration.ZERO,
                List.of()))
        .hasToString("prod b jobs.batch/v1: FORBIDDEN 403 (jobs.batch is forbidden)");
    assertThat(Cell.failed("dev", "a", ResourceType.ANY, CellStatus.INVALID, "x"))
        .hasToString("dev a *: INVALID (x)");
  }

  private record Matrix(List<Cell> cells, List<Problem> problems) implements ResultMatrix {}

  @Test
  void a_result_is_complete_if_no_cell_failed_and_no_problem_is_an_error() {
    Problem warning = Problem.warning("x", "y");
    assertThat(new Matrix(List.of(pods("a")), List.of(warning)).complete()).isTrue();
    assertThat(new Matrix(List.of(truncated()), List.of()).complete()).isFalse();
    assertThat(new Matrix(List.of(), List.of(Problem.error("x", "y"))).complete()).isFalse();
    assertThat(Problem.error("x", "y")).hasToString("ERROR x: y");
  }
}
