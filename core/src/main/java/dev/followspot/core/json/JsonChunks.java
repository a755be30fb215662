package dev.followspot.core.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a document that is written in steps, in chunks of a useful size. No more than a
 * chunk and what one step writes is in memory, apart from objects that came from an API server and
 * are large: those are read-only views of its answer. For use by one thread at a time.
 */
public final class JsonChunks implements Iterator<ByteBuffer> {

  /** The usual size; that of the last one is smaller. */
  static final int SIZE = 16 * 1024;

  /** The size of a view of a large object. */
  private static final int VIEW = 64 * 1024;

  private final Deque<ByteBuffer> ready = new ArrayDeque<>();
  private final Sink sink = new Sink();
  private final JsonOutput json;
  private @Nullable JsonSteps steps;

  /**
   * Nothing is written yet.
   *
   * @param steps writes the document
   */
  public JsonChunks(JsonSteps steps) {
    this.steps = steps;
    try {
      json = new JsonOutput(sink);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  /**
   * Writes on until a chunk is there.
   *
   * @return whether there is one
   * @throws RuntimeException as the steps throw it; after that, there is none
   */
  @Override
  public boolean hasNext() {
    JsonSteps writing = steps;
    try {
      while (ready.isEmpty() && writing != null) {
        if (!writing.next(json)) {
          json.finish();
          sink.finish();
          steps = null;
          writing = null;
        }
      }
    } catch (IOException e) {
      steps = null;
      throw new UncheckedIOException("the document cannot be written", e);
    } catch (RuntimeException | Error e) {
      steps = null;
      throw e;
    }
    return !ready.isEmpty();
  }

  /**
   * The next chunk.
   *
   * @return the caller's own, possibly read-only, never empty
   */
  @Override
  public ByteBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the document has ended");
    }
    return ready.remove();
  }

  private final class Sink extends SliceSink {
    private byte[] chunk = new byte[SIZE];
    private int filled;

    @Override
    public void write(int b) {
      if (filled == chunk.length) {
        hand();
      }
      chunk[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      int end = offset + length;
      while (from < end) {
        if (filled == chunk.length) {
          hand();
        }
        int size = Math.min(end - from, chunk.length - filled);
        System.arraycopy(bytes, from, chunk, filled, size);
        filled += size;
        from += size;
      }
    }

    @Override
    void slice(byte[] bytes, int offset, int length) {
      if (length < SIZE) {
        write(bytes, offset, length);
        return;
      }
      hand();
      for (int from = 0; from < length; from += VIEW) {
        int size = Math.min(VIEW, length - from);
        ready.add(ByteBuffer.wrap(bytes, offset + from, size).slice().asReadOnlyBuffer());
      }
    }

    private void hand() {
      if (filled > 0) {
        ready.add(ByteBuffer.wrap(chunk, 0, filled));
        chunk = new byte[SIZE];
        filled = 0;
      }
    }

    private void finish() {
      if (filled > 0) {
        ready.add(ByteBuffer.wrap(chunk, 0, filled));
        chunk = new byte[0];
        filled = 0;
      }
    }
  }
}
