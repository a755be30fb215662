package dev.followspot.core.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server that does with its sockets whatever a test wants. */
final class RawServer implements AutoCloseable {

  /** What is done with one connection. */
  interface Handler {
    void handle(Peer peer) throws Exception;
  }

  /** One connection, seen from the server. */
  static final class Peer {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    final int number;

    private final RawServer server;

    Peer(RawServer server, Socket socket, int number) throws IOException {
      this.server = server;
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      this.number = number;
    }

    /** The head of a request, with its empty line; fails at the end of the stream. */
    String readHead() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int newlines = 0;
      while (newlines < 2) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        head.write(next);
        if (next == '\n') {
          newlines++;
        } else if (next != '\r') {
          newlines = 0;
        }
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** So many bytes, fewer only at the end of the stream. */
    String read(int count) throws IOException {
      return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** What comes until the other side closes, properly or not. */
    String readAll() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        in.transferTo(all);
      } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
        // What came before counts.
      }
      return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Tells the test something. */
    void tell(Object event) {
      server.events.add(event);
    }

    /** Sends lines and an empty one. */
    void sendHead(String... lines) throws IOException {
      send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void answer(String body) throws IOException {
      send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    /** Waits until the other side has closed; true if it has. */
    boolean awaitEnd() throws IOException {
      try {
        while (in.read() >= 0) {
          // Whatever comes.
        }
      } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
        return true;
      }
      return true;
    }

    /** Closes with a TCP reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final String scheme;
  private volatile boolean http2;

  private RawServer(ServerSocket listener, String scheme, Handler handler) {
    this.listener = listener;
    this.scheme = scheme;
    this.handler = handler;
    Thread thread = new Thread(this::accept, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  static RawServer plain(Handler handler) throws IOException {
    return new RawServer(
        new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), "http", handler);
  }

  static RawServer tls(SSLContext context, Handler handler) throws IOException {
    return tls(context, false, handler);
  }

  static RawServer tls(SSLContext context, boolean clientCertificate, Handler handler)
      throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(clientCertificate);
    return new RawServer(listener, "https", handler);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int number = accepted.incrementAndGet();
        Thread thread = new Thread(() -> serve(socket, number), "raw-server-" + number);
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      if (socket instanceof SSLSocket secured && http2) {
        var parameters = secured.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        secured.setSSLParameters(parameters);
      }
      handler.handle(new Peer(this, socket, number));
    } catch (Exception e) {
      events.add(e);
    } finally {
      sockets.remove(socket);
    }
  }

  /** Offers HTTP/2 and nothing else. */
  RawServer withHttp2() {
    http2 = true;
    return this;
  }

  String url() {
    return scheme + "://127.0.0.1:" + port();
  }

  String url(String host) {
    return scheme + "://" + host + ":" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  int open() {
    return sockets.size();
  }

  /** For tests: the next thing that a handler told. */
  Object next() throws InterruptedException {
    Object event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("the server had nothing to tell");
    }
    return event;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
