package dev.followspot.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A cluster that keeps what it was sent, and takes nothing that two readers of HTTP could
 * understand in two ways. Its answers are written byte by byte by the test.
 */
final class RawCluster implements AutoCloseable {

  private static final int KEPT = 64 * 1024;
  private static final int LONGEST_LINE = 256 * 1024;
  private static final Pattern START = Pattern.compile("[A-Z]+ /[!-~]* HTTP/1\\.1");
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+:[ -~\\x80-\\xff]*");

  /**
   * One request.
   *
   * @param head the lines before the body, each with a line feed
   * @param body how the body begins
   * @param length how long the body was
   */
  record Received(String head, String body, long length) {

    String target() {
      return head.split(" ", 3)[1];
    }

    /** The values of a header. */
    List<String> header(String name) {
      return head.lines()
          .skip(1)
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }
  }

  /** Writes an answer. */
  interface Answering {
    void answer(Received request, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final String scheme;
  private final Answering answering;
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final Queue<String> malformed = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private RawCluster(ServerSocket server, String scheme, Answering answering) {
    this.server = server;
    this.scheme = scheme;
    this.answering = answering;
    daemon(this::accept);
  }

  static RawCluster start(Answering answering) throws IOException {
    return new RawCluster(
        new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), "http", answering);
  }

  static RawCluster startTls(SSLContext tls, Answering answering) throws IOException {
    return new RawCluster(
        tls.getServerSocketFactory().createServerSocket(0, 1000, InetAddress.getLoopbackAddress()),
        "https",
        answering);
  }

  /** An answer that says how long it is. */
  static String answer(int status, String contentType, String body) {
    return "HTTP/1.1 "
        + status
        + " Said\r\nContent-Type: "
        + contentType
        + "\r\nContent-Length: "
        + body.getBytes(ISO_8859_1).length
        + "\r\n\r\n"
        + body;
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getLocalPort();
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** What was no clean HTTP. */
  List<String> malformed() {
    return List.copyOf(malformed);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cluster");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), KEPT);
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), KEPT);
      Received request = read(in);
      while (request != null) {
        received.add(request);
        answering.answer(request, out);
        out.flush();
        request = read(in);
      }
    } catch (IOException e) {
      // The other side is gone, which is what some tests are about.
    } catch (IllegalStateException e) {
      malformed.add(String.valueOf(e.getMessage()));
    }
  }

  private static Received read(InputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return null;
    }
    in.reset();
    StringBuilder head = new StringBuilder();
    String start = line(in);
    check(START.matcher(start).matches(), start);
    head.append(start).append('\n');
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      check(FIELD.matcher(line).matches(), line);
      head.append(line).append('\n');
    }
    Received request = new Received(head.toString(), "", 0);
    List<String> lengths = request.header("Content-Length");
    List<String> codings = request.header("Transfer-Encoding");
    check(request.header("Host").size() == 1, head);
    check(lengths.size() + codings.size() < 2, head);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    long length = 0;
    if (!lengths.isEmpty()) {
      check(lengths.get(0).matches("[0-9]{1,18}"), head);
      length = Long.parseLong(lengths.get(0));
      take(in, length, kept);
    } else if (!codings.isEmpty()) {
      check(codings.get(0).equals("chunked"), head);
      length = chunks(in, kept);
    }
    return new Received(request.head(), kept.toString(ISO_8859_1), length);
  }

  private static long chunks(InputStream in, ByteArrayOutputStream kept) throws IOException {
    long whole = 0;
    while (true) {
      String size = line(in);
      check(size.matches("[0-9a-fA-F]{1,8}"), size);
      long length = Long.parseLong(size, 16);
      take(in, length, kept);
      String end = line(in);
      check(end.isEmpty(), "after a chunk: " + end);
      if (length == 0) {
        return whole;
      }
      whole += length;
    }
  }

  private static void take(InputStream in, long length, ByteArrayOutputStream kept)
      throws IOException {
    byte[] buffer = new byte[KEPT];
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new IOException("broken off");
      }
      kept.write(buffer, 0, Math.min(count, KEPT - kept.size()));
      left -= count;
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new IOException("broken off");
      }
      check(c != '\n' && line.size() < LONGEST_LINE, "a bare line feed after " + line);
      line.write(c);
    }
    check(in.read() == '\n', "a bare carriage return after " + line);
    return line.toString(ISO_8859_1);
  }

  private static void check(boolean fine, Object what) {
    if (!fine) {
      throw new IllegalStateException("malformed: " + what);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
