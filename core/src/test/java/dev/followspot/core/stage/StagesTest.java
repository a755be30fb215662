package dev.followspot.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class StagesTest {

  private final Exception failure = new IllegalStateException("no", new RuntimeException("inner"));

  @Test
  void what_stages_put_around_a_failure_is_taken_off_however_often() {
    Throwable wrapped = new CompletionException(new ExecutionException(failure));
    assertThat(Stages.cause(wrapped)).isSameAs(failure);
  }

  @Test
  void any_other_failure_is_itself_whatever_caused_it() {
    assertThat(Stages.cause(failure)).isSameAs(failure);
  }

  @Test
  void a_wrapper_around_nothing_is_itself() {
    Throwable empty = new CompletionException("empty", null);
    assertThat(Stages.cause(empty)).isSameAs(empty);
  }

  @Test
  void a_failure_that_goes_round_in_a_circle_ends() {
    class Circle extends CompletionException {
      @Override
      public Throwable getCause() {
        return this;
      }
    }
    Throwable first = new Circle();
    assertThat(Stages.cause(first)).isSameAs(first);
  }
}
