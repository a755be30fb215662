package dev.followspot.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's side of a WebSocket, as far as Kubernetes uses it: binary messages. */
final class Frames {

  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final DataInputStream in;
  private final OutputStream out;

  private Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** Answers the request for an upgrade. */
  static Frames accept(InputStream in, OutputStream out, String key, String protocol)
      throws IOException {
    String answer =
        """
        HTTP/1.1 101 Switching Protocols\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Accept: %s\r
        Sec-WebSocket-Protocol: %s\r
        \r
        """
            .formatted(accepted(key), protocol);
    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return new Frames(in, out);
  }

  private static String accepted(String key) {
    try {
      byte[] bytes =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message; null at the end. */
  byte[] read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      int second = in.readUnsignedByte();
      long length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      if ((second & 0x80) == 0) {
        throw new IOException("a client's frame without a mask");
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) length);
      if (payload.length < length) {
        throw new EOFException();
      }
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      switch (first & 0x0f) {
        case CLOSE -> {
          send(CLOSE, payload);
          return null;
        }
        case PING -> send(PONG, payload);
        case PONG -> {}
        default -> {
          message.write(payload);
          if ((first & 0x80) != 0) {
            return message.toByteArray();
          }
        }
      }
    }
  }

  /** Sends a message. */
  void write(byte[] payload) throws IOException {
    send(BINARY, payload);
  }

  /** Sends a message that begins with the number of a channel. */
  void write(int channel, byte[] data) throws IOException {
    write(ByteBuffer.allocate(data.length + 1).put((byte) channel).put(data).array());
  }

  /** Says that nothing more comes. */
  void end() throws IOException {
    send(CLOSE, new byte[] {3, (byte) 0xe8});
  }

  private synchronized void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      head.put((byte) payload.length);
    } else if (payload.length < 65536) {
      head.put((byte) 126).putShort((short) payload.length);
    } else {
      head.put((byte) 127).putLong(payload.length);
    }
    out.write(head.array(), 0, head.position());
    out.write(payload);
    out.flush();
  }

  /** The messages as one stream of bytes, for a protocol that is tunneled through them. */
  InputStream messages() {
    return new InputStream() {
      private ByteBuffer message = ByteBuffer.allocate(0);

      @Override
      public int read() throws IOException {
        while (!message.hasRemaining()) {
          byte[] next = Frames.this.read();
          if (next == null) {
            return -1;
          }
          message = ByteBuffer.wrap(next);
        }
        return message.get() & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int first = length == 0 ? -1 : read();
        if (first < 0) {
          return length == 0 ? 0 : -1;
        }
        bytes[offset] = (byte) first;
        int more = Math.min(length - 1, message.remaining());
        message.get(bytes, offset + 1, more);
        return more + 1;
      }
    };
  }

  /** Each write becomes a message. */
  OutputStream writer() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        Frames.this.write(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Frames.this.write(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
      }
    };
  }
}
