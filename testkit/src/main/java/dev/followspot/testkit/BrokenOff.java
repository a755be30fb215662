package dev.followspot.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import wiremock.org.eclipse.jetty.server.HttpOutput;

/**
 * The first half of a body, which is sent, and then a failure, at which Jetty ends the connection
 * or the HTTP/2 stream.
 */
final class BrokenOff extends ByteArrayInputStream {

  BrokenOff(byte[] body) {
    super(body, 0, body.length / 2);
  }

  @Override
  public synchronized long transferTo(OutputStream out) throws IOException {
    super.transferTo(out);
    // Or Jetty would still be able to answer with an error instead.
    out.flush();
    IOException failure = new IOException("the answer is truncated");
    if (out instanceof HttpOutput jetty) {
      // With HTTP/2, closing the stream of bytes would end the answer as if it were whole.
      jetty.getHttpChannel().abort(failure);
    }
    throw failure;
  }
}
