package dev.followspot.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.spi.Caller;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Those who ask the same at the same moment share one look-up. */
class SharedLookupsTest {

  private static final Entity ORDER = entity("order");

  private final List<ObjectsRequest> asked = new ArrayList<>();
  private final List<CompletableFuture<ObjectsResult>> answers = new ArrayList<>();
  private final List<CompletableFuture<ObjectsResult>> begun = new ArrayList<>();
  private final SharedLookups lookups =
      new SharedLookups(
          request -> {
            asked.add(request);
            CompletableFuture<ObjectsResult> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
          });

  private static Entity entity(String name) {
    return Entity.component(name).build();
  }

  private static final RequestContext CONTEXT = RequestContext.create();

  private CompletableFuture<ObjectsResult> ask(Entity entity, RequestContext context) {
    return lookups.objects(new ObjectsRequest(entity, null, context)).toCompletableFuture();
  }

  private void begin(Entity entity, RequestContext context) {
    begun.add(ask(entity, context));
  }

  private void answer(int index) {
    answers.get(index).complete(new ObjectsResult(ORDER.ref(), List.of(), List.of()));
  }

  @Test
  void the_same_asked_at_the_same_moment_is_looked_up_once() {
    // Asking takes no time, unless the machine stands still: then there are more, and that is fine.
    List<CompletableFuture<ObjectsResult>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(ask(entity("order"), CONTEXT));
    }
    assertThat(asked).hasSizeLessThan(20);
    assertThat(all).noneMatch(CompletableFuture::isDone);
    for (int i = 0; i < answers.size(); i++) {
      answer(i);
    }
    assertThat(all).allMatch(one -> one.join().entity().equals(ORDER.ref()));
  }

  @Test
  void another_entity_caller_token_type_or_time_is_another_look_up() {
    List<RequestContext> contexts =
        List.of(
            CONTEXT,
            CONTEXT.withCaller(Caller.of("user:default/jane")),
            CONTEXT.withCaller(new Caller("user:default/jane", List.of("group:default/a"))),
            CONTEXT.withAuth(RequestAuth.of(Map.of("google", "a"))),
            CONTEXT.withAuth(RequestAuth.of(Map.of("google", "b"))),
            CONTEXT.withDeadline(Deadline.after(Duration.ofHours(1))),
            CONTEXT.withDeadline(Deadline.after(Duration.ofHours(2))));
    for (RequestContext context : contexts) {
      begin(ORDER, context);
    }
    begin(entity("other"), CONTEXT);
    lookups.objects(new ObjectsRequest(ORDER, List.of(ResourceType.PODS), CONTEXT));
    assertThat(asked).hasSize(contexts.size() + 2);
  }

  @Test
  void whoever_has_little_time_does_not_get_what_ends_earlier_or_later() {
    Deadline soon = Deadline.after(Duration.ofMillis(130));
    begin(ORDER, CONTEXT.withDeadline(soon));
    begin(ORDER, CONTEXT.withDeadline(Deadline.after(Duration.ofMillis(200))));
    begin(ORDER, CONTEXT.withDeadline(soon));
    assertThat(asked).hasSize(3);
  }

  @Test
  void nobody_gets_what_was_asked_for_before() throws Exception {
    begin(ORDER, CONTEXT);
    Thread.sleep(150);
    CompletableFuture<ObjectsResult> later = ask(ORDER, CONTEXT);
    answer(0);
    assertThat(asked).hasSize(2);
    assertThat(later).isNotDone();
    answer(1);
    assertThat(later).isCompleted();
    begin(ORDER, CONTEXT);
    assertThat(asked).hasSize(3);
  }

  @Test
  void a_look_up_ends_when_the_last_one_has_lost_interest() {
    List<CancellationSource> sources = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      CancellationSource source = new CancellationSource();
      sources.add(source);
      begin(ORDER, CONTEXT.withCancellation(source.token()));
    }
    ObjectsRequest last = asked.get(asked.size() - 1);
    for (CancellationSource source : sources) {
      assertThat(last.context().cancellation().isCancelled()).isFalse();
      source.cancel();
      source.cancel();
    }
    assertThat(asked).allMatch(request -> request.context().cancellation().isCancelled());
    int before = asked.size();
    begin(ORDER, CONTEXT);
    assertThat(asked).hasSize(before + 1);
    assertThat(asked.get(before).context().cancellation().isCancelled()).isFalse();
  }

  @Test
  void whoever_loses_interest_alone_is_told_at_once_what_a_cancelled_look_up_finds() {
    CancellationSource source = new CancellationSource();
    CompletableFuture<ObjectsResult> left = ask(ORDER, CONTEXT.withCancellation(source.token()));
    CompletableFuture<ObjectsResult> other = ask(ORDER, CONTEXT);
    int looked = asked.size();
    source.cancel();
    if (looked == 1) {
      assertThat(asked).hasSize(2);
      assertThat(asked.get(0).context().cancellation().isCancelled()).isFalse();
      assertThat(asked.get(1).context().cancellation().isCancelled()).isTrue();
      answer(1);
      assertThat(left).isCompleted();
      assertThat(other).isNotDone();
    }
    answer(0);
    answer(asked.size() - 1);
    assertThat(other).isCompleted();
  }

  @Test
  void whoever_is_answered_and_then_loses_interest_asks_for_nothing_more() {
    for (int i = 0; i < 5; i++) {
      CancellationSource source = new CancellationSource();
      CompletableFuture<ObjectsResult> answer =
          ask(ORDER, CONTEXT.withCancellation(source.token()));
      begun.add(answer.whenComplete((found, failure) -> source.cancel()));
    }
    int before = asked.size();
    for (int i = 0; i < before; i++) {
      answer(i);
    }
    assertThat(begun).allMatch(CompletableFuture::isDone);
    assertThat(asked).hasSize(before);
  }

  @Test
  void who_was_cancelled_before_does_not_join_either() {
    CancellationSource source = new CancellationSource();
    source.cancel();
    begin(ORDER, CONTEXT);
    begin(ORDER, CONTEXT.withCancellation(source.token()));
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).context().cancellation().isCancelled()).isTrue();
  }

  @Test
  void who_was_cancelled_before_asks_for_nobody_else() {
    CancellationSource source = new CancellationSource();
    source.cancel();
    begin(ORDER, CONTEXT.withCancellation(source.token()));
    begin(ORDER, CONTEXT);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0).context().cancellation().isCancelled()).isTrue();
    assertThat(asked.get(1).context().cancellation().isCancelled()).isFalse();
  }

  @Test
  void losing_interest_in_what_has_ended_does_nothing() {
    CancellationSource source = new CancellationSource();
    begin(ORDER, CONTEXT.withCancellation(source.token()));
    answer(0);
    source.cancel();
    assertThat(asked.get(0).context().cancellation().isCancelled()).isFalse();
  }

  @Test
  void a_failure_is_everybodys_and_is_not_kept() {
    CompletableFuture<ObjectsResult> one = ask(ORDER, CONTEXT);
    answers.get(0).completeExceptionally(new IllegalStateException("broken"));
    assertThatThrownBy(one::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("broken");
    begin(ORDER, CONTEXT);
    assertThat(asked).hasSize(2);
  }

  @Test
  void a_provider_that_throws_is_a_failure() {
    SharedLookups throwing =
        new SharedLookups(
            request -> {
              throw new IllegalStateException("broken");
            });
    ObjectsRequest request = new ObjectsRequest(ORDER, null, CONTEXT);
    assertThat(throwing.objects(request)).isCompletedExceptionally();
  }
}
