package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndableBodyTest {

  private final AtomicInteger over = new AtomicInteger();
  private final List<String> seen = new ArrayList<>();
  private final List<String> toSource = new ArrayList<>();
  private Flow.Subscriber<? super ByteBuffer> source;
  private Flow.Subscription receiver;
  private Runnable onPart = () -> {};

  private EndableBody body(WebSocketFrames frames) {
    return new EndableBody(
        subscriber -> {
          source = subscriber;
          subscriber.onSubscribe(
              new Flow.Subscription() {
                @Override
                public void request(long parts) {
                  toSource.add("request " + parts);
                }

                @Override
                public void cancel() {
                  toSource.add("cancel");
                }
              });
        },
        frames,
        over::incrementAndGet);
  }

  private void receive(EndableBody body) {
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            receiver = subscription;
            subscription.request(1);
          }

          @Override
          public void onNext(ByteBuffer part) {
            seen.add(StandardCharsets.ISO_8859_1.decode(part).toString());
            onPart.run();
          }

          @Override
          public void onError(Throwable cause) {
            seen.add("error " + cause.getMessage());
          }

          @Override
          public void onComplete() {
            seen.add("complete");
          }
        });
  }

  private static ByteBuffer part(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void passes_a_body_through() {
    receive(body(null));
    source.onNext(part("one"));
    receiver.request(5);
    source.onNext(part("two"));
    source.onComplete();

    assertThat(seen).containsExactly("one", "two", "complete");
    assertThat(toSource).containsExactly("request 1", "request 5");
    assertThat(over).hasValue(1);
  }

  @Test
  void completes_a_body_that_has_no_end_and_cancels_its_source() {
    EndableBody body = body(null);
    receive(body);
    source.onNext(part("one"));
    body.complete();
    body.complete();
    source.onNext(part("late"));
    source.onComplete();

    assertThat(seen).containsExactly("one", "complete");
    assertThat(toSource).containsExactly("request 1", "cancel");
    assertThat(over).hasValue(1);
  }

  @Test
  void breaks_a_body_off_so_that_it_does_not_look_complete() {
    EndableBody body = body(null);
    receive(body);
    body.breakOff();

    assertThat(seen).containsExactly("error the server shuts down");
    assertThat(toSource).contains("cancel");
    assertThat(over).hasValue(1);
  }

  @Test
  void waits_for_the_part_that_is_being_received() {
    EndableBody body = body(null);
    receive(body);
    onPart =
        () -> {
          body.complete();
          seen.add("still in onNext");
        };
    source.onNext(part("one"));

    assertThat(seen).containsExactly("one", "still in onNext", "complete");
  }

  @Test
  void ends_as_soon_as_it_is_subscribed_to_if_it_was_ended_before() {
    EndableBody body = body(null);
    body.complete();
    receive(body);

    assertThat(seen).containsExactly("complete");
    assertThat(over).hasValue(1);
  }

  @Test
  void is_over_when_its_receiver_cancels_or_its_source_fails() {
    receive(body(null));
    receiver.cancel();
    assertThat(toSource).contains("cancel");
    assertThat(over).hasValue(1);

    receive(body(null));
    source.onError(new IllegalStateException("broken"));
    assertThat(seen).containsExactly("error broken");
    assertThat(over).hasValue(2);
  }

  @Test
  void tells_a_web_socket_that_the_server_goes_away_but_not_within_a_frame() {
    EndableBody body = body(new WebSocketFrames());
    receive(body);
    body.complete();
    assertThat(seen).containsExactly("\u0088\u0002\u0003\u00e9", "complete");

    seen.clear();
    EndableBody within = body(new WebSocketFrames());
    receive(within);
    source.onNext(part("\u0082\u0005ab"));
    receiver.request(1);
    within.complete();
    assertThat(seen).containsExactly("\u0082\u0005ab", "complete");
  }

  @Test
  void sends_no_close_frame_that_nobody_asked_for() {
    EndableBody body = body(new WebSocketFrames());
    receive(body);
    source.onNext(part("\u0082\u0001a"));
    body.complete();

    assertThat(seen).containsExactly("\u0082\u0001a", "complete");
  }
}
