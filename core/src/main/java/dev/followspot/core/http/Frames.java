package dev.followspot.core.http;

import java.nio.ByteBuffer;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.nio.AsyncPingHandler;
import org.apache.hc.core5.http2.nio.command.PingCommand;

/**
 * Makes the frames of one HTTP/2 connection, and can reset a stream at once. HttpCore would reset a
 * cancelled stream only when the server's next frame comes, which a hanging server never sends; a
 * ping command goes out at once, so one with a mark becomes the reset.
 */
final class Frames extends DefaultFrameFactory {

  private static final int MARK = 0x46535253;

  private volatile int lastStream;

  @Override
  public RawFrame createHeaders(
      int streamId, ByteBuffer payload, boolean endHeaders, boolean endStream) {
    lastStream = streamId;
    return super.createHeaders(streamId, payload, endHeaders, endStream);
  }

  @Override
  public RawFrame createPing(ByteBuffer data) {
    return data.remaining() == 8 && data.getInt(data.position()) == MARK
        ? createResetStream(data.getInt(data.position() + 4), H2Error.CANCEL)
        : super.createPing(data);
  }

  /** The stream whose headers were written last. */
  int lastStream() {
    return lastStream;
  }

  static PingCommand reset(int streamId) {
    return new PingCommand(new Reset(streamId));
  }

  private record Reset(int streamId) implements AsyncPingHandler {

    @Override
    public ByteBuffer getData() {
      return ByteBuffer.allocate(8).putInt(MARK).putInt(streamId).flip();
    }

    @Override
    public void consumeResponse(ByteBuffer feedback) {}

    @Override
    public void failed(Exception cause) {}

    @Override
    public void cancel() {}
  }
}
