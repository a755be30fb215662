package dev.followspot.core.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameConsts;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.jspecify.annotations.Nullable;

/** One connection, and what the pool knows about it. */
final class Connection {

  /** Resets go out only while the server would accept one stream more, so one is kept free. */
  private static final int SPARE_STREAMS = 1;

  /** As many streams as HTTP/2 advises, where the server does not say. */
  private static final int USUAL_STREAMS = 100;

  /**
   * How large a frame may be, either way. A connection holds two of them: 98 KB less than the 64
   * KiB of HttpCore take, and answers come as fast.
   */
  static final int FRAME = FrameConsts.MIN_FRAME_SIZE;

  private static final int SETTING_MAX_FRAME = 5;
  private static final int SETTING_MAX_STREAMS = 3;
  private static final int MOST_ABANDONED = 16;

  final Origin origin;
  final ProtocolIOSession session;
  final Frames frames = new Frames();

  // Guarded by the pool.
  boolean http2;
  boolean retired;
  boolean gone;
  int active;

  /** Whether it carries one request that shares it with no other. */
  boolean reserved;

  int abandoned;
  int served;
  long idleSince;

  /** What is under way. */
  final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();

  /** Whether more than one request was given to it. */
  volatile boolean shared;

  /** Why it broke, if it did. */
  volatile @Nullable Exception failure;

  /** Whether the server has said that it will close. */
  volatile boolean leaving;

  /** Whether what was written last still has to arrive when it is closed. */
  volatile boolean gentle;

  private volatile int maxStreams = USUAL_STREAMS;

  Connection(Origin origin, ProtocolIOSession session) {
    this.origin = origin;
    this.session = session;
  }

  boolean isOpen() {
    return session.isOpen();
  }

  boolean hasRoom() {
    return !retired && !reserved && isOpen() && active < (http2 ? capacity() - abandoned : 1);
  }

  /** How many requests it carries at a time. */
  int capacity() {
    return http2 ? Math.max(1, maxStreams - SPARE_STREAMS) : 1;
  }

  /** Streams that were reset count at the server's side no more, but at ours until it is closed. */
  void abandonOne() {
    abandoned++;
    retired |= abandoned >= Math.min(MOST_ABANDONED, Math.max(1, maxStreams / 4));
  }

  void close() {
    session.close(gentle ? CloseMode.GRACEFUL : CloseMode.IMMEDIATE);
  }

  /** Sees the frames that come in. */
  H2StreamListener listener(Runnable onSettings, Runnable onGoAway) {
    return new H2StreamListener() {
      @Override
      public void onFrameInput(HttpConnection connection, int streamId, RawFrame frame) {
        if (frame.isType(FrameType.SETTINGS) && (frame.getFlags() & 1) == 0) {
          readSettings(frame.getPayload());
          onSettings.run();
        } else if (frame.isType(FrameType.GOAWAY)) {
          leaving = true;
          onGoAway.run();
          failUnprocessed(frame.getPayload());
        } else if (frame.isType(FrameType.DATA) && frame.isFlagSet(FrameFlag.PADDED)) {
          countPadding(streamId, frame);
        }
      }

      @Override
      public void onHeaderInput(HttpConnection c, int id, List<? extends Header> headers) {}

      @Override
      public void onHeaderOutput(HttpConnection c, int id, List<? extends Header> headers) {}

      @Override
      public void onFrameOutput(HttpConnection c, int id, RawFrame frame) {}

      @Override
      public void onInputFlowControl(HttpConnection c, int id, int delta, int actualSize) {}

      @Override
      public void onOutputFlowControl(HttpConnection c, int id, int delta, int actualSize) {}
    };
  }

  /** What the server says it has not looked at, and will not. HttpCore would let it wait. */
  private void failUnprocessed(@Nullable ByteBuffer payload) {
    int last = payload == null || payload.remaining() < 4 ? 0 : payload.getInt(payload.position());
    for (Exchange exchange : exchanges) {
      if (exchange.stream() == 0 || exchange.stream() > last) {
        exchange.unprocessed();
      }
    }
  }

  /** Padding is taken from the window, and nobody else gives it back. */
  private void countPadding(int streamId, RawFrame frame) {
    ByteBuffer content = frame.getPayloadContent();
    int padding = frame.getLength() - (content == null ? 0 : content.remaining());
    for (Exchange exchange : exchanges) {
      if (exchange.stream() == streamId) {
        exchange.onPadding(padding);
      }
    }
  }

  private void readSettings(@Nullable ByteBuffer payload) {
    if (payload == null) {
      return;
    }
    ByteBuffer settings = payload.duplicate();
    while (settings.remaining() >= 6) {
      int id = settings.getShort();
      int value = settings.getInt();
      if (id == SETTING_MAX_STREAMS) {
        maxStreams = value < 0 ? Integer.MAX_VALUE : value;
      } else if (id == SETTING_MAX_FRAME && value > FRAME && value <= FrameConsts.MAX_FRAME_SIZE) {
        // HttpCore cuts headers into frames of this size, and cannot send what is larger than ours.
        settings.putInt(settings.position() - Integer.BYTES, FRAME);
      }
    }
  }
}
