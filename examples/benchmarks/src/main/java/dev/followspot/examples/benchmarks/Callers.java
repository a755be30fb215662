package dev.followspot.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Callers of one server, who ask again as soon as they are answered. They keep their connections,
 * share two threads, and look at the length of an answer only.
 */
final class Callers implements AutoCloseable {

  private static final int OK = 200;

  /**
   * Whoever gets no answer waits a moment: a server that refuses at once would be asked for ever.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final URI uri;
  private final List<String> bodies;
  private final AtomicInteger number = new AtomicInteger();
  private final Duration timeout;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  /**
   * Callers who have not begun to call.
   *
   * @param uri where they send their requests
   * @param bodies what they send in turn
   * @param timeout an answer that takes longer is a failure
   */
  Callers(URI uri, List<String> bodies, Duration timeout) {
    this.uri = uri;
    this.bodies = List.copyOf(bodies);
    this.timeout = timeout;
  }

  /**
   * Looks at one answer as a whole.
   *
   * @param objects how many objects it has to have
   * @return its length
   * @throws IOException if it is wrong
   */
  long check(int objects) throws IOException {
    HttpResponse<byte[]> response;
    try {
      response = send(BodyHandlers.ofByteArray()).join();
    } catch (CompletionException e) {
      throw new IOException(reason(e), e);
    }
    if (response.statusCode() != OK) {
      throw new IOException("status " + response.statusCode());
    }
    Answer answer = Answer.read(response.body());
    if (answer.errors() > 0) {
      throw new IOException("the answer has " + answer.errors() + " errors");
    }
    if (answer.objects() != objects) {
      throw new IOException("%d objects instead of %d".formatted(answer.objects(), objects));
    }
    return response.body().length;
  }

  /**
   * Calls for some time, and waits for the last answers.
   *
   * @param callers how many call at the same time
   * @param span how long they begin look-ups
   * @param length the length of a right answer, negative if every length is
   */
  Measured call(int callers, Duration span, long length) throws InterruptedException {
    Run run = new Run(callers, span, length);
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      run.next();
    }
    run.left.await();
    return new Measured(List.copyOf(run.nanos), (System.nanoTime() - start) / 1e9, run.failures);
  }

  /** Sends one request, and gives it up when it takes too long. */
  private <T> CompletableFuture<HttpResponse<T>> send(HttpResponse.BodyHandler<T> handler) {
    String body = bodies.get(Math.floorMod(number.getAndIncrement(), bodies.size()));
    CompletableFuture<HttpResponse<T>> sent =
        client.sendAsync(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            handler);
    return sent.copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                sent.cancel(true);
              }
            });
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? "no answer in time"
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Some time of calling. */
  private final class Run {

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final CountDownLatch left;
    private final long end;
    private final long length;

    Run(int callers, Duration span, long length) {
      left = new CountDownLatch(callers);
      end = System.nanoTime() + span.toNanos();
      this.length = length;
    }

    void next() {
      long start = System.nanoTime();
      if (start - end >= 0) {
        left.countDown();
        return;
      }
      Counter counter = new Counter();
      var unused =
          send(BodyHandlers.fromSubscriber(counter, read -> read))
              .whenCompleteAsync((answer, failure) -> answered(start, answer, failure), threads);
    }

    private @Nullable String wrongLength(Counter answer) {
      if (answer.count() == length || length < 0) {
        return null;
      }
      String ending = "an answer of another length, such as one that ends with ";
      return failures.keySet().stream()
          .filter(known -> known.startsWith(ending))
          .findAny()
          .orElse(ending + answer.end());
    }

    private void answered(
        long start, @Nullable HttpResponse<Counter> answer, @Nullable Throwable failure) {
      long took = System.nanoTime() - start;
      String wrong =
          failure != null
              ? reason(failure)
              : answer == null || answer.statusCode() != OK
                  ? "status " + (answer == null ? "unknown" : answer.statusCode())
                  : wrongLength(answer.body());
      if (wrong == null) {
        nanos.add(took);
        next();
      } else {
        failures.merge(wrong, 1, Integer::sum);
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, threads)
            .execute(this::next);
      }
    }
  }

  /** Counts the bytes of a body, and keeps the last of them, where the errors of a look-up are. */
  private static final class Counter implements Flow.Subscriber<List<ByteBuffer>> {

    private static final int KEPT = 160;

    private long count;
    private byte[] end = {};

    long count() {
      return count;
    }

    String end() {
      return new String(end, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        count += buffer.remaining();
        if (buffer.hasRemaining()) {
          end = new byte[Math.min(buffer.remaining(), KEPT)];
          buffer.get(buffer.limit() - end.length, end);
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      // The request fails with it, too.
    }

    @Override
    public void onComplete() {
      // The count is complete.
    }
  }
}
