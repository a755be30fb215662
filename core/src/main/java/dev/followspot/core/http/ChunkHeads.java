package dev.followspot.core.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * What the decoder of chunks reads from. HttpCore takes a size with a sign for a number, and waits
 * for ever for the end of a chunk of less than no bytes.
 */
final class ChunkHeads implements SessionInputBuffer {

  private final SessionInputBuffer buffer;

  ChunkHeads(SessionInputBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public boolean readLine(CharArrayBuffer line, boolean endOfStream) throws IOException {
    int start = line.length();
    boolean complete = buffer.readLine(line, endOfStream);
    int first = start;
    while (first < line.length() && line.charAt(first) <= ' ') {
      first++;
    }
    if (first < line.length() && (line.charAt(first) == '-' || line.charAt(first) == '+')) {
      throw new MalformedChunkCodingException("a chunk has a size with a sign");
    }
    return complete;
  }

  @Override
  public boolean hasData() {
    return buffer.hasData();
  }

  @Override
  public int length() {
    return buffer.length();
  }

  @Override
  public int fill(ReadableByteChannel channel) throws IOException {
    return buffer.fill(channel);
  }

  @Override
  public int read() {
    return buffer.read();
  }

  @Override
  public int read(ByteBuffer into, int most) {
    return buffer.read(into, most);
  }

  @Override
  public int read(ByteBuffer into) {
    return buffer.read(into);
  }

  @Override
  public int read(WritableByteChannel into, int most) throws IOException {
    return buffer.read(into, most);
  }

  @Override
  public int read(WritableByteChannel into) throws IOException {
    return buffer.read(into);
  }
}
