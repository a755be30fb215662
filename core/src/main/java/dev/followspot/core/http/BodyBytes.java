package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one body as they come, up to a limit: in one array that grows or, if something reads
 * them meanwhile, in arrays of 256 KiB. Of a list of 16 MB no more than that is in memory, where
 * one array took 31 MB on its way to that size; hardly any is so large that a garbage collector
 * with regions treats it apart; and the list is read while the rest of it is on its way.
 */
final class BodyBytes {

  private static final int FIRST = 8 << 10;
  private static final int LARGEST_AT_ONCE = 1 << 20;
  private static final int CHUNK = 256 << 10;
  private static final byte[] NOTHING = {};

  private final Origin origin;
  private final int max;
  private final Room.Share room;
  private @Nullable BodyReader reader;

  /** How many bytes will come in all, -1 if that is not known. */
  private final long announced;

  private byte[] bytes = NOTHING;
  private int length;
  private int before;
  private long taken;
  private boolean readWhole;

  BodyBytes(Origin origin, int max, long announced, Room.Share room, @Nullable BodyReader reader)
      throws Trouble {
    this.origin = origin;
    this.max = max;
    this.announced = announced;
    this.room = room;
    this.reader = reader;
    int most = reader == null ? LARGEST_AT_ONCE : CHUNK;
    resize(announced < 0 ? FIRST : (int) Math.min(announced, most));
  }

  /** Makes room for at least one of so many bytes, and gives how much there is. */
  int reserve(int count) throws Trouble {
    if (count > max - length()) {
      throw tooLarge();
    }
    if (length == bytes.length) {
      int done = reader == null || length < CHUNK ? 0 : read(reader);
      if (done > 0) {
        begin(done);
      } else {
        resize(sizeFor(length, Math.max(2L * length, FIRST)));
      }
    }
    return Math.min(bytes.length, max - before) - length;
  }

  /** A reader that needs more memory than there is fails this answer only, as an array does. */
  private int read(BodyReader by) throws Trouble {
    try {
      return by.read(bytes, length);
    } catch (OutOfMemoryError e) {
      throw exhausted();
    }
  }

  private boolean readRest(BodyReader by) throws Trouble {
    try {
      return by.end(bytes, length);
    } catch (OutOfMemoryError e) {
      throw exhausted();
    }
  }

  /** Gives up what was read first: without any memory, nobody could be told. */
  private Trouble exhausted() {
    reader = null;
    bytes = NOTHING;
    return noRoom();
  }

  /** Begins another array with what was not read of this one. */
  private void begin(int done) throws Trouble {
    before += done;
    length -= done;
    byte[] next = allocate(sizeFor(length, Math.max(2L * length, CHUNK)));
    System.arraycopy(bytes, done, next, 0, length);
    bytes = next;
    shrink();
  }

  /** What was read takes less memory from now on, if that is scarce. */
  private void shrink() {
    BodyReader by = reader;
    if (by != null && room.isTight()) {
      try {
        giveBack(by.shrink());
      } catch (OutOfMemoryError e) {
        // What was read is there, if in more bytes.
      }
    }
  }

  /** The size of an array that holds so many bytes already: no larger than what can still come. */
  private int sizeFor(int held, long wanted) {
    long most = (long) max - before;
    if (announced > before + held) {
      most = Math.min(most, announced - before);
    }
    return (int) Math.max(held + 1L, Math.min(wanted, most));
  }

  /** Goes on in an array of another size. */
  private void resize(int size) throws Trouble {
    byte[] smaller = bytes;
    byte[] larger = allocate(size);
    System.arraycopy(smaller, 0, larger, 0, length);
    bytes = larger;
    giveBack(smaller.length);
  }

  private byte[] allocate(int size) throws Trouble {
    if (!room.take(size)) {
      throw noRoom();
    }
    try {
      byte[] made = new byte[size];
      taken += size;
      return made;
    } catch (OutOfMemoryError e) {
      // Of this one array; thrown on, it would end the I/O thread, and all clusters with it.
      room.give(size);
      throw noRoom();
    }
  }

  private void giveBack(long size) {
    room.give(size);
    taken -= size;
  }

  /** Where the next byte goes, at {@link #position()}. */
  byte[] array() {
    return bytes;
  }

  int position() {
    return length;
  }

  void advance(int count) {
    length += count;
  }

  boolean isFull() {
    return length() >= max;
  }

  /** How many bytes have come. */
  int length() {
    return before + length;
  }

  /** All has come: the rest is read, or the whole is put together. */
  void end() throws Trouble {
    if (bytes.length - length > length / 4) {
      trim();
    }
    readWhole = reader != null && readRest(reader);
    if (readWhole) {
      bytes = NOTHING;
      shrink();
    } else if (reader != null && before > 0) {
      join(reader);
    }
  }

  /** What is kept is what has come: most lists come without a length. It can be done without. */
  private void trim() {
    try {
      resize(length);
    } catch (Trouble noRoom) {
      // The answer is there, if in a larger array.
    }
  }

  private void join(BodyReader by) throws Trouble {
    ByteBuffer all = ByteBuffer.wrap(allocate(length()));
    try {
      by.copyTo(all);
    } catch (OutOfMemoryError e) {
      throw exhausted();
    }
    all.put(bytes, 0, length);
    bytes = all.array();
  }

  /** What has read all of it, if anything has. */
  @Nullable BodyReader reader() {
    return readWhole ? reader : null;
  }

  /** Makes room for others; what was read is part of the look-up from now on. */
  void release() {
    if (readWhole) {
      room.keep(taken);
    }
    giveBack(taken);
  }

  private Trouble noRoom() {
    return new Trouble(
        CellStatus.INVALID_RESPONSE,
        "there is no memory left for the answer of "
            + origin.shown()
            + ": give the JVM more with -Xmx, or lower followspot.http.maxResponseBytes",
        null);
  }

  Trouble tooLarge() {
    return tooLarge(origin, max);
  }

  static Trouble tooLarge(Origin origin, int max) {
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
