package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {

  private static byte[] frame(int opcode, int payload, boolean masked) {
    ByteBuffer frame = ByteBuffer.allocate(payload + 14);
    frame.put((byte) (0x80 | opcode));
    int mask = masked ? 0x80 : 0;
    if (payload < 126) {
      frame.put((byte) (mask | payload));
    } else if (payload < 65536) {
      frame.put((byte) (mask | 126)).putShort((short) payload);
    } else {
      frame.put((byte) (mask | 127)).putLong(payload);
    }
    if (masked) {
      frame.putInt(0x01020304);
    }
    frame.put(new byte[payload]);
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 255, 256, 65535, 65536, 70000})
  void may_insert_between_frames_only(int payload) {
    for (boolean masked : new boolean[] {false, true}) {
      WebSocketFrames frames = new WebSocketFrames();
      assertThat(frames.mayInsert()).isTrue();
      for (int round = 0; round < 2; round++) {
        byte[] frame = frame(2, payload, masked);
        for (int i = 0; i < frame.length; i++) {
          assertThat(frames.mayInsert()).isEqualTo(i == 0);
          frames.follow(ByteBuffer.wrap(frame, i, 1));
        }
        assertThat(frames.mayInsert()).isTrue();
      }
    }
  }

  @Test
  void follows_several_frames_in_one_part_and_leaves_the_part_as_it_is() {
    ByteBuffer part = ByteBuffer.allocate(500);
    part.put(frame(1, 200, false)).put(frame(2, 5, false)).put(frame(2, 100, false), 0, 50).flip();
    WebSocketFrames frames = new WebSocketFrames();

    frames.follow(part);

    assertThat(frames.mayInsert()).isFalse();
    assertThat(part.remaining()).isEqualTo(204 + 7 + 50);
    frames.follow(ByteBuffer.allocate(52));
    assertThat(frames.mayInsert()).isTrue();
  }

  @Test
  void inserts_nothing_after_a_close_frame() {
    WebSocketFrames frames = new WebSocketFrames();
    frames.follow(ByteBuffer.wrap(frame(8, 2, false)));
    assertThat(frames.mayInsert()).isFalse();
  }
}
