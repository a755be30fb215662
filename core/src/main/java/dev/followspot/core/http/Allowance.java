package dev.followspot.core.http;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server that it may send as much more as was taken of its answer. HttpCore gives the way
 * to say so only when the server has used up half of what it may send, or all of it. Safe for use
 * by several threads.
 */
final class Allowance {

  /** A step; less than half of what any server may send in the beginning. */
  private static final int STEP = 32 << 10;

  private @Nullable CapacityChannel channel;
  private int owed;
  private boolean closed;

  /** There is a way to say so. */
  synchronized void through(CapacityChannel given) {
    channel = given;
    tell(1);
  }

  synchronized void taken(int count) {
    owed += count;
    tell(STEP);
  }

  /** Nothing else will come. */
  synchronized void close() {
    closed = true;
    channel = null;
  }

  private void tell(int atLeast) {
    CapacityChannel to = channel;
    if (to == null || closed || owed < atLeast) {
      return;
    }
    int count = owed;
    owed = 0;
    try {
      to.update(count);
    } catch (IOException | CancelledKeyException e) {
      // The connection is being closed, which is told otherwise.
      close();
    }
  }
}
