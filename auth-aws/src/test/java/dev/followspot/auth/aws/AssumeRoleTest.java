package dev.followspot.auth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.RequestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of roles, whose credentials come from an STS on this machine. */
class AssumeRoleTest {

  private static final Cluster CLUSTER =
      Fixtures.cluster(
          "alpha",
          Map.of(
              EksCluster.ID, "my-cluster",
              EksCluster.ASSUME_ROLE, Fixtures.ROLE,
              EksCluster.EXTERNAL_ID, "external-canary"));

  private static Instant in(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void the_role_signs_and_not_we() throws Exception {
    try (FakeSts sts = new FakeSts(form -> FakeSts.credentials(in(Duration.ofHours(1))));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, sts.url())) {
      Map<String, String> query =
          Fixtures.query(Fixtures.url(Fixtures.credential(strategy, CLUSTER)));

      assertThat(query.get("X-Amz-Credential")).startsWith(FakeSts.ROLE_ID + "%2F");
      assertThat(query).containsEntry("X-Amz-Security-Token", "session%2Fof%2Bthe%3Drole");
      assertThat(query.get("X-Amz-Signature"))
          .isEqualTo(
              SignatureV4.of(
                  "sts.eu-west-1.amazonaws.com",
                  "my-cluster",
                  query,
                  FakeSts.ROLE_SECRET,
                  "eu-west-1"));
      assertThat(sts.requests)
          .singleElement()
          .satisfies(
              form ->
                  assertThat(form)
                      .containsEntry("Action", "AssumeRole")
                      .containsEntry("RoleArn", Fixtures.ROLE)
                      .containsEntry("ExternalId", "external-canary")
                      .containsEntry("RoleSessionName", "followspot"));
      assertThat(sts.authorizations.get(0))
          .contains("Credential=" + Fixtures.ID + "/")
          .contains("/eu-west-1/sts/aws4_request");
    }
  }

  @Test
  void a_role_is_assumed_once_for_all_clusters_and_times_until_its_credentials_end()
      throws Exception {
    try (FakeSts sts = new FakeSts(form -> FakeSts.credentials(in(Duration.ofHours(1))));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Clock.systemUTC(), sts.url())) {
      List<CompletableFuture<Credential>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Cluster cluster =
            Fixtures.cluster("cluster-" + i, Map.of(EksCluster.ASSUME_ROLE, Fixtures.ROLE));
        all.add(strategy.credential(cluster, RequestContext.create()).toCompletableFuture());
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(50);
      assertThat(sts.requests).hasSize(1);

      Fixtures.credential(
          strategy,
          Fixtures.cluster(
              "other",
              Map.of(EksCluster.ASSUME_ROLE, Fixtures.ROLE, EksCluster.EXTERNAL_ID, "x2")));
      assertThat(sts.requests).as("another external id is another role").hasSize(2);
    }
  }

  @Test
  void a_token_ends_with_the_credentials_that_signed_it() throws Exception {
    Instant soon = in(Duration.ofMinutes(9));
    try (FakeSts sts = new FakeSts(form -> FakeSts.credentials(soon));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Clock.systemUTC(), sts.url())) {
      assertThat(Fixtures.credential(strategy, CLUSTER).expiresAt()).contains(soon);
    }
  }

  @Test
  void credentials_that_have_ended_are_asked_for_anew() throws Exception {
    try (FakeSts sts = new FakeSts(form -> FakeSts.credentials(in(Duration.ofSeconds(5))));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Clock.systemUTC(), sts.url())) {
      Fixtures.credential(strategy, CLUSTER);
      Fixtures.credential(strategy, CLUSTER);
      // The SDK takes the last minute of credentials for nothing.
      assertThat(sts.requests).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, let the role trust the identity",
    "403, ExpiredToken, AWS_SESSION_TOKEN",
    "403, InvalidClientTokenId, AWS does not know the access key",
    "403, SignatureDoesNotMatch, clock",
    "403, RegionDisabledException, AWS_REGION",
    "400, ValidationError, correct the ARN",
    "400, Odd<b>, CloudTrail",
  })
  void a_refusal_tells_its_code_and_the_cure_and_nothing_that_sts_said(
      int status, String code, String cure) throws Exception {
    String message = "canonical was " + Fixtures.SECRET + " for " + Fixtures.ROLE;
    try (FakeSts sts =
            new FakeSts(form -> FakeSts.refusal(status, code.replace("<", "&lt;"), message));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, sts.url())) {
      Throwable failure = Fixtures.failure(strategy, CLUSTER);

      assertThat(failure)
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("kubernetes.io/aws-assume-role")
          .hasMessageContaining("status " + status)
          .hasMessageContaining(cure)
          .hasNoCause();
      assertThat(failure.getMessage().contains(code)).isEqualTo(!code.contains("<"));
      assertThat(failure.getMessage())
          .doesNotContain(
              Fixtures.SECRET, Fixtures.ID, Fixtures.ROLE, "canonical", "external-canary");
    }
  }

  @Test
  void an_sts_that_is_not_there_is_a_failure_that_says_so() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (AwsAuth strategy =
        Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, URI.create("http://127.0.0.1:" + port))) {
      assertThat(Fixtures.failure(strategy, CLUSTER))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("STS cannot be reached")
          .hasMessageContaining("ConnectException")
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not xml", "<AssumeRoleResponse/>", ""})
  void an_sts_that_lies_is_a_failure_and_no_token(String body) throws Exception {
    try (FakeSts sts = new FakeSts(form -> new FakeSts.Answer(200, body));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, sts.url())) {
      assertThat(Fixtures.failure(strategy, CLUSTER)).isInstanceOf(CredentialException.class);
    }
  }

  @Test
  void a_silent_sts_holds_up_its_own_clusters_only_and_not_the_end_of_the_engine()
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (FakeSts sts =
        new FakeSts(
            form -> {
              asked.countDown();
              awaitQuietly(end);
              return FakeSts.credentials(in(Duration.ofHours(1)));
            })) {
      AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, sts.url());
      List<CompletableFuture<Credential>> stuck = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Cluster cluster =
            Fixtures.cluster("a", Map.of(EksCluster.ASSUME_ROLE, Fixtures.ROLE + "/" + i));
        stuck.add(strategy.credential(cluster, RequestContext.create()).toCompletableFuture());
      }
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

      Fixtures.credential(strategy, Fixtures.cluster("without-role", Map.of()));
      strategy.close();
      for (CompletableFuture<Credential> one : stuck) {
        assertThat(one.handle((credential, failure) -> failure).get(60, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(CredentialException.class);
      }
      end.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(90, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody ended it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_is_no_role_is_not_sent_anywhere() throws IOException {
    try (FakeSts sts = new FakeSts(form -> FakeSts.credentials(in(Duration.ofHours(1))));
        AwsAuth strategy = Fixtures.strategy(Fixtures.KEYS, Fixtures.CLOCK, sts.url())) {
      for (String arn :
          List.of("arn:role", "admin", "arn:aws:iam::1:role/x", Fixtures.ROLE + "\n")) {
        Cluster cluster = Fixtures.cluster("alpha", Map.of(EksCluster.ASSUME_ROLE, arn));
        assertThat(strategy.problems(cluster)).as("no reason not to start").isEmpty();
        assertThat(Fixtures.failure(strategy, cluster))
            .isInstanceOf(CredentialException.class)
            .hasMessageContaining("arn:aws:iam::123456789012:role/name is expected");
      }
      Cluster external =
          Fixtures.cluster(
              "alpha",
              Map.of(EksCluster.ASSUME_ROLE, Fixtures.ROLE, EksCluster.EXTERNAL_ID, "bad canary!"));
      assertThat(Fixtures.failure(strategy, external))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("kubernetes.io/aws-external-id")
          .message()
          .doesNotContain("canary");
      assertThat(sts.requests).isEmpty();
    }
  }
}
