package dev.followspot.auth.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a token. */
class EksTokenTest {

  private final AuthStrategy strategy = Fixtures.strategy(Fixtures.KEYS);

  private static Map<String, String> with(String... more) {
    Map<String, String> environment = new HashMap<>(Fixtures.KEYS);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void it_is_a_presigned_request_that_sts_and_the_cluster_accept() throws Exception {
    String url = Fixtures.url(Fixtures.credential(strategy, Fixtures.cluster("alpha", Map.of())));
    Map<String, String> query = Fixtures.query(url);

    assertThat(url).startsWith("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&");
    String signature =
        SignatureV4.of("sts.eu-west-1.amazonaws.com", "alpha", query, Fixtures.SECRET, "eu-west-1");
    // Nothing else: clusters refuse tokens with parameters that they do not know.
    assertThat(query)
        .containsOnly(
            Map.entry("Action", "GetCallerIdentity"),
            Map.entry("Version", "2011-06-15"),
            Map.entry("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            Map.entry(
                "X-Amz-Credential", "AKIDEXAMPLE%2F20260304%2Feu-west-1%2Fsts%2Faws4_request"),
            Map.entry("X-Amz-Date", "20260304T050607Z"),
            Map.entry("X-Amz-Expires", "60"),
            Map.entry("X-Amz-SignedHeaders", "host%3Bx-k8s-aws-id"),
            Map.entry("X-Amz-Signature", signature));
  }

  @Test
  void the_id_of_the_metadata_is_signed_instead_of_the_name() throws Exception {
    Cluster cluster = Fixtures.cluster("alpha", Map.of(EksCluster.ID, "my-cluster"));
    Map<String, String> query =
        Fixtures.query(Fixtures.url(Fixtures.credential(strategy, cluster)));

    String host = "sts.eu-west-1.amazonaws.com";
    assertThat(query.get("X-Amz-Signature"))
        .isEqualTo(SignatureV4.of(host, "my-cluster", query, Fixtures.SECRET, "eu-west-1"))
        .isNotEqualTo(SignatureV4.of(host, "alpha", query, Fixtures.SECRET, "eu-west-1"));
  }

  @Test
  void temporary_keys_bring_their_session_token_along() throws Exception {
    AuthStrategy temporary = Fixtures.strategy(with("AWS_SESSION_TOKEN", "a/b+c=="));
    Map<String, String> query =
        Fixtures.query(
            Fixtures.url(Fixtures.credential(temporary, Fixtures.cluster("alpha", Map.of()))));

    assertThat(query).containsEntry("X-Amz-Security-Token", "a%2Fb%2Bc%3D%3D");
    assertThat(query.get("X-Amz-Signature"))
        .isEqualTo(
            SignatureV4.of(
                "sts.eu-west-1.amazonaws.com", "alpha", query, Fixtures.SECRET, "eu-west-1"));
  }

  @Test
  void it_is_used_for_fourteen_minutes() {
    Credential credential = Fixtures.credential(strategy, Fixtures.cluster("alpha", Map.of()));
    assertThat(credential.expiresAt()).contains(Fixtures.NOW.plusSeconds(14 * 60));
    assertThat(strategy.dependsOnCaller()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, sts.us-east-1.amazonaws.com, us-east-1",
    "cn-north-1, sts.cn-north-1.amazonaws.com.cn, cn-north-1",
    "us-gov-west-1, sts.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "eusc-de-east-1, sts.eusc-de-east-1.amazonaws.eu, eusc-de-east-1",
    "aws-global, sts.amazonaws.com, us-east-1",
  })
  void each_partition_has_its_own_sts(String region, String host, String signedFor)
      throws Exception {
    AuthStrategy there = Fixtures.strategy(with("AWS_REGION", region));
    String url = Fixtures.url(Fixtures.credential(there, Fixtures.cluster("alpha", Map.of())));
    Map<String, String> query = Fixtures.query(url);

    assertThat(url).startsWith("https://" + host + "/?");
    assertThat(query.get("X-Amz-Signature"))
        .isEqualTo(SignatureV4.of(host, "alpha", query, Fixtures.SECRET, signedFor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nhost:evil",
        "a\r\nx: y",
        "a\u0000b",
        "clustér",
        "two  blanks",
        " first",
        "a\t"
      })
  void a_name_that_no_header_has_is_a_problem_and_never_signed(String hostile) {
    for (Cluster cluster :
        List.of(
            Fixtures.cluster(hostile, Map.of()),
            Fixtures.cluster("alpha", Map.of(EksCluster.ID, hostile)))) {
      assertThat(strategy.problems(cluster))
          .singleElement()
          .asString()
          .contains("kubernetes.io/x-k8s-aws-id")
          .doesNotContain(hostile);
      assertThat(Fixtures.failure(strategy, cluster))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("kubernetes.io/x-k8s-aws-id");
    }
  }

  @Test
  void an_id_that_is_blank_or_too_long_is_a_problem() {
    for (String id : List.of("", " ", "a".repeat(254))) {
      assertThat(strategy.problems(Fixtures.cluster("alpha", Map.of(EksCluster.ID, id))))
          .hasSize(1);
    }
  }

  @Test
  void an_odd_name_is_fine_beside_an_id_that_is_one() {
    Cluster cluster = Fixtures.cluster("Größe XL", Map.of(EksCluster.ID, "size-xl"));
    assertThat(strategy.problems(cluster)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "https://eks.amazonaws.com.evil.example.com",
        "https://eks.amazonaws.com",
        "https://api.aws",
        "https://evil.api.aws.example.com",
        "https://93.184.216.34"
      })
  void whoever_writes_entities_cannot_have_a_token_sent_anywhere_but_to_eks(String url) {
    assertThat(strategy.problems(cluster(url, false))).isEmpty();
    Cluster ofCatalog = cluster(url, true);
    assertThat(strategy.problems(ofCatalog))
        .singleElement()
        .asString()
        .contains("dangerouslyAllowClusterUrls");
    assertThat(Fixtures.failure(strategy, ofCatalog)).isInstanceOf(CredentialException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://0123ABCD.gr7.eu-central-1.eks.amazonaws.com",
        "https://0123ABCD.yl4.cn-north-1.eks.amazonaws.com.cn",
        "https://0123abcd.gr7.eks-cluster.eu-central-1.api.aws"
      })
  void a_cluster_of_the_catalog_that_is_one_of_eks_gets_a_token(String url) {
    assertThat(strategy.problems(cluster(url, true))).isEmpty();
  }

  private static Cluster cluster(String url, boolean ofCatalog) {
    return Cluster.named("alpha")
        .url(url)
        .authProvider("aws")
        .publicAddressesOnly(ofCatalog)
        .build();
  }
}
