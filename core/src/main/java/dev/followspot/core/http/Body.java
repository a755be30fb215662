package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the body of one answer, decompressed, up to a limit. Memory follows what has arrived, not
 * what {@code Content-Length} promises.
 */
final class Body {

  private static final int FIRST = 8 << 10;
  private static final int LARGEST_AT_ONCE = 1 << 20;

  private final Origin origin;
  private final int max;
  private final long announced;
  private final @Nullable Gunzip gunzip;
  private final Room room;
  private long taken;
  private long received;
  private byte[] bytes = {};
  private int length;

  /**
   * Starts an answer.
   *
   * @param announced the Content-Length, -1 if there is none
   * @param encoding the Content-Encoding, or null
   * @param room where memory for it is taken from, until it is released
   * @throws Trouble if the body is known to be too large, or is encoded otherwise than with gzip
   */
  Body(Origin origin, int max, long announced, @Nullable String encoding, Room room)
      throws Trouble {
    this.origin = origin;
    this.max = max;
    this.announced = announced;
    this.room = room;
    String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (announced > max) {
      throw tooLarge();
    }
    switch (coding) {
      case "", "identity" -> {
        gunzip = null;
        enlarge(announced < 0 ? FIRST : (int) Math.min(announced, LARGEST_AT_ONCE));
      }
      case "gzip", "x-gzip" -> {
        enlarge(FIRST);
        gunzip = new Gunzip(origin);
      }
      default ->
          throw new Trouble(
              CellStatus.INVALID_RESPONSE,
              origin.shown()
                  + " answered with the Content-Encoding '"
                  + coding
                  + "', though only gzip was asked for",
              null);
    }
  }

  /** Takes all bytes of the buffer. */
  void add(ByteBuffer source) throws Trouble {
    received += source.remaining();
    if (gunzip != null) {
      gunzip.add(source, this);
      return;
    }
    int count = source.remaining();
    reserve(count);
    source.get(bytes, length, count);
    length += count;
  }

  /** Makes room, and gives how much there is. */
  int reserve(int count) throws Trouble {
    if (count > max - length) {
      throw tooLarge();
    }
    int needed = length + count;
    if (needed > bytes.length) {
      long wanted = Math.max(needed, Math.min(2L * bytes.length, max));
      if (gunzip == null && announced >= needed) {
        wanted = Math.min(wanted, announced);
      }
      enlarge((int) wanted);
    }
    return bytes.length - length;
  }

  private void enlarge(int size) throws Trouble {
    int before = bytes.length;
    if (!room.take(size)) {
      throw noRoom();
    }
    try {
      bytes = Arrays.copyOf(bytes, size);
    } catch (OutOfMemoryError e) {
      // Of this one array; thrown on, it would end the I/O thread, and all clusters with it.
      room.give(size);
      throw noRoom();
    }
    room.give(before);
    taken += size - before;
  }

  private Trouble noRoom() {
    return new Trouble(
        CellStatus.INVALID_RESPONSE,
        "there is no memory left for the answer of "
            + origin.shown()
            + ": give the JVM more with -Xmx, or lower followspot.http.maxResponseBytes",
        null);
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void advance(int count) {
    length += count;
  }

  boolean isFull() {
    return length >= max;
  }

  /** The last byte has come. */
  void end() throws Trouble {
    if (announced >= 0 && received != announced) {
      throw new Trouble(
          CellStatus.INVALID_RESPONSE,
          origin.shown()
              + " answered with "
              + received
              + " bytes where Content-Length says "
              + announced,
          null);
    }
    if (gunzip != null) {
      gunzip.end(received);
    }
  }

  /** Frees what is held outside of the heap, and makes room for others. */
  void release() {
    room.give(taken);
    taken = 0;
    if (gunzip != null) {
      gunzip.release();
    }
  }

  Trouble tooLarge() {
    return new Trouble(
        CellStatus.INVALID_RESPONSE,
        "the answer of "
            + origin.shown()
            + " is larger than the "
            + max
            + " bytes that followspot.http.maxResponseBytes allows",
        null);
  }
}
