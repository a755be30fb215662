package dev.followspot.testkit;

import com.github.tomakehurst.wiremock.http.trafficlistener.WiremockNetworkTrafficListener;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that are opened. */
record ConnectionCounter(AtomicInteger opened) implements WiremockNetworkTrafficListener {

  @Override
  public void opened(Socket socket) {
    opened.incrementAndGet();
  }

  @Override
  public void incoming(Socket socket, ByteBuffer bytes) {}

  @Override
  public void outgoing(Socket socket, ByteBuffer bytes) {}

  @Override
  public void closed(Socket socket) {}
}
