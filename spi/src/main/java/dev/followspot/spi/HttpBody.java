package dev.followspot.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The body of one HTTP message, which may be endless: it comes in parts, as fast as they are asked
 * for.
 *
 * <p>A buffer belongs to whoever receives it. Parts come on threads that must not be blocked. A
 * body that comes from the network can be read once, and has to be: by {@link #publisher}, {@link
 * #bytes} or {@link #discard}, since it holds a connection until then.
 */
public final class HttpBody {

  private static final HttpBody NONE = new HttpBody(Bodies.ofBytes(new byte[0]), 0, true);

  private final Publisher<ByteBuffer> publisher;
  private final long length;
  private final boolean repeatable;
  private final AtomicBoolean taken = new AtomicBoolean();

  private HttpBody(Publisher<ByteBuffer> publisher, long length, boolean repeatable) {
    this.publisher = Objects.requireNonNull(publisher, "publisher");
    this.length = length;
    this.repeatable = repeatable;
  }

  /**
   * No body.
   *
   * @return a body of length 0
   */
  public static HttpBody none() {
    return NONE;
  }

  /**
   * A body in memory.
   *
   * @param bytes the body, which is copied
   * @return the body
   */
  public static HttpBody of(byte[] bytes) {
    return bytes.length == 0
        ? NONE
        : new HttpBody(Bodies.ofBytes(bytes.clone()), bytes.length, true);
  }

  /**
   * A text in UTF-8.
   *
   * @param text the text
   * @return the body
   */
  public static HttpBody of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A body of unknown length.
   *
   * @param publisher gives the parts, to one subscriber
   * @return the body
   */
  public static HttpBody of(Publisher<ByteBuffer> publisher) {
    return new HttpBody(publisher, -1, false);
  }

  /**
   * A body of known length.
   *
   * @param publisher gives the parts, to one subscriber
   * @param length how many bytes it gives in all
   * @return the body
   * @throws IllegalArgumentException if the length is negative
   */
  public static HttpBody of(Publisher<ByteBuffer> publisher, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("the length of the body is negative");
    }
    return new HttpBody(publisher, length, false);
  }

  /**
   * How many bytes there are.
   *
   * @return empty if it is not known
   */
  public OptionalLong length() {
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /**
   * Whether it is known that there is nothing.
   *
   * @return true for a length of 0
   */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * Whether it can be read more than once, since it is in memory.
   *
   * @return false for what comes from the network
   */
  public boolean isRepeatable() {
    return repeatable;
  }

  /**
   * The parts.
   *
   * @return gives them to one subscriber, which may cancel at any time; a body that breaks off ends
   *     with an error, never as if it were complete
   * @throws IllegalStateException if the body was taken before and is not repeatable
   */
  public Publisher<ByteBuffer> publisher() {
    if (!taken.compareAndSet(false, true) && !repeatable) {
      throw new IllegalStateException("the body was read before; it can be read once");
    }
    return publisher;
  }

  /**
   * A copy whose parts are changed on their way. Parts end anywhere, also within a character.
   *
   * @param change what becomes of a part; an empty buffer drops it. If it throws, the body breaks
   *     off
   * @return the changed body, whose length is not known; this body can be read no more
   */
  public HttpBody map(UnaryOperator<ByteBuffer> change) {
    return of(Bodies.mapped(publisher(), Objects.requireNonNull(change, "change")));
  }

  /**
   * Reads all of it.
   *
   * @param most how many bytes to take
   * @return the body, or a failed stage: {@link TooLargeException} if there is more, or why it
   *     broke off
   */
  public CompletionStage<byte[]> bytes(int most) {
    return Bodies.collect(publisher(), most);
  }

  /** Gives it up without reading it, and frees what it holds. Does nothing if it was taken. */
  public void discard() {
    if (!repeatable && taken.compareAndSet(false, true)) {
      Bodies.discard(publisher);
    }
  }

  /** The length. */
  @Override
  public String toString() {
    return "HttpBody[" + (length < 0 ? "unknown length" : length + " bytes") + "]";
  }

  /** A body is longer than allowed. */
  public static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A body is longer than allowed.
     *
     * @param most how many bytes are allowed
     */
    public TooLargeException(int most) {
      super("the body is longer than " + most + " bytes");
    }
  }
}
