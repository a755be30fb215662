package dev.followspot.examples.backstagebackend;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request when it is over: who, what, and what became of it. No query and no
 * header, since they may hold tokens.
 */
final class AccessLog implements RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("access");
  private static final int MAX_PATH = 1000;
  private static final int MAX_METHOD = 30;

  @Override
  public void log(Request request, Response response) {
    if (LOG.isInfoEnabled()) {
      long nanos = System.nanoTime() - request.getBeginNanoTime();
      LOG.info(
          "client={} method={} path={} status={} bytes={} ms={}",
          client(request.getConnectionMetaData().getRemoteSocketAddress()),
          field(request.getMethod(), MAX_METHOD),
          field(request.getHttpURI().getPath(), MAX_PATH),
          response.getStatus(),
          Response.getContentBytesWritten(response),
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  private static String client(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "-";
  }

  /** One field: no blank, so that nobody can make up a further one. */
  private static String field(String text, int most) {
    return text == null || text.isEmpty() ? "-" : Texts.line(text, most).replace(' ', '\uFFFD');
  }
}
