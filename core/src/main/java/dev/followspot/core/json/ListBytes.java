package dev.followspot.core.json;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that the objects of a list are slices of. Where memory is scarce they are packed, which
 * takes a tenth of the memory, and unpacked again for as long as somebody reads them: a thousand
 * objects that are written one after the other are unpacked once, unless a garbage collection comes
 * between. They may be packed until others see them; from then on they are safe for use by several
 * threads.
 */
public final class ListBytes {

  private byte[] bytes;

  /** How many bytes were packed; -1 as long as they are not. */
  private int packed = -1;

  private volatile @Nullable WeakReference<byte[]> unpacked;

  /**
   * Keeps an array.
   *
   * @param bytes nobody changes them any more
   */
  public ListBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Keeps the same in less memory, if that is possible.
   *
   * @param read how many of the bytes are parts of objects
   * @return how many bytes less are kept, possibly none
   */
  public int pack(int read) {
    byte[] smaller = packed < 0 ? Packing.pack(bytes, read) : null;
    if (smaller == null) {
      return 0;
    }
    int less = bytes.length - smaller.length;
    bytes = smaller;
    packed = read;
    return less;
  }

  /**
   * Copies the first bytes.
   *
   * @param target where to; there is space for them
   * @param count how many
   */
  public void copyTo(ByteBuffer target, int count) {
    target.put(array(), 0, count);
  }

  /** The bytes at the same indices as ever; nobody may change them. */
  byte[] array() {
    if (packed < 0) {
      return bytes;
    }
    WeakReference<byte[]> last = unpacked;
    byte[] array = last == null ? null : last.get();
    if (array == null) {
      // Two threads may both unpack; they find the same.
      array = Packing.unpack(bytes, packed);
      unpacked = new WeakReference<>(array);
    }
    return array;
  }
}
