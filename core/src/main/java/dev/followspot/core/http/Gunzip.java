package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses gzip as it arrives, several members one after the other included. */
final class Gunzip {

  private enum State {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CRC,
    DATA,
    TRAILER
  }

  private static final int FIXED_HEADER = 10;
  private static final int TRAILER_BYTES = 8;

  private final Origin origin;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] small = new byte[FIXED_HEADER];
  private State state = State.HEADER;
  private int at;
  private int flags;
  private int extra;
  private boolean released;

  Gunzip(Origin origin) {
    this.origin = origin;
  }

  void add(ByteBuffer source, BodyBytes out) throws Trouble {
    if (released) {
      source.position(source.limit());
      return;
    }
    while (source.hasRemaining()) {
      if (state == State.DATA) {
        inflate(source, out);
      } else {
        framing(source.get());
      }
    }
  }

  private void inflate(ByteBuffer source, BodyBytes out) throws Trouble {
    inflater.setInput(source);
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          return;
        }
        // One byte more than allowed is enough to know that the limit is passed.
        int room = out.isFull() ? 0 : out.reserve(1);
        byte[] target = room == 0 ? new byte[1] : out.array();
        int offset = room == 0 ? 0 : out.position();
        int count = inflater.inflate(target, offset, Math.max(room, 1));
        if (count > 0) {
          if (room == 0) {
            throw out.tooLarge();
          }
          crc.update(target, offset, count);
          out.advance(count);
        } else if (inflater.needsDictionary()) {
          throw broken();
        }
      }
    } catch (DataFormatException e) {
      throw broken();
    }
    state = State.TRAILER;
    at = 0;
  }

  private void framing(byte value) throws Trouble {
    switch (state) {
      case HEADER -> {
        small[at++] = value;
        if (at == FIXED_HEADER) {
          if (small[0] != 0x1f || small[1] != (byte) 0x8b || small[2] != 8) {
            throw broken();
          }
          flags = small[3];
          next(State.HEADER);
        }
      }
      case EXTRA_LENGTH -> {
        extra |= (value & 0xff) << (8 * at++);
        if (at == 2) {
          at = 0;
          state = State.EXTRA;
          if (extra == 0) {
            next(State.EXTRA);
          }
        }
      }
      case EXTRA -> {
        if (++at == extra) {
          next(State.EXTRA);
        }
      }
      case NAME, COMMENT -> {
        if (value == 0) {
          next(state);
        }
      }
      case HEADER_CRC -> {
        if (++at == 2) {
          next(State.HEADER_CRC);
        }
      }
      case TRAILER -> {
        small[at++] = value;
        if (at == TRAILER_BYTES) {
          trailer();
        }
      }
      default -> throw broken();
    }
  }

  /** The part that follows, as the flags say. */
  private void next(State done) {
    at = 0;
    if (done.compareTo(State.EXTRA_LENGTH) < 0 && (flags & 4) != 0) {
      extra = 0;
      state = State.EXTRA_LENGTH;
    } else if (done.compareTo(State.NAME) < 0 && (flags & 8) != 0) {
      state = State.NAME;
    } else if (done.compareTo(State.COMMENT) < 0 && (flags & 16) != 0) {
      state = State.COMMENT;
    } else if (done.compareTo(State.HEADER_CRC) < 0 && (flags & 2) != 0) {
      state = State.HEADER_CRC;
    } else {
      state = State.DATA;
    }
  }

  private void trailer() throws Trouble {
    if (number(0) != crc.getValue() || number(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw broken();
    }
    inflater.reset();
    crc.reset();
    at = 0;
    state = State.HEADER;
  }

  private long number(int offset) {
    long number = 0;
    for (int i = 3; i >= 0; i--) {
      number = number << 8 | (small[offset + i] & 0xff);
    }
    return number;
  }

  /** The last byte has come; an empty body is fine. */
  void end(long received) throws Trouble {
    if (received > 0 && (state != State.HEADER || at != 0)) {
      throw new Trouble(
          CellStatus.INVALID_RESPONSE,
          "the gzip answer of " + origin.shown() + " ends in the middle",
          null);
    }
  }

  private Trouble broken() {
    return new Trouble(
        CellStatus.INVALID_RESPONSE,
        "the answer of " + origin.shown() + " is said to be gzip and is not, or is damaged",
        null);
  }

  void release() {
    if (!released) {
      released = true;
      inflater.end();
    }
  }
}
