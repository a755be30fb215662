package dev.followspot.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the proxy and a client that cannot be told to send headers of its own: adds them
 * to each request of each connection, and leaves all the rest as it is, upgrades included.
 */
@SuppressWarnings("try")
final class Relay implements AutoCloseable {

  private final ServerSocket listener;
  private final URI backend;
  private final Map<String, String> headers;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket listener, URI backend, Map<String, String> headers) {
    this.listener = listener;
    this.backend = backend;
    this.headers = headers;
  }

  /** Listens on a free port, until it is closed. */
  static Relay start(URI backend, Map<String, String> headers) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(listener, backend, headers);
    daemon(relay::accept);
    return relay;
  }

  /** The proxy of the backend, as a client's address of its API server. */
  String proxyUrl() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/api/kubernetes/proxy";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(backend.getHost(), backend.getPort())) {
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      daemon(() -> answer(server, client));
      request(client.getInputStream(), server.getOutputStream());
      server.shutdownOutput();
      // The answer to the last request may still be on its way.
      awaitEnd(server);
    } catch (IOException e) {
      // One of the two hung up, which ends the other connection, too.
    } finally {
      open.remove(client);
    }
  }

  private void answer(Socket server, Socket client) {
    try (server;
        client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // As above.
    } finally {
      open.remove(server);
    }
  }

  private static void awaitEnd(Socket server) throws IOException {
    try {
      while (!server.isClosed()) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void request(InputStream in, OutputStream out) throws IOException {
    for (String head = head(in); head != null; head = head(in)) {
      StringBuilder changed = new StringBuilder(head);
      headers.forEach((name, value) -> changed.append(name + ": " + value + "\r\n"));
      out.write(changed.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String lower = head.toLowerCase(Locale.ROOT);
      // An offer of HTTP/2, as the JDK's client makes it, is not taken up.
      if (lower.contains("\r\nupgrade: websocket") || lower.contains("\r\nupgrade: spdy")) {
        in.transferTo(out);
        return;
      } else if (lower.contains("\r\ntransfer-encoding:")) {
        chunks(in, out);
      } else if (lower.contains("\r\ncontent-length:")) {
        String rest = lower.substring(lower.indexOf("\r\ncontent-length:") + 17);
        copy(in, out, Long.parseLong(rest.substring(0, rest.indexOf('\r')).strip()));
      }
      out.flush();
    }
  }

  private static void chunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String line = line(in);
      size = Long.parseLong(line.strip().split(";", -1)[0].strip(), 16);
      out.write(line.getBytes(StandardCharsets.ISO_8859_1));
      // No client here sends trailers: the last chunk, too, ends with an empty line.
      copy(in, out, size + 2);
      out.flush();
    } while (size > 0);
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    for (long left = length; left > 0; ) {
      byte[] bytes = in.readNBytes((int) Math.min(left, 8192));
      if (bytes.length == 0) {
        throw new EOFException();
      }
      out.write(bytes);
      left -= bytes.length;
    }
  }

  /** The lines of a head, without the empty one at its end; null when no further message comes. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (true) {
      String line = line(in);
      if (line.isEmpty()) {
        return null;
      }
      if (line.equals("\r\n")) {
        return head.toString();
      }
      head.append(line);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
