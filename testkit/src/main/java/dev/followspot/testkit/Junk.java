package dev.followspot.testkit;

import java.io.InputStream;
import java.util.Arrays;

/** A JSON string of any length that takes no memory. */
final class Junk extends InputStream {

  private final long size;
  private long position;

  Junk(long size) {
    this.size = size;
  }

  @Override
  public int read() {
    if (position >= size) {
      return -1;
    }
    boolean quote = position == 0 || position == size - 1;
    position++;
    return quote ? '"' : 'x';
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == 0 || size - position <= length) {
      int next = length == 0 ? 0 : read();
      if (next > 0) {
        target[offset] = (byte) next;
      }
      return length == 0 ? 0 : next < 0 ? -1 : 1;
    }
    Arrays.fill(target, offset, offset + length, (byte) 'x');
    position += length;
    return length;
  }
}
