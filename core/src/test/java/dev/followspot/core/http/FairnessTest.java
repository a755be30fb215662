package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Slots, alone and under clusters that hang. */
class FairnessTest {

  private static Cluster named(String name, String url) {
    return Cluster.named(name).url(url).authProvider("anonymous").build();
  }

  private static final class Waiting implements Slots.Waiter {
    private Slots.Slot slot;
    private boolean done;

    @Override
    public void granted(Slots.Slot granted) {
      slot = granted;
    }

    @Override
    public boolean isDone() {
      return done;
    }
  }

  private static List<Waiting> want(Slots slots, Cluster cluster, int count) {
    List<Waiting> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Waiting one = new Waiting();
      all.add(one);
      slots.acquire(cluster, one);
    }
    return all;
  }

  private static long granted(List<Waiting> all) {
    return all.stream().filter(one -> one.slot != null).count();
  }

  @Test
  void one_cluster_gets_no_more_than_its_own_bound() {
    Slots slots = new Slots(256, 100);
    assertThat(granted(want(slots, named("a", "http://a"), 300))).isEqualTo(100);
  }

  @Test
  void one_cluster_leaves_room_for_others_when_the_bound_for_all_is_small() {
    Slots slots = new Slots(20, 100);
    assertThat(granted(want(slots, named("a", "http://a"), 300))).isEqualTo(10);
    assertThat(granted(want(slots, named("b", "http://b"), 300))).isPositive();
  }

  @Test
  void many_greedy_clusters_leave_room_for_the_next() {
    Slots slots = new Slots(256, 100);
    for (int i = 0; i < 7; i++) {
      want(slots, named("dead" + i, "http://dead"), 350);
    }
    assertThat(granted(want(slots, named("alive", "http://alive"), 28))).isPositive();
  }

  @Test
  void clusters_take_turns() {
    Slots slots = new Slots(1, 1);
    Waiting held = want(slots, named("c", "http://c"), 1).get(0);
    List<Waiting> first = want(slots, named("a", "http://a"), 3);
    List<Waiting> second = want(slots, named("b", "http://b"), 3);
    for (int i = 0; i < 3; i++) {
      slots.release(held.slot);
      assertThat(List.of(granted(first), granted(second))).containsExactly(i + 1L, (long) i);
      slots.release(first.get(i).slot);
      assertThat(List.of(granted(first), granted(second))).containsExactly(i + 1L, i + 1L);
      held = second.get(i);
    }
  }

  @Test
  void a_single_slot_is_enough() {
    Slots slots = new Slots(1, 1);
    List<Waiting> first = want(slots, named("a", "http://a"), 2);
    List<Waiting> second = want(slots, named("b", "http://b"), 1);
    assertThat(granted(first)).isEqualTo(1);
    assertThat(granted(second)).isZero();
    slots.release(first.get(0).slot);
    slots.release(second.get(0).slot == null ? first.get(1).slot : second.get(0).slot);
    assertThat(granted(first) + granted(second)).isEqualTo(3);
  }

  @Test
  void those_who_wait_go_in_their_order_and_those_who_left_are_passed_over() {
    Slots slots = new Slots(10, 1);
    List<Waiting> all = want(slots, named("a", "http://a"), 4);
    all.get(1).done = true;
    slots.release(all.get(0).slot);
    assertThat(all.get(1).slot).isNull();
    assertThat(all.get(2).slot).isNotNull();
    assertThat(all.get(3).slot).isNull();
  }

  @Test
  void slots_are_never_lost_and_never_too_many() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(20);
      int perCluster = 1 + random.nextInt(10);
      Slots slots = new Slots(most, perCluster);
      List<Waiting> all = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        if (random.nextInt(3) > 0) {
          int number = random.nextInt(5);
          all.addAll(want(slots, named("c" + number, "http://c" + number), 1));
        } else if (!all.isEmpty()) {
          Waiting one = all.remove(random.nextInt(all.size()));
          one.done = true;
          if (one.slot != null) {
            slots.release(one.slot);
          }
        }
        assertThat(slots.inUse()).as("seed " + seed).isLessThanOrEqualTo(most);
      }
      while (!all.isEmpty()) {
        Waiting holder =
            all.stream()
                .filter(one -> one.slot != null)
                .findFirst()
                .orElseThrow(AssertionError::new);
        all.remove(holder);
        slots.release(holder.slot);
      }
      assertThat(slots.inUse()).as("seed " + seed).isZero();
    }
  }

  @Test
  void clusters_that_hang_do_not_delay_one_that_answers() throws Exception {
    HttpSettings settings =
        HttpSettings.DEFAULT
            .withConcurrency(16, 8, 8)
            .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
    try (HttpEngine engine = new HttpEngine(settings);
        RawServer dead = RawServer.plain(RawServer.Peer::awaitEnd);
        RawServer alive =
            RawServer.plain(
                peer -> {
                  while (true) {
                    peer.readHead();
                    peer.answer("{}");
                  }
                })) {
      List<CompletableFuture<ApiResponse>> hanging = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        for (int j = 0; j < 50; j++) {
          hanging.add(
              ask(
                  engine,
                  named("dead" + i, dead.url()),
                  ANONYMOUS,
                  within(Duration.ofSeconds(60))));
        }
      }
      List<CompletableFuture<ApiResponse>> wanted = new ArrayList<>();
      for (int j = 0; j < 28; j++) {
        wanted.add(
            ask(engine, named("alive", alive.url()), ANONYMOUS, within(Duration.ofSeconds(15))));
      }
      for (CompletableFuture<ApiResponse> one : wanted) {
        assertThat(text(one)).isEqualTo("{}");
      }
      assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }
  }
}
