package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.RequestContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Short ways to stream, and readers and writers whose pace a test sets. */
final class Streaming {

  private Streaming() {}

  /** A request that a test changes until it is sent. */
  static final class Ask {
    private final Cluster cluster;
    private final String method;
    String path = "/api/v1/pods";
    String query = "";
    Credential credential = Credential.none();
    HttpHeaders headers = HttpHeaders.none();
    HttpBody body = HttpBody.none();
    String upgrade = "";
    RequestContext context = Asking.within(Duration.ofSeconds(60));

    private Ask(Cluster cluster, String method) {
      this.cluster = cluster;
      this.method = method;
    }

    Ask to(String target) {
      int mark = target.indexOf('?');
      path = mark < 0 ? target : target.substring(0, mark);
      query = mark < 0 ? "" : target.substring(mark + 1);
      return this;
    }

    Ask as(Credential who) {
      credential = who;
      return this;
    }

    Ask with(String name, String value) {
      headers = headers.and(name, value);
      return this;
    }

    Ask body(HttpBody given) {
      body = given;
      return this;
    }

    Ask upgrade(String protocol) {
      upgrade = protocol;
      return this;
    }

    Ask in(RequestContext given) {
      context = given;
      return this;
    }

    CompletableFuture<StreamResponse> send(HttpEngine engine) {
      return engine.stream(
              new StreamRequest(
                  cluster, credential, method, path, query, headers, body, upgrade, context))
          .toCompletableFuture();
    }

    StreamResponse answer(HttpEngine engine) throws Exception {
      return Streaming.answer(send(engine));
    }

    ApiFailure failure(HttpEngine engine) throws Exception {
      return Streaming.failure(send(engine));
    }
  }

  static Ask ask(String method, Cluster cluster) {
    return new Ask(cluster, method);
  }

  static Ask ask(String method, RawServer server) {
    return new Ask(Asking.cluster(server.url()).build(), method);
  }

  static StreamResponse answer(CompletableFuture<StreamResponse> stage) throws Exception {
    return stage.get(30, TimeUnit.SECONDS);
  }

  static ApiFailure failure(CompletableFuture<StreamResponse> stage) throws Exception {
    try {
      StreamResponse response = stage.get(30, TimeUnit.SECONDS);
      throw new AssertionError("an answer came where none was expected: " + response);
    } catch (ExecutionException e) {
      return (ApiFailure) e.getCause();
    }
  }

  static String text(StreamResponse response) throws Exception {
    byte[] bytes = response.body().bytes(64 << 20).toCompletableFuture().get(30, TimeUnit.SECONDS);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Reader read(StreamResponse response) {
    Reader reader = new Reader();
    response.body().publisher().subscribe(reader);
    return reader;
  }

  /** Takes as many parts as a test asks for. */
  static final class Reader implements Subscriber<ByteBuffer> {
    private static final Object COMPLETE = new Object();

    final AtomicLong taken = new AtomicLong();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    private boolean eager;

    /** Asks for everything as soon as it can. */
    Reader eager() {
      eager = true;
      return this;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
      if (eager) {
        given.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      taken.addAndGet(part.remaining());
      events.add(StandardCharsets.UTF_8.decode(part).toString());
    }

    @Override
    public void onError(Throwable failure) {
      events.add(failure);
    }

    @Override
    public void onComplete() {
      events.add(COMPLETE);
    }

    Reader request(long parts) {
      subscription.join().request(parts);
      return this;
    }

    void cancel() {
      subscription.join().cancel();
    }

    private Object event() throws InterruptedException {
      Object event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing came");
      }
      return event;
    }

    /** The next part, which is asked for. */
    String next() throws InterruptedException {
      request(1);
      Object event = event();
      if (!(event instanceof String part)) {
        throw new AssertionError("no part but " + event);
      }
      return part;
    }

    /** Parts until there are so many characters. */
    String next(int characters) throws InterruptedException {
      StringBuilder text = new StringBuilder();
      while (text.length() < characters) {
        text.append(next());
      }
      return text.toString();
    }

    /** Takes the rest, which has to end as it should. */
    String rest() throws InterruptedException {
      StringBuilder text = new StringBuilder();
      Object end = drain(text);
      if (end != COMPLETE) {
        throw new AssertionError("it broke off: " + end, (Throwable) end);
      }
      return text.toString();
    }

    /** Takes the rest, which has to break off. */
    ApiFailure failure() throws InterruptedException {
      Object end = drain(new StringBuilder());
      if (!(end instanceof ApiFailure failure)) {
        throw new AssertionError("it did not break off");
      }
      return failure;
    }

    private Object drain(StringBuilder into) throws InterruptedException {
      request(Long.MAX_VALUE);
      while (true) {
        Object event = event();
        if (!(event instanceof String part)) {
          return event;
        }
        into.append(part);
      }
    }
  }

  /** Gives what a test tells it to, when it was asked for. */
  static final class Writer implements Publisher<ByteBuffer>, Subscription {
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final Semaphore demand = new Semaphore(0);
    private final CompletableFuture<Subscriber<? super ByteBuffer>> subscriber =
        new CompletableFuture<>();

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> given) {
      given.onSubscribe(this);
      subscriber.complete(given);
    }

    @Override
    public void request(long count) {
      demand.release((int) Math.min(count, 1000));
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    private Subscriber<? super ByteBuffer> subscriber() throws Exception {
      return subscriber.get(30, TimeUnit.SECONDS);
    }

    Writer write(String text) throws Exception {
      Subscriber<? super ByteBuffer> to = subscriber();
      if (!demand.tryAcquire(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody asked for more");
      }
      to.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    void complete() throws Exception {
      subscriber().onComplete();
    }

    void fail(Throwable failure) throws Exception {
      subscriber().onError(failure);
    }

    void awaitCancel() throws InterruptedException {
      if (!cancelled.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("it was not cancelled");
      }
    }
  }

  /** Gives so many bytes as fast as they are asked for, on the thread that asks. */
  static final class Plenty implements Publisher<ByteBuffer>, Subscription {
    final AtomicLong given = new AtomicLong();
    final CountDownLatch cancelled = new CountDownLatch(1);
    private final long total;
    private final int part;
    private volatile Subscriber<? super ByteBuffer> subscriber;

    Subscriber<? super ByteBuffer> subscriber() {
      return subscriber;
    }

    Plenty(long total, int part) {
      this.total = total;
      this.part = part;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> to) {
      subscriber = to;
      to.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      long left = total - given.get();
      if (left == 0) {
        return;
      }
      int size = (int) Math.min(part, left);
      given.addAndGet(size);
      subscriber.onNext(ByteBuffer.allocate(size));
      if (size == left) {
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }
  }
}
