package dev.followspot.core.extension;

import dev.followspot.spi.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of one request, which goes with it through a chain of extensions, and so knows
 * who has not answered it.
 */
public final class TrackedCancellation implements Cancellation {

  /**
   * An extension.
   *
   * @param name what callers may know of it, such as {@code the proxy interceptor 'vault'}; empty
   *     for what lies below all extensions
   * @param label what operators are told, with its class and jar
   */
  public record Extension(String name, String label) {}

  private final Cancellation original;
  private final List<Call> pending = new ArrayList<>();

  /**
   * Wraps a cancellation.
   *
   * @param original what it is by itself
   */
  public TrackedCancellation(Cancellation original) {
    this.original = original;
  }

  /**
   * Who has the request.
   *
   * @return the extension that was asked last of those that have not answered; null for none
   */
  public synchronized @Nullable Extension awaited() {
    return pending.isEmpty() ? null : pending.get(pending.size() - 1).extension;
  }

  /** Tells that an extension has the request. What it returns is run when it has answered. */
  synchronized Runnable asked(Extension extension) {
    Call call = new Call(extension);
    pending.add(call);
    return () -> answered(call);
  }

  private synchronized void answered(Call call) {
    pending.remove(call);
  }

  @Override
  public boolean isCancelled() {
    return original.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return original.onCancel(action);
  }

  /** One of maybe several calls of an extension, each with its own identity. */
  private static final class Call {
    private final Extension extension;

    private Call(Extension extension) {
      this.extension = extension;
    }
  }
}
