package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpBody;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/** Sends much and receives as much, in a process of its own, and tells what memory that took. */
final class StreamPassing {

  private static final int BLOCK = 16 << 10;

  private StreamPassing() {}

  public static void main(String[] arguments) throws Exception {
    StreamPaceTest.Way way = StreamPaceTest.Way.valueOf(arguments[0]);
    long bytes = Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory("passing");
    TestCertificates.Identity certificate = new TestCertificates(folder).server("passing");
    long before = System.nanoTime();
    try (HttpEngine engine = new HttpEngine(HttpSettings.DEFAULT);
        RawServer server = server(way, certificate, bytes)) {
      Cluster cluster = Asking.cluster(server.url()).caData(certificate.certificatePem()).build();
      StreamResponse response =
          Streaming.ask("POST", cluster)
              .body(HttpBody.of(new Streaming.Plenty(bytes, 20_000), bytes))
              .answer(engine);
      Counter counter = new Counter();
      response.body().publisher().subscribe(counter);
      long received = counter.result.get(10, TimeUnit.MINUTES);
      if (received != bytes) {
        throw new IllegalStateException("received " + received);
      }
    }
    System.out.printf(
        "%s passed %d bytes each way in %d ms, heap at most %d MiB%n",
        way, bytes, (System.nanoTime() - before) / 1_000_000, peak() >> 20);
    System.exit(0);
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static RawServer server(
      StreamPaceTest.Way way, TestCertificates.Identity certificate, long bytes) throws Exception {
    return switch (way) {
      case HTTP1 -> RawServer.plain(peer -> http1(peer, bytes));
      case HTTP1_TLS -> RawServer.tls(certificate.context(), peer -> http1(peer, bytes));
      case HTTP2 ->
          RawServer.tls(certificate.context(), peer -> http2(new H2Peer(peer, 100), bytes))
              .withHttp2();
    };
  }

  /** The answer begins at once, so that both directions are busy. */
  private static void http1(RawServer.Peer peer, long bytes) throws Exception {
    peer.readHead();
    peer.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    Thread sender =
        new Thread(
            () -> {
              try {
                byte[] block = new byte[BLOCK];
                for (long sent = 0; sent < bytes; ) {
                  int size = (int) Math.min(block.length, bytes - sent);
                  peer.send(Integer.toHexString(size) + "\r\n");
                  peer.out.write(block, 0, size);
                  peer.send("\r\n");
                  sent += size;
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    sender.start();
    byte[] block = new byte[BLOCK];
    for (long received = 0; received < bytes; ) {
      received += peer.in.read(block, 0, (int) Math.min(block.length, bytes - received));
    }
    sender.join();
    peer.send("0\r\n\r\n");
    peer.awaitEnd();
  }

  private static void http2(H2Peer peer, long bytes) throws Exception {
    int stream = peer.request();
    peer.head(stream);
    long left = peer.initialWindow;
    long sent = 0;
    boolean whole = false;
    while (!whole || sent < bytes) {
      while (sent < bytes && left >= BLOCK) {
        int size = (int) Math.min(BLOCK, bytes - sent);
        peer.send(H2Peer.DATA, 0, stream, new byte[size]);
        sent += size;
        left -= size;
      }
      H2Peer.Frame frame = peer.readAny();
      if (frame.type() == H2Peer.WINDOW_UPDATE && frame.stream() == stream) {
        left += frame.number();
      } else if (frame.type() == H2Peer.DATA) {
        whole |= (frame.flags() & H2Peer.END_STREAM) != 0;
        if (frame.payload().length > 0) {
          peer.allow(0, frame.payload().length);
          peer.allow(stream, frame.payload().length);
        }
      }
    }
    peer.data(stream, "", true);
    peer.read();
  }

  private static final class Counter implements Subscriber<ByteBuffer> {
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private Subscription subscription;
    private long count;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ByteBuffer part) {
      count += part.remaining();
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      result.complete(count);
    }
  }
}
