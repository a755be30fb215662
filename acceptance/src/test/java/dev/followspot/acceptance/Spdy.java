package dev.followspot.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * The server's side of SPDY/3.1, which kubectl speaks to kubelets, as far as it needs it. Headers
 * of streams are not read: kubectl opens streams in a known order.
 */
final class Spdy {

  /** What is done with the streams that the client opens: 1, 3, 5, … */
  interface Streams {

    void opened(int stream) throws IOException;

    void received(int stream, byte[] data) throws IOException;

    void ended(int stream) throws IOException;
  }

  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int PING = 6;
  private static final int FIN = 1;

  private final DataInputStream in;
  private final OutputStream out;
  private final Deflater headers = new Deflater();

  Spdy(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** Reads until the client hangs up. */
  void serve(Streams streams) throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      int word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int flags = in.readUnsignedByte();
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      byte[] payload = in.readNBytes(length);
      if (word >= 0) {
        if (length > 0) {
          streams.received(word, payload);
        }
        end(streams, word, flags);
        continue;
      }
      switch (word & 0xffff) {
        case SYN_STREAM -> {
          int stream = new DataInputStream(new java.io.ByteArrayInputStream(payload)).readInt();
          control(SYN_REPLY, reply(stream));
          streams.opened(stream);
          end(streams, stream, flags);
        }
        case PING -> control(PING, payload);
        default -> {}
      }
    }
  }

  private static void end(Streams streams, int stream, int flags) throws IOException {
    if ((flags & FIN) != 0) {
      streams.ended(stream);
    }
  }

  private byte[] reply(int stream) throws IOException {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    new DataOutputStream(reply).writeInt(stream);
    headers.setInput(new byte[4]);
    byte[] none = new byte[64];
    reply.write(none, 0, headers.deflate(none, 0, none.length, Deflater.SYNC_FLUSH));
    return reply.toByteArray();
  }

  private void control(int type, byte[] payload) throws IOException {
    frame(0x80030000 | type, 0, payload);
  }

  /** Sends something on a stream. */
  void write(int stream, byte[] data) throws IOException {
    frame(stream, 0, data);
  }

  /** Says that nothing more comes on a stream. */
  void end(int stream) throws IOException {
    frame(stream, FIN, new byte[0]);
  }

  private synchronized void frame(int word, int flags, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeInt(word);
    frame.writeInt(flags << 24 | payload.length);
    frame.write(payload);
    out.write(bytes.toByteArray());
    out.flush();
  }
}
