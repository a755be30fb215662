package dev.followspot.examples.backstagebackend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A cluster that begins every answer and never ends it: chunks, or a WebSocket if one is asked for.
 * Tells when its connection is closed.
 */
@SuppressWarnings("StringConcatToTextBlock")
final class WatchedCluster implements AutoCloseable {

  private final ServerSocket listening;
  private final CountDownLatch gone = new CountDownLatch(1);

  WatchedCluster() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "watched-cluster");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        answer(socket);
      } catch (IOException e) {
        // the next one, unless it is closed
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    boolean upgrade = false;
    boolean silent = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      upgrade |= line.equalsIgnoreCase("Upgrade: websocket");
      silent |= line.contains("/silent");
    }
    OutputStream out = socket.getOutputStream();
    String answer =
        upgrade
            ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\u0082\u0003abc"
            : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n5\r\nline\n\r\n";
    if (!silent) {
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    try {
      while (in.read() >= 0) {
        // until it is closed
      }
    } catch (IOException e) {
      // closed in another way
    }
    gone.countDown();
  }

  /** Waits until somebody has left. */
  boolean isLeft() throws InterruptedException {
    return gone.await(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
