package dev.followspot.core.http;

import java.nio.ByteBuffer;

/**
 * Reads the body of an answer while it comes, so that it need not be held in one piece. Called on
 * an I/O thread, by one thread at a time: it must not block, and must not throw.
 */
public interface BodyReader {

  /**
   * An array is full, and there may be more to come.
   *
   * @param bytes holds what was not read before, decompressed, from index 0
   * @param length how many bytes there are
   * @return how many of them it is done with. These are not given again, and never changed, so that
   *     it may keep the array; the others are at the beginning of the next array, with more behind
   *     them
   */
  int read(byte[] bytes, int length);

  /**
   * The body has come to its end.
   *
   * @param bytes holds what was not read before, from index 0
   * @param length how many bytes there are, possibly none
   * @return whether it has read the whole body; if not, {@link ApiResponse#body()} has it
   */
  boolean end(byte[] bytes, int length);

  /**
   * Memory is scarce: what was read last, by {@link #read} that was done with something, or by
   * {@link #end}, should take less of it.
   *
   * @return how many bytes less are kept now, possibly none
   */
  int shrink();

  /**
   * Gives back what it was done with by {@link #read}: after all, it could not read the whole.
   *
   * @param all takes it from the first byte on
   */
  void copyTo(ByteBuffer all);
}
