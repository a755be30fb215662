package dev.followspot.core.http;

import static dev.followspot.core.http.Asking.ANONYMOUS;
import static dev.followspot.core.http.Asking.answer;
import static dev.followspot.core.http.Asking.cluster;
import static dev.followspot.core.http.Asking.failure;
import static dev.followspot.core.http.Asking.text;
import static dev.followspot.core.http.Asking.within;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.CellStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are read while they come. */
class BodyReaderTest {

  private static final int MAX = 4 << 20;
  private static final String BODY = lines(30_000);

  private final Room room = new Room(64 << 20);
  private final HttpEngine engine =
      new HttpEngine(
          HttpSettings.DEFAULT.withBounds(MAX, 10), StreamSettings.DEFAULT, Names.SYSTEM, room);

  private final List<Lines> readers = new ArrayList<>();

  @AfterEach
  void close() {
    engine.close();
  }

  /** Reads whole lines. */
  private static final class Lines implements BodyReader {
    private final StringBuilder read = new StringBuilder();
    private final boolean satisfied;
    private int arrays;
    private int largest;
    private int rest;

    private Lines(boolean satisfied) {
      this.satisfied = satisfied;
    }

    @Override
    public int read(byte[] bytes, int length) {
      arrays++;
      largest = Math.max(largest, length);
      int done = length;
      while (done > 0 && bytes[done - 1] != '\n') {
        done--;
      }
      read.append(new String(bytes, 0, done, US_ASCII));
      return done;
    }

    @Override
    public int shrink() {
      return 0;
    }

    @Override
    public void copyTo(ByteBuffer all) {
      all.put(read.substring(0, all.capacity() - rest).getBytes(US_ASCII));
    }

    @Override
    public boolean end(byte[] bytes, int length) {
      rest = length;
      read.append(new String(bytes, 0, length, US_ASCII));
      return satisfied;
    }
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(i).append(" x".repeat(i % 50)).append('\n');
    }
    return lines.append("the end").toString();
  }

  /** How a server sends a body. */
  enum Way {
    WITH_LENGTH,
    CHUNKED,
    UNTIL_THE_END,
    GZIP
  }

  private static void send(RawServer.Peer peer, Way way, String text) throws Exception {
    byte[] body = way == Way.GZIP ? gzip(text) : text.getBytes(US_ASCII);
    peer.readHead();
    String head =
        switch (way) {
          case WITH_LENGTH -> "Content-Length: " + body.length;
          case CHUNKED -> "Transfer-Encoding: chunked";
          case UNTIL_THE_END -> "Connection: close";
          case GZIP -> "Content-Encoding: gzip\r\nContent-Length: " + body.length;
        };
    peer.send("HTTP/1.1 200 OK\r\n" + head + "\r\n\r\n");
    if (way == Way.CHUNKED) {
      peer.send(Integer.toHexString(body.length) + "\r\n");
    }
    peer.out.write(body);
    peer.send(way == Way.CHUNKED ? "\r\n0\r\n\r\n" : "");
    if (way != Way.UNTIL_THE_END) {
      peer.awaitEnd();
    }
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  private CompletableFuture<ApiResponse> read(RawServer server, boolean satisfied) {
    return read(server, () -> reader(satisfied));
  }

  private CompletableFuture<ApiResponse> read(
      RawServer server, Supplier<? extends BodyReader> reader) {
    return engine
        .get(
            new ApiRequest(
                cluster(server.url()).build(),
                ANONYMOUS,
                "/api/v1/pods",
                "",
                within(Duration.ofSeconds(30)),
                reader))
        .toCompletableFuture();
  }

  private Lines reader(boolean satisfied) {
    Lines reader = new Lines(satisfied);
    readers.add(reader);
    return reader;
  }

  private static @Nullable BodyReader readerOf(ApiResponse response) {
    return response.reader();
  }

  private void awaitRoom() throws Exception {
    while (room.held() > 0) {
      Thread.sleep(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_large_body_is_read_in_small_arrays_and_not_held(Way way) throws Exception {
    try (RawServer server = RawServer.plain(peer -> send(peer, way, BODY))) {
      ApiResponse response = answer(read(server, true));
      assertThat(response.length()).isEqualTo(BODY.length());
      assertThat(response.body()).isEmpty();
      assertThat(readers).hasSize(1);
      Lines reader = readers.get(0);
      assertThat(readerOf(response)).isSameAs(reader);
      assertThat(reader.read.toString()).isEqualTo(BODY);
      assertThat(reader.arrays).isGreaterThan(4);
      assertThat(reader.largest).isLessThanOrEqualTo(256 << 10);
      awaitRoom();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_body_that_the_reader_cannot_read_is_there_in_one_piece(Way way) throws Exception {
    try (RawServer server = RawServer.plain(peer -> send(peer, way, BODY))) {
      CompletableFuture<ApiResponse> asked = read(server, false);
      assertThat(readerOf(answer(asked))).isNull();
      assertThat(text(asked)).isEqualTo(BODY);
      awaitRoom();
    }
  }

  @Test
  void what_is_longer_than_an_array_is_read_once_it_is_there() throws Exception {
    String body = "a".repeat(1_000_000) + "\n" + "b".repeat(700_000) + "\nc";
    try (RawServer server = RawServer.plain(peer -> send(peer, Way.CHUNKED, body))) {
      answer(read(server, true));
      assertThat(readers.get(0).read.toString()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_body_beyond_the_limit_is_refused(Way way) throws Exception {
    String body = BODY.repeat(3);
    assertThat(body.length()).isGreaterThan(MAX);
    try (RawServer server = RawServer.plain(peer -> send(peer, way, body))) {
      ApiFailure failure = failure(read(server, true));
      assertThat(failure.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
      assertThat(failure).hasMessageContaining(MAX + " bytes").hasMessageContaining("maxResponse");
      awaitRoom();
    }
  }

  @Test
  void a_body_of_just_the_limit_is_read() throws Exception {
    String body = "a\n".repeat(MAX / 2);
    try (RawServer server = RawServer.plain(peer -> send(peer, Way.GZIP, body))) {
      assertThat(answer(read(server, true)).length()).isEqualTo(MAX);
      assertThat(readers.get(0).read.toString()).isEqualTo(body);
    }
  }

  @Test
  void an_answer_that_is_no_success_is_not_given_to_a_reader() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}");
              peer.awaitEnd();
            })) {
      assertThat(text(read(server, true))).isEqualTo("{}");
      assertThat(readers).isEmpty();
    }
  }

  @Test
  void each_try_has_a_reader_of_its_own() throws Exception {
    try (RawServer server =
        RawServer.plain(
            peer -> {
              peer.readHead();
              peer.answer("first");
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            })) {
      answer(read(server, true));
      assertThat(failure(read(server, true)).status()).isEqualTo(CellStatus.UNREACHABLE);
      assertThat(readers.get(0).read.toString()).isEqualTo("first");
      assertThat(readers.get(1).read.toString()).isEmpty();
    }
  }

  /** Fails when an array is full or, if not so early, at the end. */
  private static BodyReader failing(boolean early, Error failure) {
    return new BodyReader() {
      @Override
      public int read(byte[] bytes, int length) {
        if (early) {
          throw failure;
        }
        return length;
      }

      @Override
      public boolean end(byte[] bytes, int length) {
        throw failure;
      }

      @Override
      public int shrink() {
        throw new AssertionError("there is memory enough");
      }

      @Override
      public void copyTo(ByteBuffer all) {
        throw new AssertionError("it has read nothing");
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_reader_without_memory_fails_its_answer_and_nothing_else(boolean early) throws Exception {
    Error memory = new OutOfMemoryError("for a test");
    try (RawServer server = RawServer.plain(peer -> send(peer, Way.CHUNKED, BODY))) {
      for (int i = 0; i < 5; i++) {
        ApiFailure failure = failure(read(server, () -> failing(early, memory)));
        assertThat(failure.status()).isEqualTo(CellStatus.INVALID_RESPONSE);
        assertThat(failure).hasMessageContaining("no memory left").hasMessageContaining("-Xmx");
      }
      assertThat(answer(read(server, true)).length()).isEqualTo(BODY.length());
      awaitRoom();
    }
  }

  @Test
  void when_an_io_thread_has_ended_connections_are_opened_anew() throws Exception {
    Error deadly = new AssertionError("for a test: this ends the I/O thread");
    try (RawServer server = RawServer.plain(peer -> send(peer, Way.CHUNKED, BODY))) {
      for (int i = 0; i < 5; i++) {
        assertThat(failure(read(server, () -> failing(true, deadly))).status())
            .isEqualTo(CellStatus.UNREACHABLE);
        assertThat(answer(read(server, true)).length()).isEqualTo(BODY.length());
      }
    }
  }

  @Test
  void an_answer_that_is_there_needs_no_more_room() throws Exception {
    String body = "x".repeat(600_000);
    try (HttpEngine full =
            new HttpEngine(
                HttpSettings.DEFAULT, StreamSettings.DEFAULT, Names.SYSTEM, new Room(1_600_000));
        RawServer server = RawServer.plain(peer -> send(peer, Way.CHUNKED, body))) {
      assertThat(text(Asking.ask(full, cluster(server.url()).build()))).isEqualTo(body);
    }
  }
}
