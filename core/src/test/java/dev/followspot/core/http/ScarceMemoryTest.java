package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.cluster;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.fetch.DefaultFetcher;
import dev.followspot.core.fetch.FetchSettings;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScarceMemoryTest {

  private static final int PODS = 12_000;
  private static final String PADDING = "x".repeat(1_000);

  private final CancellationSource lookUp = new CancellationSource();
  private HttpEngine engine = engine(new Room(10 << 20));

  private static HttpEngine engine(Room room) {
    return new HttpEngine(HttpSettings.DEFAULT, StreamSettings.DEFAULT, Names.SYSTEM, room);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static RawServer server(String body) throws Exception {
    byte[] bytes = body.getBytes(UTF_8);
    return RawServer.plain(
        peer -> {
          peer.readHead();
          peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
          peer.out.write(bytes);
        });
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private void awaitNothingHeld() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (engine.room().held() > 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(engine.room().held()).isZero();
  }

  private static String pods(int count, String end) {
    StringBuilder list =
        new StringBuilder("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[");
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? "" : ",")
          .append("{\"metadata\":{\"name\":\"pod-")
          .append(i)
          .append("\"},\"padding\":\"")
          .append(PADDING)
          .append("\"}");
    }
    return list.append(']').append(end).toString();
  }

  private Cell list(RawServer server) throws Exception {
    FetchRequest request =
        new FetchRequest(
            cluster(server.url()).build(),
            ANONYMOUS,
            List.of(ResourceType.PODS),
            "dev",
            "app=a",
            RequestContext.create()
                .withDeadline(Deadline.after(Duration.ofSeconds(60)))
                .withCancellation(lookUp.token()));
    return new DefaultFetcher(engine, new FetchSettings(500, 20_000, 64L << 20))
        .fetch(request)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .cells()
        .get(0);
  }

  private static void assertWhole(Cell cell) {
    assertThat(cell.message()).isNull();
    assertThat(cell.status()).isEqualTo(CellStatus.OK);
    List<KubernetesObject> objects = cell.objects();
    assertThat(objects).hasSize(PODS);
    for (int i = 0; i < PODS; i++) {
      assertThat(objects.get(i).name()).isEqualTo("pod-" + i);
      assertThat(objects.get(i).field("padding")).contains(PADDING);
    }
  }

  @Test
  void a_list_that_is_larger_than_the_room_is_kept_packed() throws Exception {
    try (RawServer server = server(pods(PODS, "}"))) {
      assertWhole(list(server));
      awaitNothingHeld();
    }
  }

  @Test
  void so_is_one_that_comes_compressed() throws Exception {
    byte[] gzip = gzip(pods(PODS, "}"));
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
              peer.out.write(gzip);
            })) {
      assertWhole(list(server));
      awaitNothingHeld();
    }
  }

  @Test
  void what_look_ups_under_way_keep_counts_until_they_end() throws Exception {
    Room room = engine.room();
    Room.Share share = room.of(lookUp.token());
    try (RawServer server = server(pods(300, "}"))) {
      list(server);
      awaitNothingHeld();
      assertThat(room.kept()).as("nobody said that a look-up has begun").isZero();

      engine.beginLookUp(lookUp.token());
      list(server);
      awaitNothingHeld();
      long plain = room.kept();
      assertThat(plain).isBetween(300_000L, 400_000L);
      assertThat(share.isTight()).isFalse();
      share.keep(300_000);
      assertThat(share.isTight()).isTrue();
      list(server);
      awaitNothingHeld();
      assertThat(room.kept() - plain - 300_000).as("packed").isBetween(1_000L, 50_000L);

      engine.endLookUp(lookUp.token());
      assertThat(room.kept()).isZero();
      assertThat(share.isTight()).isFalse();
      engine.endLookUp(lookUp.token());
      list(server);
      awaitNothingHeld();
      assertThat(room.kept()).as("it has ended").isZero();
    }
  }

  @Test
  void what_only_a_parser_can_read_is_put_together_again() throws Exception {
    engine.close();
    engine = engine(new Room(40 << 20));
    // Not read at once: an escaped key might be another 'items'.
    try (RawServer server = server(pods(PODS, ",\"\\u0061\":1}"))) {
      assertWhole(list(server));
    }
  }

  @Test
  void and_fails_alone_where_there_is_no_room_for_the_whole() throws Exception {
    try (RawServer server = server(pods(PODS, ",\"\\u0061\":1}"))) {
      Cell cell = list(server);
      assertThat(cell.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(cell.message()).contains("no memory left").contains("-Xmx");
    }
  }
}
