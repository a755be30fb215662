package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the body of one answer, decompressed, up to a limit. Memory follows what has arrived, not
 * what {@code Content-Length} promises.
 */
final class Body {

  private final Origin origin;
  private final long announced;
  private final @Nullable Gunzip gunzip;
  private final BodyBytes bytes;
  private long received;

  /**
   * Starts an answer.
   *
   * @param announced the Content-Length, -1 if there is none
   * @param encoding the Content-Encoding, or null
   * @param room where memory for it is taken from, until it is released
   * @param reader reads it meanwhile, null if nothing does
   * @throws Trouble if the body is known to be too large, or is encoded otherwise than with gzip
   */
  Body(
      Origin origin,
      int max,
      long announced,
      @Nullable String encoding,
      Room.Share room,
      @Nullable BodyReader reader)
      throws Trouble {
    this.origin = origin;
    this.announced = announced;
    String coding = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
    if (!gzip && !coding.isEmpty() && !coding.equals("identity")) {
      throw new Trouble(
          CellStatus.INVALID_RESPONSE,
          origin.shown()
              + " answered with the Content-Encoding '"
              + coding
              + "', though only gzip was asked for",
          null);
    }
    if (announced > max) {
      throw BodyBytes.tooLarge(origin, max);
    }
    bytes = new BodyBytes(origin, max, gzip ? -1 : announced, room, reader);
    gunzip = gzip ? new Gunzip(origin) : null;
  }

  /** Takes all bytes of the buffer. */
  void add(ByteBuffer source) throws Trouble {
    received += source.remaining();
    if (gunzip != null) {
      gunzip.add(source, bytes);
      return;
    }
    while (source.hasRemaining()) {
      int count = Math.min(bytes.reserve(source.remaining()), source.remaining());
      source.get(bytes.array(), bytes.position(), count);
      bytes.advance(count);
    }
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
    bytes.end();
  }

  /** Holds all of it from index 0, unless a reader has read it. */
  byte[] array() {
    return bytes.array();
  }

  int length() {
    return bytes.length();
  }

  /** What has read all of it, if anything has. */
  @Nullable BodyReader reader() {
    return bytes.reader();
  }

  /** Frees what is held outside of the heap, and makes room for others. */
  void release() {
    bytes.release();
    if (gunzip != null) {
      gunzip.release();
    }
  }
}
