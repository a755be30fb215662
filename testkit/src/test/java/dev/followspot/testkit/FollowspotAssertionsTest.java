package dev.followspot.testkit;

import static dev.followspot.testkit.FollowspotAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.Problem;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.ResultMatrix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FollowspotAssertionsTest {

  private static final ResultMatrix RESULT =
      matrix(
          Cell.ok("one", "dev", ResourceType.PODS, List.of(pod("b"), pod("a"))),
          Cell.ok("one", "dev", ResourceType.POD_METRICS, List.of()),
          Cell.ok("one", "dev", ResourceType.DEPLOYMENTS, List.of()),
          Cell.ok("two", "dev", ResourceType.SERVICES, List.of()),
          Cell.ok("one", "dev", ResourceType.SERVICES, List.of(pod("100%s"))),
          new Cell(
              "one",
              "prod",
              ResourceType.PODS,
              CellStatus.FORBIDDEN,
              403,
              "Forbidden",
              "pods is forbidden",
              null,
              true,
              Duration.ZERO,
              List.of()));

  @Test
  void what_holds_passes() {
    assertThat(RESULT).isNotComplete().hasNoProblems();
    assertThat(RESULT).cell("dev", "pods").isOk().hasCount(2).hasObjectsNamed("a", "b");
    assertThat(RESULT).cell("dev", "podmetrics").hasCount(0);
    assertThat(RESULT).cell("dev", "pods.metrics.k8s.io").hasCount(0);
    assertThat(RESULT).cell("dev", "deployments.apps").isOk();
    assertThat(RESULT).cell("two", "dev", "services").hasObjectsNamed();
    assertThat(RESULT)
        .cell("prod", "pods")
        .isForbidden()
        .hasHttpStatus(403)
        .isTruncated()
        .hasMessageContaining("forbidden");
    assertThat(matrix()).isComplete();
    assertThat(RESULT.cells().get(0)).isOk();
  }

  @Test
  void what_does_not_hold_fails_and_prints_the_whole_result() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> assertThat(RESULT).isComplete(),
            () -> assertThat(RESULT).hasProblem("anything"),
            () -> assertThat(RESULT).cell("prod", "pods").isOk(),
            () -> assertThat(RESULT).cell("dev", "pods").isForbidden(),
            () -> assertThat(RESULT).cell("dev", "pods").hasCount(1),
            () -> assertThat(RESULT).cell("dev", "pods").hasObjectsNamed("a"),
            () -> assertThat(RESULT).cell("dev", "pods").hasMessageContaining("a"),
            () -> assertThat(RESULT).cell("dev", "pods").hasHttpStatus(0),
            () -> assertThat(RESULT).cell("dev", "pods").isTruncated(),
            () -> assertThat(RESULT).cell("dev", "services").isOk(),
            () -> assertThat(RESULT).cell("ghost", "pods").isOk(),
            () -> assertThat(RESULT).cell(null, "pods").isOk(),
            () -> assertThat(RESULT).cell("three", "dev", "pods").isOk());
    assertThat(wrong)
        .allSatisfy(
            each ->
                assertThatThrownBy(each)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("one prod pods/v1: FORBIDDEN 403 truncated")
                    .hasMessageContaining("one dev pods/v1: OK 2"));
    assertThatThrownBy(() -> assertThat(matrix()).isNotComplete())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_problem_is_found_by_a_part_of_its_message() {
    ResultMatrix result =
        new Matrix(List.of(), List.of(new Problem(Problem.Severity.ERROR, "here", "it broke")));
    assertThatCode(() -> assertThat(result).hasProblem("broke")).doesNotThrowAnyException();
    assertThatThrownBy(() -> assertThat(result).hasNoProblems()).hasMessageContaining("it broke");
    assertThatThrownBy(() -> assertThat(result).isComplete()).hasMessageContaining("it broke");
  }

  private record Matrix(List<Cell> cells, List<Problem> problems) implements ResultMatrix {}

  private static ResultMatrix matrix(Cell... cells) {
    return new Matrix(List.of(cells), List.of());
  }

  private static KubernetesObject pod(String name) {
    return KubernetesObject.of(Map.of("metadata", Map.of("name", name)));
  }
}
