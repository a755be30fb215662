package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ask;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that would take all memory or a whole thread. */
class GreedyServerTest {

  private final Room room = new Room(1 << 20);
  private final HttpEngine engine =
      new HttpEngine(HttpSettings.DEFAULT, StreamSettings.DEFAULT, Names.SYSTEM, room);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void answers_that_come_at_once_share_the_memory_and_those_without_room_fail_alone()
      throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    String small = "{\"items\":[]}";
    try (RawServer patient =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "a".repeat(899_999));
                  peer.tell("almost");
                  full.await();
                  peer.send("z");
                  peer.awaitEnd();
                });
        RawServer large =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n");
                  peer.awaitEnd();
                });
        RawServer little =
            RawServer.plain(
                peer -> {
                  peer.readHead();
                  peer.answer(small);
                  peer.awaitEnd();
                })) {
      Future<String> waiting =
          ask(engine, cluster(patient.url()).build())
              .thenApply(answer -> "length " + answer.length());
      patient.next();
      while (room.held() < 900_000) {
        Thread.sleep(5);
      }

      ApiFailure refused = failure(ask(engine, cluster(large.url()).build()));
      assertThat(refused.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(refused).hasMessageContaining("-Xmx").hasMessageContaining("maxResponseBytes");
      assertThat(text(ask(engine, cluster(little.url()).build()))).isEqualTo(small);

      full.countDown();
      assertThat(waiting.get()).isEqualTo("length 900000");
    }
    engine.close();
    while (room.held() > 0) {
      Thread.sleep(5);
    }
  }

  @Test
  void informational_answers_without_end_are_an_invalid_response() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              String hints = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000);
              try {
                while (true) {
                  peer.send(hints);
                }
              } catch (java.io.IOException e) {
                peer.tell("closed");
              }
            })) {
      ApiFailure refused = failure(ask(engine, cluster(server.url()).build()));
      assertThat(refused.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(refused).hasMessageContaining("informational");
      assertThat(server.next()).isEqualTo("closed");
    }
  }

  @Test
  void some_informational_answers_are_fine() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100));
              peer.answer("{}");
              peer.awaitEnd();
            })) {
      assertThat(text(ask(engine, cluster(server.url()).build()))).isEqualTo("{}");
    }
  }
}
