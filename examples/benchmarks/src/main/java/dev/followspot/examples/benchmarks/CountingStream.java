package dev.followspot.examples.benchmarks;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what goes through. For use by one thread. */
public final class CountingStream extends FilterOutputStream {

  private long count;

  /**
   * Counts what is written to a stream.
   *
   * @param out where the bytes go
   */
  public CountingStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    count++;
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count += length;
    out.write(bytes, offset, length);
  }

  /**
   * How many bytes were written.
   *
   * @return the number of bytes
   */
  public long count() {
    return count;
  }
}
