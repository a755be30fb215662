package dev.followspot.examples.backstagebackend;

import java.nio.ByteBuffer;

/**
 * Follows the frames of a WebSocket as they pass, to know whether a frame of one's own may be put
 * in. Not safe for use by several threads.
 */
final class WebSocketFrames {

  private static final int OPCODE = 0x0f;
  private static final int CLOSE = 0x8;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MASK_BYTES = 4;

  /** A close frame that says 1001: going away. */
  private static final byte[] GOING_AWAY = {(byte) 0x88, 0x02, 0x03, (byte) 0xe9};

  private int opcode;
  private int headerBytes;
  private int headerLength;
  private int lengthBytes;
  private long payload;
  private boolean closed;

  /** A new close frame, as a server sends it. */
  static ByteBuffer goingAway() {
    return ByteBuffer.wrap(GOING_AWAY.clone());
  }

  /** Whether a frame may be sent here: the last one is complete, and was no close frame. */
  boolean mayInsert() {
    return headerBytes == 0 && payload == 0 && !closed;
  }

  /** Follows a part, which is left as it is. */
  void follow(ByteBuffer part) {
    ByteBuffer bytes = part.duplicate();
    while (bytes.hasRemaining()) {
      if (headerBytes == 0 && payload > 0) {
        int skipped = (int) Math.min(payload, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        payload -= skipped;
      } else {
        header(bytes.get());
      }
    }
  }

  private void header(byte next) {
    headerBytes++;
    if (headerBytes == 1) {
      opcode = next & OPCODE;
      return;
    }
    if (headerBytes == 2) {
      int length = next & LENGTH;
      lengthBytes = length == LENGTH_16 ? Short.BYTES : length == LENGTH_64 ? Long.BYTES : 0;
      payload = lengthBytes == 0 ? length : 0;
      headerLength = 2 + lengthBytes + (next < 0 ? MASK_BYTES : 0);
    } else if (headerBytes <= 2 + lengthBytes) {
      payload = (payload << Byte.SIZE) | (next & 0xff);
    }
    if (headerBytes == headerLength) {
      headerBytes = 0;
      closed |= opcode == CLOSE;
    }
  }
}
