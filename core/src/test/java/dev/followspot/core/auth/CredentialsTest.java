package dev.followspot.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Ticking clock = new Ticking();
  private final Credentials credentials = new Credentials(clock);
  private final Asked shared = new Asked(false);
  private final Asked personal = new Asked(true);

  private static Cluster cluster(String name) {
    return Cluster.named(name)
        .url("https://" + name + ".example.com")
        .authProvider("vault")
        .build();
  }

  private CredentialSource lookup(AuthStrategy strategy) {
    return credentials.source(cluster("dev"), strategy, RequestContext.create());
  }

  private static Credential token(String text, @Nullable Duration life) {
    return Credential.bearer(Secret.of(text), life == null ? null : START.plus(life));
  }

  private static Credential now(CompletionStage<Credential> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  @Test
  void nothing_is_asked_before_a_request_needs_it() {
    lookup(shared);
    assertThat(shared.count()).isZero();
  }

  @Test
  void all_requests_of_a_look_up_share_one_answer() {
    for (Asked strategy : List.of(shared, personal)) {
      CredentialSource source = lookup(strategy);
      List<CompletionStage<Credential>> answers = new ArrayList<>();
      for (int i = 0; i < 28; i++) {
        answers.add(source.credential());
      }
      assertThat(answers).noneMatch(answer -> answer.toCompletableFuture().isDone());
      strategy.answer(0, token("a", null));
      assertThat(answers).allSatisfy(answer -> assertThat(Outcome.of(answer)).isEqualTo("a"));
      assertThat(Outcome.of(source.credential())).isEqualTo("a");
      assertThat(strategy.count()).isOne();
    }
  }

  @Test
  void requests_of_several_threads_ask_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        Asked strategy = new Asked(round % 2 == 0);
        strategy.atOnce = token("a", null);
        CredentialSource source = lookup(strategy);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return Outcome.of(source.credential());
                  }));
        }
        start.countDown();
        for (Future<String> answer : answers) {
          assertThat(answer.get()).isEqualTo("a");
        }
        assertThat(strategy.count()).as("round " + round).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void look_ups_at_the_same_time_ask_once_for_what_does_not_depend_on_the_caller() {
    CompletionStage<Credential> one = lookup(shared).credential();
    CompletionStage<Credential> two = lookup(shared).credential();
    shared.answer(0, token("a", null));
    assertThat(Outcome.of(one) + Outcome.of(two)).isEqualTo("aa");
    assertThat(shared.count()).isOne();
  }

  @Test
  void what_depends_on_the_caller_is_asked_for_with_the_callers_context_and_never_shared() {
    RequestContext jane =
        RequestContext.create()
            .withCaller(Caller.of("user:default/jane"))
            .withAuth(RequestAuth.none().with("google", "janes"));
    RequestContext joe = jane.withCaller(Caller.of("user:default/joe"));
    CompletionStage<Credential> janes =
        credentials.source(cluster("dev"), personal, jane).credential();
    CompletionStage<Credential> joes =
        credentials.source(cluster("dev"), personal, joe).credential();
    personal.answer(1, token("joe", Duration.ofHours(1)));
    personal.answer(0, token("jane", Duration.ofHours(1)));
    assertThat(Outcome.of(janes)).isEqualTo("jane");
    assertThat(Outcome.of(joes)).isEqualTo("joe");
    assertThat(personal.contexts).containsExactly(jane, joe);
    credentials.source(cluster("dev"), personal, jane).credential();
    assertThat(personal.count()).as("not kept either").isEqualTo(3);
  }

  @Test
  void what_is_shared_is_asked_for_in_nobodys_name() {
    CancellationSource cancelled = new CancellationSource();
    cancelled.cancel();
    RequestContext jane =
        RequestContext.create()
            .withCaller(Caller.of("user:default/jane"))
            .withAuth(RequestAuth.none().with("google", "janes"))
            .withDeadline(Deadline.after(Duration.ZERO))
            .withCancellation(cancelled.token());
    credentials.source(cluster("dev"), shared, jane).credential();
    assertThat(shared.contexts).containsExactly(RequestContext.create());
  }

  @Test
  void one_who_no_longer_waits_ends_nobody_elses_waiting() {
    CredentialSource source = lookup(shared);
    CompletionStage<Credential> impatient = source.credential();
    CompletionStage<Credential> patient = source.credential();
    CompletionStage<Credential> other = lookup(shared).credential();
    assertThat(impatient.toCompletableFuture().cancel(true)).isTrue();
    assertThat(patient.toCompletableFuture()).isNotDone();
    shared.answer(0, token("a", null));
    assertThat(Outcome.of(patient) + Outcome.of(other)).isEqualTo("aa");
    assertThat(Outcome.of(source.credential())).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    // life in seconds, seconds until it is asked for anew
    "3600,3570",
    "300,270",
    "100,90",
    "10,9"
  })
  void a_credential_is_kept_until_shortly_before_it_expires(int life, int kept) {
    shared.atOnce = token("a", Duration.ofSeconds(life));
    now(lookup(shared).credential());
    clock.now = START.plusSeconds(kept).minusMillis(1);
    now(lookup(shared).credential());
    assertThat(shared.count()).isOne();
    clock.now = START.plusSeconds(kept);
    now(lookup(shared).credential());
    assertThat(shared.count()).isEqualTo(2);
  }

  @Test
  void a_credential_without_an_end_or_past_it_is_asked_for_anew_by_each_look_up() {
    for (Credential credential :
        List.of(token("a", null), token("a", Duration.ofSeconds(-1)), Credential.none())) {
      Asked strategy = new Asked(false);
      strategy.atOnce = credential;
      assertThat(now(lookup(strategy).credential())).isEqualTo(credential);
      assertThat(now(lookup(strategy).credential())).isEqualTo(credential);
      assertThat(strategy.count()).isEqualTo(2);
    }
  }

  @Test
  void the_last_instant_there_is_can_be_an_end() {
    shared.atOnce = Credential.bearer(Secret.of("a"), Instant.MAX);
    now(lookup(shared).credential());
    now(lookup(shared).credential());
    assertThat(shared.count()).isOne();
  }

  @Test
  void a_cluster_that_was_read_again_without_a_change_keeps_its_credential() {
    shared.atOnce = token("a", Duration.ofHours(1));
    now(lookup(shared).credential());
    now(lookup(shared).credential());
    assertThat(shared.count()).isOne();
  }

  @Test
  void another_cluster_strategy_or_setting_is_another_credential() {
    shared.atOnce = token("a", Duration.ofHours(1));
    Cluster dev = cluster("dev");
    List<Cluster> clusters =
        List.of(
            dev,
            cluster("prod"),
            dev.toBuilder().url("https://elsewhere.example.com").build(),
            dev.toBuilder().authMetadata(Map.of("role", "x")).build(),
            dev.toBuilder().serviceAccountToken(Secret.of("t")).build(),
            dev.toBuilder().skipTlsVerify(true).build());
    for (Cluster cluster : clusters) {
      now(credentials.source(cluster, shared, RequestContext.create()).credential());
    }
    assertThat(shared.count()).isEqualTo(clusters.size());
    Asked second = new Asked(false);
    second.atOnce = token("b", null);
    assertThat(Outcome.of(lookup(second).credential())).isEqualTo("b");
  }

  @Test
  void a_failure_is_shared_by_the_look_up_and_not_kept_for_the_next() {
    CredentialSource source = lookup(shared);
    CompletionStage<Credential> first = source.credential();
    shared.fail(0, new CredentialException("vault is sealed"));
    assertThat(Outcome.of(first)).isEqualTo("authProvider 'vault': vault is sealed");
    assertThat(Outcome.of(source.credential())).isEqualTo("authProvider 'vault': vault is sealed");
    assertThat(shared.count()).isOne();
    shared.atOnce = token("a", null);
    assertThat(Outcome.of(lookup(shared).credential())).isEqualTo("a");
  }

  @Test
  void whatever_a_strategy_does_wrong_is_a_credential_exception_without_secrets() {
    RuntimeException leak = new IllegalStateException("s3cret is no legal header");
    Map<AuthStrategy, String> wrongs =
        Map.of(
            strategy((c, r) -> null), "it returned null",
            strategy((c, r) -> CompletableFuture.completedFuture(null)), "it answered null",
            strategy(
                    (c, r) -> {
                      throw leak;
                    }),
                "it failed with java.lang.IllegalStateException at ",
            strategy((c, r) -> CompletableFuture.failedFuture(new CompletionException(leak))),
                "it failed with java.lang.IllegalStateException at ",
            strategy((c, r) -> CompletableFuture.supplyAsync(() -> fail(leak), Runnable::run)),
                "it failed with java.lang.IllegalStateException at ",
            strategy(
                    (c, r) -> {
                      throw new NoClassDefFoundError("com/example/Vault");
                    }),
                "it failed with java.lang.NoClassDefFoundError at ",
            strategy((c, r) -> CompletableFuture.failedFuture(new CancellationException())),
                "it failed with java.util.concurrent.CancellationException at ",
            strategy((c, r) -> CompletableFuture.failedFuture(new CredentialException("sealed"))),
                "sealed");
    wrongs.forEach(
        (strategy, message) -> {
          CompletionStage<Credential> answer = lookup(strategy).credential();
          assertThat(Outcome.failure(answer))
              .hasMessageStartingWith("authProvider 'vault': " + message)
              .hasMessageNotContaining("s3cret");
        });
  }

  @Test
  void a_strategy_that_cannot_say_whether_it_depends_on_the_caller_is_not_shared() {
    List<RequestContext> asked = new ArrayList<>();
    AuthStrategy broken =
        new AuthStrategy() {
          @Override
          public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
            asked.add(context);
            return CompletableFuture.completedFuture(token("a", Duration.ofHours(1)));
          }

          @Override
          public boolean dependsOnCaller() {
            throw new IllegalStateException("broken");
          }
        };
    now(lookup(broken).credential());
    now(lookup(broken).credential());
    assertThat(asked).hasSize(2);
  }

  @Test
  void requests_that_were_refused_the_same_credential_share_one_refresh() {
    for (Asked strategy : List.of(shared, personal)) {
      CredentialSource source = lookup(strategy);
      CompletionStage<Credential> first = source.credential();
      strategy.answer(0, token("a", null));
      List<CompletionStage<Credential>> refreshed = new ArrayList<>();
      for (int i = 0; i < 28; i++) {
        refreshed.add(source.refresh(now(first)));
      }
      strategy.answer(1, token("b", null));
      assertThat(refreshed).allSatisfy(answer -> assertThat(Outcome.of(answer)).isEqualTo("b"));
      assertThat(Outcome.of(source.refresh(now(first)))).as("a late one").isEqualTo("b");
      assertThat(Outcome.of(source.credential())).as("a new request").isEqualTo("b");
      assertThat(strategy.count()).isEqualTo(2);
    }
  }

  @Test
  void a_refresh_that_gives_the_same_credential_is_not_repeated() {
    shared.atOnce = token("a", null);
    CredentialSource source = lookup(shared);
    Credential refused = now(source.credential());
    for (int i = 0; i < 28; i++) {
      assertThat(now(source.refresh(refused))).isEqualTo(refused);
    }
    assertThat(shared.count()).isEqualTo(2);
  }

  @Test
  void a_refreshed_credential_can_be_refused_too() {
    shared.atOnce = token("a", null);
    CredentialSource source = lookup(shared);
    Credential a = now(source.credential());
    shared.atOnce = token("b", null);
    Credential b = now(source.refresh(a));
    shared.atOnce = token("c", null);
    assertThat(Outcome.of(source.refresh(b))).isEqualTo("c");
    assertThat(Outcome.of(source.refresh(a))).as("a very late one").isEqualTo("c");
    assertThat(shared.count()).isEqualTo(3);
  }

  @Test
  void a_refresh_that_fails_fails_for_all_who_share_it() {
    shared.atOnce = token("a", null);
    CredentialSource source = lookup(shared);
    Credential a = now(source.credential());
    shared.atOnce = null;
    CompletionStage<Credential> one = source.refresh(a);
    CompletionStage<Credential> two = source.refresh(a);
    shared.fail(1, new CredentialException("sealed"));
    assertThat(Outcome.of(one)).isEqualTo(Outcome.of(two)).endsWith("sealed");
    assertThat(shared.count()).isEqualTo(2);
  }

  @Test
  void look_ups_that_were_refused_the_same_kept_credential_share_one_refresh() {
    shared.atOnce = token("a", Duration.ofHours(1));
    CredentialSource one = lookup(shared);
    CredentialSource two = lookup(shared);
    CredentialSource three = lookup(shared);
    Credential refused = now(one.credential());
    now(two.credential());
    now(three.credential());
    shared.atOnce = null;
    CompletionStage<Credential> first = one.refresh(refused);
    CompletionStage<Credential> second = two.refresh(refused);
    assertThat(shared.count()).isEqualTo(2);
    shared.answer(1, token("b", Duration.ofHours(1)));
    assertThat(Outcome.of(first) + Outcome.of(second)).isEqualTo("bb");
    assertThat(Outcome.of(three.refresh(refused))).as("a late one").isEqualTo("b");
    assertThat(Outcome.of(lookup(shared).credential())).as("the next look-up").isEqualTo("b");
    assertThat(shared.count()).isEqualTo(2);
  }

  @Test
  void look_ups_of_several_threads_refresh_each_kept_credential_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 300; round++) {
        AtomicInteger asked = new AtomicInteger();
        Set<Credential> refused = ConcurrentHashMap.newKeySet();
        AuthStrategy counting =
            new AuthStrategy() {
              @Override
              public CompletionStage<Credential> credential(Cluster c, RequestContext context) {
                return CompletableFuture.completedFuture(
                    token("t" + asked.incrementAndGet(), Duration.ofHours(1)));
              }

              @Override
              public boolean dependsOnCaller() {
                return false;
              }
            };
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          CredentialSource source = lookup(counting);
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    Credential first = source.credential().toCompletableFuture().join();
                    refused.add(first);
                    return Outcome.of(source.refresh(first));
                  }));
        }
        start.countDown();
        for (Future<String> answer : answers) {
          // A thread that comes late is given the second one at first, and has that refused.
          assertThat(answer.get()).as("round " + round).startsWith("t").isNotEqualTo("t1");
        }
        assertThat(asked.get()).as("round " + round).isBetween(2, 1 + refused.size());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_refresh_does_not_trust_what_was_asked_for_before_the_refusal() {
    shared.atOnce = token("a", null);
    CredentialSource one = lookup(shared);
    Credential refused = now(one.credential());
    shared.atOnce = null;
    CompletionStage<Credential> other = lookup(shared).credential();
    CompletionStage<Credential> refreshed = one.refresh(refused);
    shared.answer(1, refused);
    shared.answer(2, token("b", null));
    assertThat(Outcome.of(other)).isEqualTo("a");
    assertThat(Outcome.of(refreshed)).isEqualTo("b");
  }

  @Test
  void a_strategy_that_never_answers_does_not_hold_up_later_look_ups_for_ever() {
    CompletionStage<Credential> stuck = lookup(shared).credential();
    clock.now = START.plusSeconds(29);
    lookup(shared).credential();
    assertThat(shared.count()).isOne();
    clock.now = START.plusSeconds(30);
    CompletionStage<Credential> next = lookup(shared).credential();
    shared.answer(1, token("b", Duration.ofHours(1)));
    assertThat(Outcome.of(next)).isEqualTo("b");
    assertThat(stuck.toCompletableFuture()).isNotDone();
    shared.answer(0, token("late", null));
    assertThat(Outcome.of(lookup(shared).credential())).as("is still kept").isEqualTo("b");
  }

  @SuppressWarnings("FutureReturnValueIgnored") // only what stays behind matters
  @Test
  void clusters_that_come_and_go_leave_a_bounded_number_of_credentials() {
    SharedCredentials store = new SharedCredentials(clock);
    for (int i = 0; i < 5_000; i++) {
      CredentialKey key = CredentialKey.of(shared, cluster("c" + i));
      Credential credential = token("t", Duration.ofHours(1));
      boolean hangs = i % 3 == 0;
      store.get(
          key,
          () -> hangs ? new CompletableFuture<>() : CompletableFuture.completedFuture(credential));
    }
    assertThat(store.size()).isEqualTo(SharedCredentials.MAX_ENTRIES);
    clock.now = START.plus(Duration.ofHours(2));
    store.get(
        CredentialKey.of(shared, cluster("last")),
        () -> CompletableFuture.completedFuture(token("t", null)));
    assertThat(store.size()).as("expired ones are gone at the next question").isLessThan(350);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // only what stays behind matters
  @Test
  void credentials_without_an_end_leave_nothing_behind() {
    SharedCredentials store = new SharedCredentials(clock);
    store.get(
        CredentialKey.of(shared, cluster("dev")),
        () -> CompletableFuture.completedFuture(token("t", null)));
    store.get(
        CredentialKey.of(shared, cluster("dev")),
        () -> CompletableFuture.failedFuture(new CredentialException("sealed")));
    assertThat(store.size()).isZero();
  }

  @Test
  void no_key_shows_a_secret() {
    Cluster cluster =
        cluster("dev").toBuilder().authMetadata(Map.of("serviceAccountToken", "s3cret")).build();
    assertThat(CredentialKey.of(shared, cluster)).hasToString("CredentialKey[dev]");
  }

  private static Credential fail(RuntimeException failure) {
    throw failure;
  }

  private static AuthStrategy strategy(
      BiFunction<Cluster, RequestContext, @Nullable CompletionStage<Credential>> credential) {
    return credential::apply;
  }

  /** Keeps what it was asked for, and answers when told to. */
  private static final class Asked implements AuthStrategy {
    private final boolean dependsOnCaller;
    private final List<RequestContext> contexts = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Credential>> answers =
        Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable Credential atOnce;

    Asked(boolean dependsOnCaller) {
      this.dependsOnCaller = dependsOnCaller;
    }

    @Override
    public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
      contexts.add(context);
      CompletableFuture<Credential> answer = new CompletableFuture<>();
      answers.add(answer);
      if (atOnce != null) {
        answer.complete(atOnce);
      }
      return answer;
    }

    @Override
    public boolean dependsOnCaller() {
      return dependsOnCaller;
    }

    int count() {
      return answers.size();
    }

    void answer(int question, Credential credential) {
      answers.get(question).complete(credential);
    }

    void fail(int question, Throwable failure) {
      answers.get(question).completeExceptionally(failure);
    }
  }

  private static final class Ticking extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
