package dev.followspot.core.proxy;

import java.io.BufferedInputStream;
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

/** An API server that does with its connections whatever a test wants. */
final class RawCluster implements AutoCloseable {

  /** What is done with one connection. */
  interface Handler {
    void handle(Peer peer) throws Exception;
  }

  /** One connection, seen from the cluster. */
  record Peer(RawCluster cluster, Socket socket, InputStream in, OutputStream out) {

    /** The head of a request with its empty line. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) read());
      }
      return head.toString();
    }

    int read() throws IOException {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      return next;
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void chunk(String text) throws IOException {
      send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    void tell(String event) {
      cluster.events.add(event);
    }

    /** Waits until the other side is gone. */
    void awaitEnd() {
      try {
        while (in.read() >= 0) {
          // Whatever comes.
        }
      } catch (IOException e) {
        // That is an end, too.
      }
      tell("gone");
    }
  }

  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Handler handler;

  RawCluster(Handler handler) throws IOException {
    this.handler = handler;
    run(this::accept);
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "raw-cluster");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        run(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      handler.handle(new Peer(this, socket, in, socket.getOutputStream()));
    } catch (Exception e) {
      events.add(e.toString());
    }
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/base/";
  }

  /** What a handler told next. */
  String next() throws InterruptedException {
    String event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("the cluster had nothing to tell");
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
