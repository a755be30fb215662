package dev.followspot.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.http.HttpEngine;
import dev.followspot.core.http.HttpSettings;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Entity;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountedLookupsTest {

  private final HttpEngine http = new HttpEngine(HttpSettings.DEFAULT);
  private final CancellationSource cancellation = new CancellationSource();
  private final CompletableFuture<ObjectsResult> answer = new CompletableFuture<>();
  private final ObjectsRequest request =
      new ObjectsRequest(
          Entity.component("order").build(),
          null,
          RequestContext.create().withCancellation(cancellation.token()));

  @AfterEach
  void close() {
    http.close();
  }

  private CompletableFuture<ObjectsResult> ask(ObjectsProvider provider) {
    return new CountedLookups(provider, http).objects(request).toCompletableFuture();
  }

  @Test
  void a_look_up_counts_until_it_is_answered() {
    CompletableFuture<ObjectsResult> asked = ask(asking -> answer);
    assertThat(http.lookUps()).isEqualTo(1);
    answer.complete(new ObjectsResult(request.entity().ref(), List.of(), List.of()));
    assertThat(asked).isCompleted();
    assertThat(http.lookUps()).isZero();
  }

  @Test
  void or_until_it_fails() {
    CompletableFuture<ObjectsResult> asked = ask(asking -> answer);
    answer.completeExceptionally(new IllegalStateException("for a test"));
    assertThat(asked).isCompletedExceptionally();
    assertThat(http.lookUps()).isZero();
  }

  @Test
  void or_until_nobody_waits_any_more_for_an_extension_that_never_answers() {
    CompletableFuture<ObjectsResult> asked = ask(asking -> answer);
    cancellation.cancel();
    assertThat(asked).isNotDone();
    assertThat(http.lookUps()).isZero();
  }

  @Test
  void a_provider_that_throws_has_ended() {
    assertThatThrownBy(
            () ->
                ask(
                    asking -> {
                      throw new IllegalStateException("for a test");
                    }))
        .hasMessage("for a test");
    assertThat(http.lookUps()).isZero();
  }
}
