package dev.followspot.examples.backstagebackend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection, on which a test writes what it likes and reads what comes. */
final class RawCall implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private int chunks;

  /** The head of a response. */
  record Head(String statusLine, List<String> lines) {
    int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** The value of a header, all values joined; empty if there is none. */
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return String.join(
          ", ",
          lines.stream()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
              .map(line -> line.substring(start.length()).strip())
              .toList());
    }
  }

  RawCall(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RawCall to(int port) throws IOException {
    return new RawCall(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawCall send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a request without a body. */
  RawCall ask(String method, String path, String... headers) throws IOException {
    return askHost("localhost", method, path, headers);
  }

  /** Sends a request without a body to whatever name. */
  RawCall askHost(String host, String method, String path, String... headers) throws IOException {
    StringBuilder text =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return send(text.append("\r\n").toString());
  }

  Head head() throws IOException {
    String status = line();
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return new Head(status, lines);
  }

  /** A body of the length that the head tells. */
  String body(Head head) throws IOException {
    byte[] body = in.readNBytes(Integer.parseInt(head.header("Content-Length")));
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The next chunk; empty for the last one. The line break that ends a chunk is read with the next
   * one, since a server may send it only then.
   */
  String chunk() throws IOException {
    if (chunks++ > 0) {
      line();
    }
    String chunk = new String(in.readNBytes(Integer.parseInt(line(), 16)), StandardCharsets.UTF_8);
    if (chunk.isEmpty()) {
      line();
    }
    return chunk;
  }

  /** What comes until the connection ends. */
  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  /** Some bytes. */
  byte[] bytes(int number) throws IOException {
    return in.readNBytes(number);
  }

  /** What comes until the connection ends in whatever way. */
  byte[] restUntilCut() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        rest.write(next);
      }
    } catch (SocketException e) {
      // a reset ends it, too
    }
    return rest.toByteArray();
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended after '" + line + "'");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
