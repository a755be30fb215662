package dev.followspot.core.json;

import java.io.OutputStream;

/** Takes bytes that nobody will change without copying them. */
abstract class SliceSink extends OutputStream {

  /**
   * Takes a part of an array that stays as it is for ever.
   *
   * @param bytes holds the part
   * @param offset where it begins
   * @param length how long it is
   */
  abstract void slice(byte[] bytes, int offset, int length);
}
