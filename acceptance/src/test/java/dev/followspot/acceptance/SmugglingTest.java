package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two readers of HTTP could understand in two ways: a cluster gets one clean request
 * or none, the caller one answer, and nothing that hides in a request becomes a request.
 */
@SuppressWarnings("try")
class SmugglingTest {

  private static RawCluster cluster;
  private static Backend backend;
  private static URI url;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    cluster =
        RawCluster.start(
            (request, out) ->
                out.write(
                    RawCluster.answer(200, "text/plain", "took " + request.length())
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    backend =
        Backend.start(
            folder,
            Configs.open(Configs.podsOf("raw", cluster.url() + "/base")),
            Configs.ORDERS,
            "-Xmx128m");
    url = backend.url();
  }

  @AfterAll
  static void stop() throws Exception {
    backend.close();
    cluster.close();
  }

  @ParameterizedTest
  @MethodSource("dev.followspot.acceptance.SmugglingForms#bad")
  void what_is_not_clear_reaches_no_cluster(SmugglingForms.Form form) throws Exception {
    check(form);
  }

  @ParameterizedTest
  @MethodSource("dev.followspot.acceptance.SmugglingForms#fine")
  void what_is_clear_reaches_the_cluster_as_one_clean_request(SmugglingForms.Form form)
      throws Exception {
    check(form);
  }

  private static void check(SmugglingForms.Form form) throws Exception {
    int before = cluster.received().size();
    RawCaller.Answer answer;
    String rest;
    try (RawCaller caller = new RawCaller(url)) {
      caller.send(form.bytes());
      answer = caller.answer();
      if (answer.status() == 100) {
        answer = caller.answer();
      }
      rest = caller.rest();
    }
    assertThat(answer.status()).as(answer.all()).isEqualTo(form.status());
    assertThat(rest).doesNotContain("HTTP/1.1");

    // What was hidden would be there before the answer to a request that comes later.
    assertThat(marker()).isEqualTo(200);
    assertThat(cluster.malformed()).isEmpty();
    List<RawCluster.Received> got =
        cluster.received().stream()
            .skip(before)
            .filter(request -> !request.target().contains("/marker"))
            .toList();
    assertThat(got).noneMatch(request -> request.target().contains("hidden"));
    assertThat(got)
        .extracting(RawCluster.Received::body)
        .isEqualTo(form.body() == null ? List.of() : List.of(form.body()));
    assertThat(got).allMatch(request -> request.target().startsWith("/base/"));
    assertThat(got).allMatch(request -> request.header("X-Hidden").isEmpty());
  }

  private static int marker() throws Exception {
    return RawCaller.ask(url, RawCaller.request("GET", SmugglingForms.PROXY + "/marker", "", ""))
        .status();
  }

  @Test
  void two_requests_that_are_clear_are_answered_one_after_the_other() throws Exception {
    try (RawCaller caller = new RawCaller(url)) {
      caller.send(
          RawCaller.request("POST", SmugglingForms.PROXY + "/first", "", "abc")
              + RawCaller.request("GET", SmugglingForms.PROXY + "/second", "", ""));
      assertThat(caller.answer().body()).isEqualTo("took 3");
      assertThat(caller.answer().body()).isEqualTo("took 0");
      assertThat(caller.rest()).isEmpty();
    }
    assertThat(cluster.received())
        .extracting(RawCluster.Received::target)
        .contains("/base/first", "/base/second");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Backstage-Kubernetes-Cluster",
        "Authorization",
        "Host",
        "Content-Type",
        "X-Forwarded-For, close",
        "Backstage-Kubernetes-Authorization"
      })
  void a_header_that_connection_names_is_for_the_backend_alone(String named) throws Exception {
    String target = SmugglingForms.PROXY + "/named/" + named.length();
    RawCaller.Answer answer =
        RawCaller.ask(
            url,
            RawCaller.request(
                "GET",
                target,
                "Connection: "
                    + named
                    + """
                \r
                Backstage-Kubernetes-Cluster: raw\r
                Backstage-Kubernetes-Authorization: Bearer own\r
                Authorization: Bearer portal\r
                Content-Type: text/x\r
                X-Forwarded-For: 1.2.3.4\r
                """,
                ""));

    assertThat(answer.status()).isEqualTo(200);
    RawCluster.Received got =
        cluster.received().stream()
            .filter(request -> request.target().endsWith("/named/" + named.length()))
            .findFirst()
            .orElseThrow();
    assertThat(got.header("Authorization")).containsExactly("Bearer own");
    assertThat(got.header("Host")).containsExactly(URI.create(cluster.url()).getAuthority());
    assertThat(got.header("Content-Type"))
        .isEqualTo(named.equals("Content-Type") ? List.of() : List.of("text/x"));
    assertThat(got.head())
        .doesNotContain("portal", "1.2.3.4")
        .doesNotContainIgnoringCase("backstage");
  }
}
