package dev.followspot.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * The moment at which a request has to be answered, measured on a clock that nobody can set.
 *
 * <p>Immutable and safe for use by several threads. Meaningful within one process only.
 */
public final class Deadline {

  private static final Deadline NEVER = new Deadline(0, true);

  private final long nanos;
  private final boolean never;

  private Deadline(long nanos, boolean never) {
    this.nanos = nanos;
    this.never = never;
  }

  /**
   * The deadline that lies the given time ahead.
   *
   * @param timeout how far ahead; zero or negative is a deadline that has passed; anything beyond
   *     100 years is {@link #never()}
   * @return the deadline
   */
  public static Deadline after(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return timeout.compareTo(Duration.ofDays(36_500)) > 0
        ? NEVER
        : new Deadline(System.nanoTime() + timeout.toNanos(), false);
  }

  /**
   * The deadline that never passes.
   *
   * @return no deadline
   */
  public static Deadline never() {
    return NEVER;
  }

  /**
   * Whether there is no deadline at all.
   *
   * @return true for {@link #never()}
   */
  public boolean isNever() {
    return never;
  }

  /**
   * The time that is left.
   *
   * @return the time left, zero once the deadline has passed, 100 years for {@link #never()}
   */
  public Duration remaining() {
    return never
        ? Duration.ofDays(36_500)
        : Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /**
   * Whether the deadline has passed.
   *
   * @return true if no time is left
   */
  public boolean expired() {
    return !never && nanos - System.nanoTime() <= 0;
  }

  /**
   * The earlier one of this deadline and the one that lies the given time ahead.
   *
   * @param timeout how far ahead the other deadline lies
   * @return the earlier one
   */
  public Deadline orAfter(Duration timeout) {
    return remaining().compareTo(timeout) <= 0 ? this : after(timeout);
  }

  @Override
  public String toString() {
    return never ? "never" : "in " + remaining().toMillis() + " ms";
  }
}
