package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Asks an HTTP proxy for a way to the API server. Nothing but the proxy's own password is sent. */
final class Tunnel implements AsyncClientExchangeHandler {

  private final Opening opening;
  private final Origin origin;
  private boolean answered;

  Tunnel(Opening opening, Origin origin) {
    this.opening = opening;
    this.origin = origin;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    BasicHttpRequest request = new BasicHttpRequest("CONNECT", origin.hostAndPort());
    request.setAuthority(new URIAuthority(origin.host(), origin.port()));
    request.addHeader("Host", origin.hostAndPort());
    origin.authorizeAtProxy(request);
    channel.sendRequest(request, null, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    answered = true;
    int status = response.getCode();
    if (status >= 200 && status < 300) {
      opening.throughProxy();
    } else {
      opening.fail(
          new Trouble(
              CellStatus.UNREACHABLE,
              "no connection to "
                  + origin.shown()
                  + ": the proxy answered "
                  + status
                  + (status == 407 ? "; put user and password into the proxy url" : ""),
              null));
    }
  }

  @Override
  public void failed(Exception cause) {
    opening.broken(cause);
  }

  @Override
  public void cancel() {
    opening.broken(new ConnectionClosedException());
  }

  @Override
  public void releaseResources() {
    if (!answered) {
      opening.broken(new ConnectionClosedException());
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context) {}

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void produce(DataStreamChannel channel) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer source) {
    source.position(source.limit());
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {}
}
