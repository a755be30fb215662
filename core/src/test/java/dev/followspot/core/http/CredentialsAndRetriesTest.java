package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.answer;
import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cancellation;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credentials, the tries that follow a 401, 429 or 503, deadlines and cancellation. */
class CredentialsAndRetriesTest {

  private static final Credential OLD = Credential.bearer(Secret.of("old-token"));
  private static final Credential NEW = Credential.bearer(Secret.of("new-token"));

  private final HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);

  @AfterEach
  void close() {
    engine.close();
  }

  /** Answers 401 to everything but the new token, and tells which tokens came. */
  private static RawServer picky() throws Exception {
    return RawServer.plain(
        peer -> {
          while (true) {
            String head = peer.readHead();
            String token =
                head.lines()
                    .filter(line -> line.startsWith("Authorization: "))
                    .findFirst()
                    .orElse("none");
            peer.tell(token);
            if (token.endsWith("new-token")) {
              peer.answer("{}");
            } else {
              peer.sendHead("HTTP/1.1 401 Unauthorized", "Content-Length: 0");
            }
          }
        });
  }

  private static CredentialSource source(
      Supplier<CompletionStage<Credential>> first, Supplier<CompletionStage<Credential>> second) {
    return new CredentialSource() {
      @Override
      public CompletionStage<Credential> credential() {
        return first.get();
      }

      @Override
      public CompletionStage<Credential> refresh(Credential rejected) {
        return second.get();
      }
    };
  }

  private CompletableFuture<ApiResponse> as(RawServer server, CredentialSource credentials) {
    return ask(engine, cluster(server.url()).build(), credentials, within(Duration.ofSeconds(20)));
  }

  private static CompletionStage<Credential> done(Credential credential) {
    return CompletableFuture.completedStage(credential);
  }

  @Test
  void a_refused_token_is_refreshed_and_tried_once_more() throws Exception {
    try (RawServer server = picky()) {
      assertThat(text(as(server, source(() -> done(OLD), () -> done(NEW))))).isEqualTo("{}");
      assertThat(server.next()).isEqualTo("Authorization: Bearer old-token");
      assertThat(server.next()).isEqualTo("Authorization: Bearer new-token");
    }
  }

  @Test
  void a_token_that_cannot_be_replaced_is_not_tried_again() throws Exception {
    try (RawServer server = picky()) {
      AtomicInteger refreshes = new AtomicInteger();
      CredentialSource same =
          source(
              () -> done(OLD),
              () -> {
                refreshes.incrementAndGet();
                return done(OLD);
              });
      assertThat(answer(as(server, same)).status()).isEqualTo(401);
      assertThat(refreshes).hasValue(1);
      assertThat(server.next()).isEqualTo("Authorization: Bearer old-token");

      Credential alsoBad = Credential.bearer(Secret.of("also-bad"));
      assertThat(answer(as(server, source(() -> done(OLD), () -> done(alsoBad)))).status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_credential_that_fails_says_why_and_shows_no_secret() throws Exception {
    try (RawServer server = picky()) {
      ApiFailure told =
          failure(
              as(
                  server,
                  source(
                      () ->
                          CompletableFuture.failedFuture(
                              new CredentialException("log in to google first")),
                      () -> done(NEW))));
      assertThat(told.status()).isEqualTo(CellStatus.CREDENTIAL);
      assertThat(told).hasMessage("log in to google first");

      ApiFailure bug =
          failure(
              as(
                  server,
                  source(
                      () -> {
                        throw new IllegalStateException("token=hunter2");
                      },
                      () -> done(NEW))));
      assertThat(bug.status()).isEqualTo(CellStatus.CREDENTIAL);
      assertThat(bug)
          .hasMessageContaining("IllegalStateException")
          .hasMessageContaining("cluster 'test'")
          .hasMessageNotContaining("hunter2");

      ApiFailure nothing = failure(as(server, source(() -> done(null), () -> done(NEW))));
      assertThat(nothing.status()).isEqualTo(CellStatus.CREDENTIAL);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void a_credential_that_never_comes_ends_at_the_deadline() throws Exception {
    CredentialSource never = source(CompletableFuture::new, () -> done(NEW));
    Cluster cluster = cluster("http://127.0.0.1:1").build();
    ApiFailure failure = failure(ask(engine, cluster, never, within(Duration.ofMillis(200))));
    assertThat(failure.status()).isEqualTo(CellStatus.TIMEOUT);
    assertThat(failure).hasMessageContaining("waiting for a credential");
  }

  private static RawServer busy(String status, String... retryAfter) throws Exception {
    AtomicInteger count = new AtomicInteger();
    return RawServer.plain(
        peer -> {
          while (true) {
            peer.readHead();
            if (count.incrementAndGet() == 1) {
              String extra = retryAfter.length == 0 ? "X-None: 1" : "Retry-After: " + retryAfter[0];
              peer.sendHead("HTTP/1.1 " + status, extra, "Content-Length: 0");
            } else {
              peer.answer("{}");
            }
          }
        });
  }

  @Test
  void too_many_requests_are_tried_once_more_after_what_the_server_says() throws Exception {
    try (RawServer server = busy("429 Too Many Requests", "1")) {
      ApiResponse response = answer(as(server, ANONYMOUS));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }
    try (RawServer server = busy("503 Service Unavailable")) {
      ApiResponse response = answer(as(server, ANONYMOUS));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }
  }

  @Test
  void there_is_no_second_try_after_the_deadline_or_much_later() throws Exception {
    try (RawServer server = busy("429 Too Many Requests", "25")) {
      assertThat(answer(as(server, ANONYMOUS)).status()).isEqualTo(429);
    }
    try (RawServer server = busy("429 Too Many Requests", "86400")) {
      RequestContext patient = RequestContext.create();
      assertThat(answer(ask(engine, cluster(server.url()).build(), ANONYMOUS, patient)).status())
          .isEqualTo(429);
    }
  }

  @Test
  void retry_after_is_seconds_or_a_date() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(7).atZone(ZoneOffset.UTC));
    assertThat(RetryAfter.delay("3", now)).isEqualTo(Duration.ofSeconds(3));
    assertThat(RetryAfter.delay(date, now)).isEqualTo(Duration.ofSeconds(7));
    assertThat(RetryAfter.delay(date, now.plusSeconds(100))).isEqualTo(Duration.ZERO);
    for (String useless : new String[] {"", "soon", "-1", "9999999999999"}) {
      assertThat(RetryAfter.delay(useless, now))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(500));
    }
    assertThat(RetryAfter.delay(null, now)).isPositive();
  }

  @Test
  void cancelling_closes_the_connection_and_takes_the_action_back() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.tell(peer.readHead());
              peer.awaitEnd();
              peer.tell("closed");
            })) {
      CancellationSource source = new CancellationSource();
      CompletableFuture<ApiResponse> call =
          ask(
              engine,
              cluster(server.url()).build(),
              ANONYMOUS,
              RequestContext.create().withCancellation(source.token()));
      server.next();
      source.cancel();
      assertThat(failure(call).status()).isEqualTo(CellStatus.CANCELLED);
      assertThat(server.next()).isEqualTo("closed");
      assertThat(engine.requests()).isZero();

      CompletableFuture<ApiResponse> late =
          ask(
              engine,
              cluster(server.url()).build(),
              ANONYMOUS,
              RequestContext.create().withCancellation(source.token()));
      assertThat(late).isCompletedExceptionally();
    }
  }

  @Test
  void no_action_is_left_behind_when_a_call_has_ended() throws Exception {
    AtomicInteger registered = new AtomicInteger();
    Cancellation counting =
        new Cancellation() {
          @Override
          public boolean isCancelled() {
            return false;
          }

          @Override
          public Registration onCancel(Runnable action) {
            registered.incrementAndGet();
            return registered::decrementAndGet;
          }
        };
    RequestContext context = within(Duration.ofSeconds(20)).withCancellation(counting);
    try (RawServer server = picky()) {
      Cluster cluster = cluster(server.url()).build();
      answer(ask(engine, cluster, Asking.of(NEW), context));
      failure(ask(engine, cluster("http://127.0.0.1:1").build(), ANONYMOUS, context));
      assertThat(registered).hasValue(0);
    }
  }
}
