package dev.followspot.spi;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;

/**
 * The way to the cluster of a connection that was upgraded, such as a WebSocket. What the cluster
 * sends is the body of the {@link ProxyResponse}.
 */
@FunctionalInterface
public interface HttpTunnel {

  /**
   * Sends to the cluster what the caller sends. To be called once; what was upgraded ends when this
   * publisher fails, and when the body of the response is cancelled.
   *
   * @param fromCaller the bytes that come from the caller; its end closes this direction only
   */
  void send(Publisher<ByteBuffer> fromCaller);
}
