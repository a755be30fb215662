package dev.followspot.core.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Just enough of an HTTP/2 server to misbehave, frame by frame. */
final class H2Peer {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int ACK = 1;
  static final int PADDED = 8;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {
    int number() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  private final DataInputStream in;
  private final RawServer.Peer peer;

  /** How much the client allows to be sent on a new stream. */
  int initialWindow = 65_535;

  /** Reads the preface and sends the settings. */
  H2Peer(RawServer.Peer peer, int maxStreams) throws IOException {
    this(peer, maxStreams, 16_384);
  }

  /** The same, and takes frames that are so large. */
  H2Peer(RawServer.Peer peer, int maxStreams, int maxFrame) throws IOException {
    this.peer = peer;
    this.in = new DataInputStream(peer.in);
    in.readNBytes(24);
    ByteBuffer settings = ByteBuffer.allocate(12);
    settings.putShort((short) 3).putInt(maxStreams).putShort((short) 5).putInt(maxFrame);
    send(SETTINGS, 0, 0, settings.array());
  }

  /** The next frame that matters: settings are acknowledged, windows and data are ignored. */
  Frame read() throws IOException {
    while (true) {
      Frame frame = readAny();
      if (frame.type == HEADERS
          || frame.type == RST_STREAM
          || frame.type == GOAWAY
          || frame.type == PING) {
        return frame;
      }
    }
  }

  /** The next frame; settings are acknowledged. */
  Frame readAny() throws IOException {
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
      if (type != SETTINGS) {
        return frame;
      }
      if ((flags & ACK) == 0) {
        ByteBuffer settings = ByteBuffer.wrap(frame.payload);
        while (settings.remaining() >= 6) {
          int id = settings.getShort();
          int value = settings.getInt();
          if (id == 4) {
            initialWindow = value;
          }
        }
        send(SETTINGS, ACK, 0, new byte[0]);
      }
    }
  }

  /** The next frame of a type, whatever comes before. */
  Frame read(int type) throws IOException {
    Frame frame;
    do {
      frame = readAny();
    } while (frame.type != type);
    return frame;
  }

  /** Allows the client to send so much more. */
  void allow(int stream, int bytes) throws IOException {
    send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  /** The stream of the next request. */
  int request() throws IOException {
    Frame frame;
    do {
      frame = read();
    } while (frame.type != HEADERS);
    return frame.stream;
  }

  synchronized void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
    frame.writeBytes(payload);
    peer.out.write(frame.toByteArray());
    peer.out.flush();
  }

  /** Status 200, which HPACK knows by its number, without other headers. */
  void head(int stream) throws IOException {
    send(HEADERS, END_HEADERS, stream, new byte[] {(byte) 0x88});
  }

  void data(int stream, String text, boolean last) throws IOException {
    send(DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.UTF_8));
  }

  void answer(int stream, String text) throws IOException {
    head(stream);
    data(stream, text, true);
  }

  void goAway(int lastStream) throws IOException {
    send(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
  }

  void reset(int stream, int code) throws IOException {
    send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
  }
}
