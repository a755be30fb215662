package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster whose URL is not trusted reaches public addresses, and nothing else. */
class PublicAddressesOnlyTest {

  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, Queue<List<String>>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpEngine engine =
      new HttpEngine(HttpSettings.DEFAULT, StreamSettings.DEFAULT, this::addresses);

  /** The next answer for a name, of which the last one stays. */
  private InetAddress[] addresses(String host) throws UnknownHostException {
    asked.add(host);
    Queue<List<String>> known = answers.get(host);
    if (known == null) {
      return InetAddress.getAllByName(host);
    }
    List<String> answer = known.size() > 1 ? known.remove() : known.element();
    InetAddress[] found = new InetAddress[answer.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(answer.get(i));
    }
    return found;
  }

  private void resolve(String host, List<String> answer) {
    answers.computeIfAbsent(host, name -> new ConcurrentLinkedQueue<>()).add(answer);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static RawServer server() throws Exception {
    return RawServer.plain(
        peer -> {
          while (true) {
            peer.tell(peer.readHead());
            peer.answer("{}");
          }
        });
  }

  private static Cluster restricted(String url) {
    return cluster(url).publicAddressesOnly(true).build();
  }

  private void refused(Cluster cluster) throws Exception {
    ApiFailure failure = failure(ask(engine, cluster));
    assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("only public ones are allowed for this cluster")
        .hasMessageContaining("dangerouslyAllowClusterUrls");
  }

  @Test
  void a_name_that_leads_to_this_machine_is_not_connected_to() throws Exception {
    try (RawServer server = server()) {
      resolve("api.example.com", List.of(LOOPBACK));
      String url = "http://api.example.com:" + server.port();

      refused(restricted(url));
      assertThat(server.accepted()).isZero();
      assertThat(text(ask(engine, cluster(url).build()))).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "LOCALHOST"})
  void an_address_of_this_machine_is_not_connected_to(String host) throws Exception {
    try (RawServer server = server()) {
      refused(restricted("http://" + host + ":" + server.port()));
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void a_name_that_changes_its_answer_is_checked_each_time_it_is_connected_to() throws Exception {
    try (RawServer server = server()) {
      // Whoever asked first saw a public address; so did the locator.
      resolve("rebound.example.com", List.of("2606:4700::1111"));
      resolve("rebound.example.com", List.of(LOOPBACK));
      InetAddress[] checked = addresses("rebound.example.com");
      assertThat(PublicAddresses.reserved(checked[0])).isNull();

      refused(restricted("http://rebound.example.com:" + server.port()));
      assertThat(server.accepted()).isZero();
      assertThat(asked).containsExactly("rebound.example.com", "rebound.example.com");
    }
  }

  @Test
  void the_private_one_of_several_addresses_is_left_out() throws Exception {
    try (RawServer server = server()) {
      // Nothing answers at the public one, so that the other one would be next.
      resolve("mixed.example.com", List.of("240.0.0.1", LOOPBACK, "169.254.169.254"));

      refused(restricted("http://mixed.example.com:" + server.port()));
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void only_the_public_ones_of_several_addresses_are_tried() {
    Origin origin = Origin.of(restricted("http://mixed.example.com"), null);
    List<InetAddress> found =
        List.of(literal("10.0.0.1"), literal("8.8.8.8"), literal("::1"), literal("2606:4700::1"));
    assertThat(Reach.allowed(origin, found))
        .containsExactly(literal("8.8.8.8"), literal("2606:4700::1"));
  }

  private static InetAddress literal(String text) {
    return java.util.Objects.requireNonNull(PublicAddresses.literal(text));
  }

  @Test
  void a_connection_of_an_unrestricted_cluster_is_not_used_for_a_restricted_one() throws Exception {
    try (RawServer server = server()) {
      resolve("api.example.com", List.of(LOOPBACK));
      String url = "http://api.example.com:" + server.port();
      assertThat(text(ask(engine, cluster(url).build()))).isEqualTo("{}");
      assertThat(engine.connections()).isEqualTo(1);

      refused(restricted(url));
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void redirects_to_elsewhere_are_not_followed() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.sendHead(
                  "HTTP/1.1 307 Temporary Redirect",
                  "Location: http://127.0.0.1:" + peer.socket.getLocalPort() + "/secret",
                  "Content-Length: 0");
              peer.tell(peer.awaitEnd());
            })) {
      resolve("api.example.com", List.of(LOOPBACK));
      Cluster open = cluster("http://api.example.com:" + server.port()).build();
      assertThat(Asking.answer(ask(engine, open)).status()).isEqualTo(307);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void a_proxy_is_not_asked_for_a_name_since_it_looks_names_up_itself() throws Exception {
    try (RawServer proxy = server()) {
      Cluster cluster =
          cluster("http://api.example.com")
              .publicAddressesOnly(true)
              .proxyUrl(URI.create(proxy.url()))
              .build();
      ApiFailure failure = failure(ask(engine, cluster));
      assertThat(failure.status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(failure)
          .hasMessageContaining("a proxy, which looks names up itself, cannot be held to that")
          .hasMessageContaining("dangerouslyAllowClusterUrls");
      assertThat(proxy.accepted()).isZero();
    }
  }

  @Test
  void a_proxy_is_asked_for_a_public_address_and_for_no_other_one() throws Exception {
    try (RawServer proxy = server()) {
      URI url = URI.create(proxy.url());
      refused(cluster("http://10.0.0.1").publicAddressesOnly(true).proxyUrl(url).build());
      assertThat(proxy.accepted()).isZero();

      Cluster open = cluster("http://8.8.8.8").publicAddressesOnly(true).proxyUrl(url).build();
      assertThat(text(ask(engine, open))).isEqualTo("{}");
      assertThat((String) proxy.next()).startsWith("GET http://8.8.8.8/api/v1/pods?limit=500 ");
    }
  }
}
