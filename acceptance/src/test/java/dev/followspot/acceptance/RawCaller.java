package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import javax.net.SocketFactory;

/** A caller that writes any bytes to a connection, and reads the answers one by one. */
final class RawCaller implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * One answer.
   *
   * @param head the status line and the headers
   * @param body the body as it is, without chunks
   */
  record Answer(String head, String body) {

    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    String all() {
      return head + body;
    }
  }

  RawCaller(URI backend) throws IOException {
    this(SocketFactory.getDefault(), backend);
  }

  RawCaller(SocketFactory factory, URI backend) throws IOException {
    socket = factory.createSocket(backend.getHost(), backend.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    out = socket.getOutputStream();
  }

  /** The answer to a request that is well-formed. */
  static Answer ask(URI backend, String request) throws IOException {
    try (RawCaller caller = new RawCaller(backend)) {
      caller.send(request);
      return caller.answer();
    }
  }

  /** A request with these headers, each with its line end. */
  static String request(String method, String target, String headers, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + headers
        + (body.isEmpty() ? "" : "Content-Length: " + body.getBytes(ISO_8859_1).length + "\r\n")
        + "\r\n"
        + body;
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  InputStream in() {
    return in;
  }

  /** Reads one answer to its end. */
  Answer answer() throws IOException {
    String head = head();
    String low = head.toLowerCase(Locale.ROOT);
    if (low.contains("\r\ntransfer-encoding: chunked\r\n")) {
      return new Answer(head, chunks());
    }
    int length = low.indexOf("\r\ncontent-length: ");
    if (length >= 0) {
      String value = low.substring(length + 18, low.indexOf("\r\n", length + 2));
      return new Answer(head, new String(in.readNBytes(Integer.parseInt(value)), ISO_8859_1));
    }
    if (low.startsWith("http/1.1 204") || low.startsWith("http/1.1 1")) {
      return new Answer(head, "");
    }
    return new Answer(head, new String(in.readAllBytes(), ISO_8859_1));
  }

  /** Reads up to and with the empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line;
    do {
      line = line();
      head.append(line);
    } while (!line.equals("\r\n"));
    return head.toString();
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c;
    do {
      c = in.read();
      if (c < 0) {
        throw new IOException("no answer, or one that broke off: " + line);
      }
      line.write(c);
    } while (c != '\n');
    return line.toString(ISO_8859_1);
  }

  /** Says that no more requests come, and reads what still comes. */
  String rest() throws IOException {
    try {
      socket.shutdownOutput();
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (java.net.SocketException e) {
      // A server that closes with bytes unread resets the connection.
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
