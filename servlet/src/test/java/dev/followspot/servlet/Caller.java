package dev.followspot.servlet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A caller that says on its socket whatever a test wants. */
final class Caller implements AutoCloseable {
  final Socket socket;
  private final InputStream in;
  private boolean inChunk;

  Caller(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends lines, a Host header, and an empty line. */
  Caller head(String first, String... lines) throws IOException {
    StringBuilder head = new StringBuilder(first).append("\r\nHost: portal\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return send(head.append("\r\n").toString());
  }

  Caller send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Caller send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A line without its end; fails if the connection ends before. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("after " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** The head of a response, without its empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line = line();
    while (!line.isEmpty()) {
      head.append(line).append('\n');
      line = line();
    }
    return head.toString();
  }

  /** One chunk, empty for the last one. Jetty ends a chunk when it has the next one. */
  String chunk() throws IOException {
    if (inChunk) {
      line();
    }
    int length = Integer.parseInt(line(), 16);
    inChunk = length > 0;
    String text = text(length);
    if (!inChunk) {
      line();
    }
    return text;
  }

  String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("after " + bytes.length + " bytes of " + length);
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** All that still comes. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the connection has ended, in whatever way; waits for it. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends the connection in a way that cannot be overlooked. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
