package dev.followspot.servlet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what is sent, as fast as a test wants. */
final class Received implements Subscriber<ByteBuffer> {
  final BlockingQueue<String> parts = new LinkedBlockingQueue<>();
  final CompletableFuture<Void> end = new CompletableFuture<>();
  final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private final boolean all;

  /** Either takes everything at once, or waits for {@link #ask}. */
  Received(boolean all) {
    this.all = all;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription.complete(given);
    if (all) {
      given.request(Long.MAX_VALUE);
    }
  }

  void ask() {
    subscription.join().request(1);
  }

  /** As many characters, in whatever parts they come. */
  String text(int length) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      String part = parts.poll(30, TimeUnit.SECONDS);
      if (part == null) {
        throw new AssertionError("only '" + text + "' came");
      }
      text.append(part);
    }
    return text.toString();
  }

  @Override
  public void onNext(ByteBuffer part) {
    parts.add(StandardCharsets.ISO_8859_1.decode(part).toString());
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
